// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.correlation.control;

import io.incidentcommander.model.correlation.ControlKind;
import io.incidentcommander.model.correlation.ControlReport;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.udfs.correlation.control.ControlUpdateReader;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import io.incidentcommander.udfs.resolution.ActionCommand;
import java.nio.charset.StandardCharsets;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Messages of the control stream as updates; one that is none is reported, and nothing changes.
 * Main output: rules. What humans say to incidents leaves by {@link #COMMANDS}, what they say to
 * those who call the outside by {@link #RESETS}.
 */
public final class ReadControlFunction extends ProcessFunction<RawRecord, ControlUpdate> {
    private static final long serialVersionUID = 1L;

    /** What became of updates; of this function, those that are none. */
    public static final OutputTag<ControlReport> REPORTS =
            new OutputTag<ControlReport>("control-reports") {
                private static final long serialVersionUID = 1L;
            };

    /** Updates of the kind COMMAND that are about incidents. */
    public static final OutputTag<ControlUpdate> COMMANDS =
            new OutputTag<ControlUpdate>("control-commands") {
                private static final long serialVersionUID = 1L;
            };

    /** Updates of the kind RESET. */
    public static final OutputTag<ControlUpdate> RESETS =
            new OutputTag<ControlUpdate>("control-resets") {
                private static final long serialVersionUID = 1L;
            };

    @Override
    public void processElement(RawRecord record, Context context, Collector<ControlUpdate> out) {
        if (record.kind() != RawRecord.Kind.DATA) {
            return;
        }
        String place = record.source() + ":" + record.partition() + ":" + record.offset();
        Problems problems = new Problems(place);
        if (record.size() > record.bytes().length) {
            problems.add(1, "longer than " + record.bytes().length + " bytes");
        } else {
            ControlUpdateReader.read(new String(record.bytes(), StandardCharsets.UTF_8), problems)
                    .ifPresent(
                            update -> {
                                if (ActionCommand.isOne(update)) {
                                    return; // those who act read the stream themselves
                                }
                                if (update.kind() == ControlKind.COMMAND) {
                                    context.output(COMMANDS, update);
                                } else if (update.kind() == ControlKind.RESET) {
                                    context.output(RESETS, update);
                                } else {
                                    out.collect(update);
                                }
                            });
        }
        problems.all()
                .forEach(
                        problem ->
                                context.output(
                                        REPORTS,
                                        new ControlReport(
                                                "message " + place,
                                                "",
                                                ControlReport.Outcome.REFUSED,
                                                problem.what(),
                                                Long.MIN_VALUE)));
    }
}
