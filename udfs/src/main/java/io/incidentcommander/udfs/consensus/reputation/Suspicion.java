// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.reputation;

/** How strongly an agent is suspected, 0 to 100. Immutable. */
public final class Suspicion implements Comparable<Suspicion> {
    /** The most there is. */
    public static final double MOST = 100;

    private final double points;

    private Suspicion(double points) {
        this.points = points;
    }

    /** Cut to [0,100]; NaN is refused. */
    public static Suspicion of(double points) {
        if (Double.isNaN(points)) {
            throw new IllegalArgumentException("Suspicion is a number");
        }
        return new Suspicion(Math.max(0, Math.min(MOST, points)));
    }

    public double points() {
        return points;
    }

    @Override
    public int compareTo(Suspicion other) {
        return Double.compare(points, other.points);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Suspicion && compareTo((Suspicion) other) == 0;
    }

    @Override
    public int hashCode() {
        return Double.hashCode(points);
    }

    @Override
    public String toString() {
        return points + " of 100";
    }
}
