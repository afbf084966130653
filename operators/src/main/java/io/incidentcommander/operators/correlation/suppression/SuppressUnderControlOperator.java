// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.correlation.suppression;

import io.incidentcommander.model.correlation.ControlReport;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.operators.audit.FateDetail;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.operators.correlation.control.ReadControlFunction;
import io.incidentcommander.udfs.correlation.suppression.SuppressionPolicy;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * {@link SuppressOperator} with a second input, broadcast: control updates, which take effect by
 * their own event time. Only the alerts move time; whatever the control stream says of time is not
 * heard. The first subtask reports what became of each update.
 */
public final class SuppressUnderControlOperator extends SuppressOperator
        implements TwoInputStreamOperator<NotableAlert, ControlUpdate, NotableAlert> {
    private static final long serialVersionUID = 1L;

    public SuppressUnderControlOperator(
            SuppressionPolicy policy, ControlSettings settings, FateDetail detail) {
        super(policy, settings, detail);
    }

    @Override
    public void processElement1(StreamRecord<NotableAlert> element) throws Exception {
        processElement(element);
    }

    @Override
    public void processElement2(StreamRecord<ControlUpdate> element) throws Exception {
        ControlReport report = control().accept(element.getValue(), watermark());
        if (getRuntimeContext().getTaskInfo().getIndexOfThisSubtask() == 0) {
            if (report.outcome() == ControlReport.Outcome.REFUSED) {
                LOG.warn("Refused, and what held before goes on: {}", report);
            }
            output.collect(ReadControlFunction.REPORTS, new StreamRecord<>(report));
        }
    }

    @Override
    public void processWatermark1(Watermark mark) throws Exception {
        processWatermark(mark);
    }

    @Override
    public void processWatermark2(Watermark mark) {}

    @Override
    boolean hearsUpdates() {
        return true;
    }
}
