// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.inhibition;

import io.incidentcommander.udfs.correlation.matching.LabelSet;
import io.incidentcommander.udfs.correlation.matching.Matchers;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * While an alert fires that the source side matches, alerts that the target side matches are not
 * told of, if both have the same values for all labels in {@code equal}; missing is empty.
 * Immutable.
 */
public final class InhibitRule {
    private final Matchers source;
    private final Matchers target;
    private final List<String> equal;

    public InhibitRule(Matchers source, Matchers target, List<String> equal) {
        this.source = Objects.requireNonNull(source, "source");
        this.target = Objects.requireNonNull(target, "target");
        this.equal = List.copyOf(equal);
    }

    public Matchers source() {
        return source;
    }

    public Matchers target() {
        return target;
    }

    public List<String> equal() {
        return equal;
    }

    /** The values of the labels that must be equal, in the order of {@link #equal}. */
    List<String> equalValues(LabelSet labels) {
        List<String> values = new ArrayList<>(equal.size());
        for (int i = 0; i < equal.size(); i++) {
            values.add(labels.get(equal.get(i)));
        }
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InhibitRule
                && ((InhibitRule) other).source.equals(source)
                && ((InhibitRule) other).target.equals(target)
                && ((InhibitRule) other).equal.equals(equal);
    }

    @Override
    public int hashCode() {
        return Objects.hash(source, target, equal);
    }

    @Override
    public String toString() {
        return source + " inhibits " + target + (equal.isEmpty() ? "" : " of equal " + equal);
    }
}
