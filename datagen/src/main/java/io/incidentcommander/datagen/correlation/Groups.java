// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.correlation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Which alert is in which incident in the end, when each incident was first there, and where it is
 * thought to come from. Immutable.
 */
public final class Groups {
    /** The incident of an alert that is part of none. */
    public static final int NONE = -1;

    private final int[] incidentOf;
    private final List<Long> openedMillis;
    private final List<List<String>> origins;

    private Groups(Builder b) {
        this.incidentOf = b.incidentOf;
        this.openedMillis = Collections.unmodifiableList(b.openedMillis);
        this.origins = Collections.unmodifiableList(b.origins);
    }

    /** For so many alerts, none of them in an incident yet. */
    public static Builder of(int alerts) {
        return new Builder(alerts);
    }

    public int alerts() {
        return incidentOf.length;
    }

    public int incidents() {
        return openedMillis.size();
    }

    public int incidentOf(int alert) {
        return incidentOf[alert];
    }

    /** When it was first reported; epoch ms, event time. */
    public long openedMillis(int incident) {
        return openedMillis.get(incident);
    }

    /** Probable origins, best first. */
    public List<String> origins(int incident) {
        return origins.get(incident);
    }

    /** Collects incidents; merged ones are left out by whoever builds. */
    public static final class Builder {
        private final int[] incidentOf;
        private final List<Long> openedMillis = new ArrayList<>();
        private final List<List<String>> origins = new ArrayList<>();

        private Builder(int alerts) {
            incidentOf = new int[alerts];
            Arrays.fill(incidentOf, NONE);
        }

        /** A new incident; its number is returned. */
        public int open(long openedMillis, List<String> origins) {
            this.openedMillis.add(openedMillis);
            this.origins.add(List.copyOf(origins));
            return this.openedMillis.size() - 1;
        }

        public Builder put(int alert, int incident) {
            incidentOf[alert] = incident;
            return this;
        }

        public Groups build() {
            return new Groups(this);
        }
    }
}
