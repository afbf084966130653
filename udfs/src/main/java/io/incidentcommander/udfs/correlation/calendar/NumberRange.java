// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.calendar;

/** Whole numbers from the first to the last, both included. Immutable. */
public final class NumberRange {
    private final int first;
    private final int last;

    NumberRange(int first, int last) {
        this.first = first;
        this.last = last;
    }

    int first() {
        return first;
    }

    int last() {
        return last;
    }

    boolean contains(int number) {
        return first <= number && number <= last;
    }

    @Override
    public String toString() {
        return first == last ? Integer.toString(first) : first + ":" + last;
    }
}
