// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.correlation;

import io.incidentcommander.operators.audit.FateDetail;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.udfs.correlation.CorrelationPolicy;
import io.incidentcommander.udfs.correlation.control.ControlBook;
import java.util.ArrayList;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Correlates along the topology of the control files that the job was started with; {@link
 * CorrelateUnderControlOperator} hears updates too. Both have the same keyed states under the same
 * names.
 */
public final class CorrelateOperator extends CorrelatingOperator<Tuple3<String, Long, Long>> {
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
    public void processElement2(StreamRecord<Tuple3<String, Long, Long>> element) throws Exception {
        seen(element.getValue());
    }

    @Override
    ControlBook book() {
        return book;
    }
}
