// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.correlation;

import io.incidentcommander.datagen.storm.ServiceGraph;
import io.incidentcommander.model.sampling.NotableAlert;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A random storm with its truth: a call graph, faults that spread along it against the calls, and
 * noise. Alerts are as deduplication lets them pass, in order of event time. Immutable.
 */
public final class SimulatedStorm {
    /** The fault of an alert that is noise. */
    public static final int NOISE = -1;

    private final StormShape shape;
    private final ServiceGraph graph;
    private final List<SimulatedFault> faults;
    private final List<NotableAlert> alerts;
    private final int[] faultOf;

    SimulatedStorm(
            StormShape shape,
            ServiceGraph graph,
            List<SimulatedFault> faults,
            List<LabelledAlert> alerts) {
        this.shape = shape;
        this.graph = graph;
        this.faults = List.copyOf(faults);
        List<LabelledAlert> ordered = new ArrayList<>(alerts);
        ordered.sort(LabelledAlert.IN_TIME);
        List<NotableAlert> all = new ArrayList<>();
        ordered.forEach(labelled -> all.add(labelled.alert()));
        this.alerts = Collections.unmodifiableList(all);
        this.faultOf = ordered.stream().mapToInt(LabelledAlert::fault).toArray();
    }

    public static SimulatedStorm of(StormShape shape) {
        return new StormSimulator(shape).simulate();
    }

    public StormShape shape() {
        return shape;
    }

    public ServiceGraph graph() {
        return graph;
    }

    public List<SimulatedFault> faults() {
        return faults;
    }

    public List<NotableAlert> alerts() {
        return alerts;
    }

    /** The number of the fault that caused the i-th alert, or {@link #NOISE}. */
    public int faultOf(int alert) {
        return faultOf[alert];
    }
}
