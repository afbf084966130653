// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.correlation;

import io.incidentcommander.model.correlation.ControlKind;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.operators.audit.FateDetail;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.operators.correlation.control.ControlState;
import io.incidentcommander.udfs.correlation.CorrelationPolicy;
import io.incidentcommander.udfs.correlation.control.ControlBook;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.watermark.Watermark;

/**
 * {@link CorrelateOperator} that hears control updates as well, broadcast, on the second input: a
 * topology holds for the seconds of event time from when it takes effect, and so do the sources
 * that are expected. Silences are none of its business, and it keeps none. Other news comes by
 * tenant all the same, so that the second input has no key but what it says.
 */
public final class CorrelateUnderControlOperator extends CorrelatingOperator {
    private static final long serialVersionUID = 1L;

    private final ControlSettings settings;

    private transient ControlState control;

    /**
     * @param settings with the topology of each tenant at the start
     * @param passMillis bound of a pass by the clock
     */
    public CorrelateUnderControlOperator(
            CorrelationPolicy policy,
            ControlSettings settings,
            long passMillis,
            PassClock clock,
            FateDetail detail) {
        super(policy, passMillis, clock, detail);
        this.settings = settings;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        control = ControlState.restore(context.getOperatorStateStore(), settings);
    }

    @Override
    void hear(ControlUpdate update) throws Exception {
        if (update.kind() == ControlKind.DOCUMENT) {
            control.accept(update, watermark());
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        super.processWatermark(mark);
        control.advance(mark.getTimestamp());
    }

    @Override
    ControlBook book() {
        return control.book();
    }
}
