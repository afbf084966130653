// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.connectors.ingest.StatedTime;
import io.incidentcommander.connectors.ingest.StatedTimes;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.udfs.ingest.RecordDecoder;
import io.incidentcommander.udfs.ingest.SourceProfile;
import java.util.Optional;

/** The times that the alerts in a record state, found by decoding it. */
public final class DecodedTimes implements StatedTimes {
    private static final long serialVersionUID = 1L;
    private static final RecordDecoder DECODER = new RecordDecoder();

    private final String format;

    private DecodedTimes(String format) {
        this.format = format;
    }

    /** Of records of this format, or each of its own. */
    public static StatedTimes of(Optional<AlertFormat> format) {
        return new DecodedTimes(format.map(AlertFormat::optionName).orElse(""));
    }

    @Override
    public StatedTime of(RawRecord record) {
        SourceProfile detecting = SourceProfile.detecting(record.source());
        SourceProfile profile =
                AlertFormat.ofOptionName(format).map(detecting::withFormat).orElse(detecting);
        StatedTime stated = StatedTime.NONE_MISSING;
        boolean missing = false;
        for (Alert alert : DECODER.decode(record, profile).alerts()) {
            if (alert.originalTimeMillis() == RecordDecoder.UNKNOWN_TIME) {
                missing = true;
            } else {
                stated = StatedTime.last(alert.originalTimeMillis());
            }
        }
        return missing ? stated.withOneMissing() : stated;
    }
}
