// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.resolution;

import io.incidentcommander.model.correlation.ControlKind;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.udfs.correlation.control.ControlUpdateReader;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import io.incidentcommander.udfs.resolution.ActionCommand;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Of the messages of the control stream, those about actions: commands, and by {@link #DOCUMENTS}
 * whole control files, in which change freezes may stand or stand no longer. Whatever is wrong with
 * a message is told by those who read rules. No state.
 */
public final class ReadActionCommandFunction extends ProcessFunction<RawRecord, ControlUpdate> {
    private static final long serialVersionUID = 1L;

    private static final String REHEARSED =
            "{\"kind\":\"command\",\"id\":\"rehearsed\",\"sequence\":1,\"author\":\"nobody\","
                    + "\"effective_at\":\"1970-01-01T00:00:00Z\",\"body\":{\"command\":\"stop\"}}";

    /** Updates of the kind DOCUMENT. */
    public static final OutputTag<ControlUpdate> DOCUMENTS =
            new OutputTag<ControlUpdate>("action-documents") {
                private static final long serialVersionUID = 1L;
            };

    /** Reads a stop that nobody said: what reading takes at first holds up none that is said. */
    @Override
    public void open(OpenContext context) {
        if (ControlUpdateReader.read(REHEARSED, new Problems("rehearsal")).isEmpty()) {
            throw new IllegalStateException("A stop cannot be read");
        }
    }

    @Override
    public void processElement(RawRecord record, Context context, Collector<ControlUpdate> out) {
        if (record.kind() != RawRecord.Kind.DATA || record.size() > record.bytes().length) {
            return;
        }
        ControlUpdateReader.read(
                        new String(record.bytes(), StandardCharsets.UTF_8), new Problems("control"))
                .ifPresent(
                        update -> {
                            if (ActionCommand.isOne(update)) {
                                out.collect(update);
                            } else if (update.kind() == ControlKind.DOCUMENT) {
                                context.output(DOCUMENTS, update);
                            }
                        });
    }
}
