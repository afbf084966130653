// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.correlation;

/** What a simulated storm is made of. Immutable; the same shape makes the same storm. */
public final class StormShape {
    private final GraphShape graph;
    private final int services;
    private final int faults;
    private final double noisePerSignal;
    private final long seed;

    private StormShape(
            GraphShape graph, int services, int faults, double noisePerSignal, long seed) {
        if (services < 10 || faults < 1 || !(noisePerSignal >= 0)) {
            throw new IllegalArgumentException(
                    "A storm needs 10 services, a fault and no negative noise: "
                            + services
                            + ", "
                            + faults
                            + ", "
                            + noisePerSignal);
        }
        this.graph = graph;
        this.services = services;
        this.faults = faults;
        this.noisePerSignal = noisePerSignal;
        this.seed = seed;
    }

    /** Six faults, ten alerts of noise for each of theirs. */
    public static StormShape of(GraphShape graph, int services, long seed) {
        return new StormShape(graph, services, 6, 10, seed);
    }

    public StormShape faults(int count) {
        return new StormShape(graph, services, count, noisePerSignal, seed);
    }

    public StormShape noisePerSignal(double alerts) {
        return new StormShape(graph, services, faults, alerts, seed);
    }

    public GraphShape graph() {
        return graph;
    }

    public int services() {
        return services;
    }

    public int faults() {
        return faults;
    }

    public double noisePerSignal() {
        return noisePerSignal;
    }

    public long seed() {
        return seed;
    }

    @Override
    public String toString() {
        return graph.word() + " of " + services + ", " + faults + " faults, seed " + seed;
    }
}
