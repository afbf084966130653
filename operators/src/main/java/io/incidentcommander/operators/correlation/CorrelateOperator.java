// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.correlation;

import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.operators.audit.FateDetail;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.udfs.correlation.CorrelationPolicy;
import io.incidentcommander.udfs.correlation.control.ControlBook;
import java.util.ArrayList;

/**
 * Correlates along the topology of the control files that the job was started with; {@link
 * CorrelateUnderControlOperator} hears updates too. Both have the same keyed states under the same
 * names.
 */
public final class CorrelateOperator extends CorrelatingOperator {
    private static final long serialVersionUID = 1L;

    private final ControlSettings control;

    private transient ControlBook book;

    /**
     * @param control with the topology of each tenant
     * @param passMillis bound of a pass by the clock
     */
    public CorrelateOperator(
            CorrelationPolicy policy,
            ControlSettings control,
            long passMillis,
            PassClock clock,
            FateDetail detail) {
        super(policy, passMillis, clock, detail);
        this.control = control;
    }

    @Override
    public void open() throws Exception {
        book = ControlBook.of(control.files(), control.maxSilences(), new ArrayList<>());
        super.open();
    }

    @Override
    void hear(ControlUpdate update) {
        throw new IllegalStateException("Nobody said that updates may come, and here is " + update);
    }

    @Override
    ControlBook book() {
        return book;
    }
}
