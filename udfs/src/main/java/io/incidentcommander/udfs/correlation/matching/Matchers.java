// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.matching;

import java.util.List;
import java.util.stream.Collectors;

/** Conditions that must all hold; none at all hold for everything. Immutable. */
public final class Matchers {
    private final List<Matcher> all;

    private Matchers(List<Matcher> all) {
        this.all = List.copyOf(all);
    }

    public static Matchers of(List<Matcher> all) {
        return new Matchers(all);
    }

    public static Matchers of(Matcher... all) {
        return new Matchers(List.of(all));
    }

    public List<Matcher> all() {
        return all;
    }

    public boolean match(LabelSet labels) {
        for (int i = 0; i < all.size(); i++) {
            if (!all.get(i).matches(labels)) {
                return false;
            }
        }
        return true;
    }

    /** Whether an alert without any label would match; Alertmanager refuses such silences. */
    public boolean matchEmpty() {
        return all.stream().allMatch(Matcher::matchesEmpty);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Matchers && ((Matchers) other).all.equals(all);
    }

    @Override
    public int hashCode() {
        return all.hashCode();
    }

    /** As Alertmanager writes them. */
    @Override
    public String toString() {
        return all.stream().map(Matcher::toString).collect(Collectors.joining(",", "{", "}"));
    }
}
