// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.load;

import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.udfs.ingest.RecordDecoder;
import io.incidentcommander.udfs.ingest.SourceProfile;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * The reference: decodes every record in full, with the same decoders, and does nothing else. Emits
 * only so that the work cannot be optimised away: one element for a record without any alert and an
 * impossible reason, that is never.
 */
final class ParseOnlyFunction extends RichFlatMapFunction<RawRecord, Integer> {
    private static final long serialVersionUID = 1L;

    private transient RecordDecoder decoder;
    private transient SourceProfile profile;

    @Override
    public void open(OpenContext context) {
        decoder = new RecordDecoder();
        profile = SourceProfile.detecting("generator");
    }

    @Override
    public void flatMap(RawRecord record, Collector<Integer> out) {
        if (record.kind() == RawRecord.Kind.DATA
                && decoder.decode(record, profile).reason().length() > 1 << 20) {
            out.collect(1);
        }
    }
}
