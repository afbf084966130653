// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import io.incidentcommander.model.audit.RecordOutcome;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.RawRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * Decoding where the times of the records are all the time there is: an alert that states none, of
 * a record whose arrival is not recorded, cannot be put in order and is rejected. A record of
 * nothing but such alerts is a dead letter.
 */
public final class TimedDecoding implements RecordDecoding {
    /** Why such an alert is rejected. */
    public static final String NO_TIME = "states no time, and no arrival is recorded";

    private final RecordDecoding decoding;

    public TimedDecoding(RecordDecoding decoding) {
        this.decoding = decoding;
    }

    @Override
    public DecodeOutcome decode(RawRecord record, SourceProfile profile) {
        DecodeOutcome outcome = decoding.decode(record, profile);
        return outcome.outcome() == RecordOutcome.ALERT_BEARING ? timed(outcome) : outcome;
    }

    private static DecodeOutcome timed(DecodeOutcome outcome) {
        List<Alert> timed = new ArrayList<>();
        List<String> rejected = new ArrayList<>();
        for (Alert alert : outcome.alerts()) {
            if (alert.originalTimeMillis() == RecordDecoder.UNKNOWN_TIME) {
                rejected.add("Alert " + alert.id().index() + " " + NO_TIME);
            } else {
                timed.add(alert);
            }
        }
        if (rejected.isEmpty()) {
            return outcome;
        }
        if (timed.isEmpty()) {
            return DecodeOutcome.deadLetter("The record " + NO_TIME)
                    .withRejectedParts(outcome.rejectedParts());
        }
        rejected.addAll(outcome.rejectedParts());
        return DecodeOutcome.alerts(outcome.format().orElseThrow(), timed)
                .withRejectedParts(rejected);
    }
}
