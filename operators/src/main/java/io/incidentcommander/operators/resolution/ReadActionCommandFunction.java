// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.resolution;

import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.udfs.correlation.control.ControlUpdateReader;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import io.incidentcommander.udfs.resolution.ActionCommand;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Of the messages of the control stream, those about actions. Whatever is wrong with a message is
 * told by those who read rules. No state.
 */
public final class ReadActionCommandFunction implements FlatMapFunction<RawRecord, ControlUpdate> {
    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap(RawRecord record, Collector<ControlUpdate> out) {
        if (record.kind() != RawRecord.Kind.DATA || record.size() > record.bytes().length) {
            return;
        }
        ControlUpdateReader.read(
                        new String(record.bytes(), StandardCharsets.UTF_8), new Problems("control"))
                .filter(ActionCommand::isOne)
                .ifPresent(out::collect);
    }
}
