// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis.metrics;

import io.incidentcommander.model.diagnosis.metrics.ServiceReadings;
import io.incidentcommander.model.ingest.MetricPoint;
import io.incidentcommander.operators.diagnosis.ReducingOperator;
import io.incidentcommander.udfs.diagnosis.metrics.MetricReducer;
import java.util.function.Consumer;

/**
 * Adds up, on each subtask and before the shuffle by service, the points of a service's period: of
 * thousands of points and all their dimensions a few numbers are left.
 */
public final class ReduceMetricsOperator extends ReducingOperator<MetricPoint, ServiceReadings> {
    private static final long serialVersionUID = 1L;

    private transient MetricReducer reducer;

    @Override
    public void open() throws Exception {
        super.open();
        reducer = new MetricReducer();
    }

    @Override
    protected void add(MetricPoint point) {
        reducer.add(point);
    }

    @Override
    protected boolean isFull() {
        return reducer.isFull();
    }

    @Override
    protected void handOut(Consumer<ServiceReadings> out) {
        reducer.flush(out);
    }

    @Override
    protected long timeOf(ServiceReadings readings) {
        return readings.lastMillis();
    }
}
