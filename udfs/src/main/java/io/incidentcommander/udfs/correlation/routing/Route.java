// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.routing;

import io.incidentcommander.udfs.correlation.calendar.TimeIntervals;
import io.incidentcommander.udfs.correlation.matching.LabelSet;
import io.incidentcommander.udfs.correlation.matching.Matchers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A node of Alertmanager's routing tree. Receiver and grouping are inherited by nodes that name
 * none, time intervals are not. Immutable.
 */
public final class Route {
    /** As in Alertmanager, {@code group_by: ['...']}: by all labels. */
    public static final String ALL_LABELS = "...";

    private final String path;
    private final Matchers matchers;
    private final String receiver;
    private final List<String> groupBy;
    private final boolean goOn;
    private final List<TimeIntervals> muted;
    private final List<TimeIntervals> active;
    private final List<Route> children;

    private Route(Builder b) {
        path = b.path;
        matchers = b.matchers;
        receiver = b.receiver;
        groupBy = List.copyOf(b.groupBy);
        goOn = b.goOn;
        muted = List.copyOf(b.muted);
        active = List.copyOf(b.active);
        children = List.copyOf(b.children);
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * For people: where in the tree, as in {@code routes[0].routes[2]}; the root is {@code route}.
     */
    public String path() {
        return path;
    }

    public String receiver() {
        return receiver;
    }

    public List<String> groupBy() {
        return groupBy;
    }

    public List<Route> children() {
        return children;
    }

    /**
     * The nodes that take the labels, depth first: of the children the first that matches, and
     * further ones while those before say to continue; this node itself if no child matches.
     */
    public List<Route> match(LabelSet labels) {
        List<Route> taken = new ArrayList<>(1);
        collect(labels, taken);
        return taken;
    }

    /** In words, why nobody is told at this time along this route; empty if somebody is. */
    public Optional<String> mutedAt(long millis) {
        if (!active.isEmpty() && active.stream().noneMatch(times -> times.contains(millis))) {
            return Optional.of(where() + " is not active outside " + active);
        }
        return muted.stream()
                .filter(times -> times.contains(millis))
                .findFirst()
                .map(times -> where() + " is muted at " + times.name());
    }

    private String where() {
        return path + " to " + receiver;
    }

    private boolean collect(LabelSet labels, List<Route> taken) {
        if (!matchers.match(labels)) {
            return false;
        }
        boolean below = false;
        for (Route child : children) {
            if (child.collect(labels, taken)) {
                below = true;
                if (!child.goOn) {
                    break;
                }
            }
        }
        if (!below) {
            taken.add(this);
        }
        return true;
    }

    @Override
    public String toString() {
        return where();
    }

    /** Begins as a root that takes everything. */
    public static final class Builder {
        private String path = "route";
        private Matchers matchers = Matchers.of();
        private String receiver = "";
        private List<String> groupBy = List.of();
        private boolean goOn;
        private List<TimeIntervals> muted = List.of();
        private List<TimeIntervals> active = List.of();
        private List<Route> children = List.of();

        private Builder() {}

        public Builder path(String text) {
            path = text;
            return this;
        }

        public Builder matchers(Matchers all) {
            matchers = all;
            return this;
        }

        public Builder receiver(String name) {
            receiver = name;
            return this;
        }

        public Builder groupBy(List<String> labels) {
            groupBy = labels;
            return this;
        }

        /** Nodes after this one are tried although it matches. */
        public Builder goesOn() {
            goOn = true;
            return this;
        }

        public Builder mutedAt(List<TimeIntervals> times) {
            muted = times;
            return this;
        }

        public Builder activeAt(List<TimeIntervals> times) {
            active = times;
            return this;
        }

        public Builder children(List<Route> routes) {
            children = routes;
            return this;
        }

        public Route build() {
            return new Route(this);
        }
    }
}
