// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis.logs;

import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** How many of something there were in each slice of event time that had any. Immutable. */
public final class CountsOverTime {
    private static final CountsOverTime NONE = new CountsOverTime(new long[0], new long[0]);

    private final long[] starts; // ascending
    private final long[] counts;

    private CountsOverTime(long[] starts, long[] counts) {
        this.starts = starts;
        this.counts = counts;
    }

    public static CountsOverTime none() {
        return NONE;
    }

    /** With {@code count} more in the slice that starts at {@code startMillis}. */
    public CountsOverTime plus(long startMillis, long count) {
        int at = Arrays.binarySearch(starts, startMillis);
        if (at >= 0) {
            long[] more = counts.clone();
            more[at] += count;
            return new CountsOverTime(starts, more);
        }
        int place = -at - 1;
        return new CountsOverTime(
                inserted(starts, place, startMillis), inserted(counts, place, count));
    }

    /** All of both. */
    public CountsOverTime plus(CountsOverTime other) {
        CountsOverTime sum = this;
        for (int i = 0; i < other.starts.length; i++) {
            sum = sum.plus(other.starts[i], other.counts[i]);
        }
        return sum;
    }

    /** Without the slices that start before {@code millis}. */
    public CountsOverTime since(long millis) {
        int from = place(millis);
        if (from == 0) {
            return this;
        }
        return from == starts.length
                ? NONE
                : new CountsOverTime(
                        Arrays.copyOfRange(starts, from, starts.length),
                        Arrays.copyOfRange(counts, from, counts.length));
    }

    /** Those of the slices that start in {@code [from, to)}. */
    public long between(long from, long to) {
        long sum = 0;
        for (int i = place(from); i < starts.length && starts[i] < to; i++) {
            sum += counts[i];
        }
        return sum;
    }

    /** The sum of the squares of the counts of the slices that start in {@code [from, to)}. */
    public double squaresBetween(long from, long to) {
        double sum = 0;
        for (int i = place(from); i < starts.length && starts[i] < to; i++) {
            sum += (double) counts[i] * counts[i];
        }
        return sum;
    }

    /**
     * Start of the first slice that has any and starts at {@code from} or later; else {@code from}.
     */
    public long firstSince(long from) {
        int at = place(from);
        return at < starts.length ? starts[at] : from;
    }

    /** All of them. */
    public long total() {
        return Arrays.stream(counts).sum();
    }

    public boolean isEmpty() {
        return starts.length == 0;
    }

    /** Slices that had any. */
    public int size() {
        return starts.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CountsOverTime
                && Arrays.equals(((CountsOverTime) other).starts, starts)
                && Arrays.equals(((CountsOverTime) other).counts, counts);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(starts) + Arrays.hashCode(counts);
    }

    @Override
    public String toString() {
        return Arrays.toString(counts) + "@" + Arrays.toString(starts);
    }

    private int place(long millis) {
        int at = Arrays.binarySearch(starts, millis);
        return at >= 0 ? at : -at - 1;
    }

    private static long[] inserted(long[] values, int at, long value) {
        long[] more = new long[values.length + 1];
        System.arraycopy(values, 0, more, 0, at);
        more[at] = value;
        System.arraycopy(values, at, more, at + 1, values.length - at);
        return more;
    }

    static void write(CountsOverTime value, DataOutputView out) throws IOException {
        out.writeInt(value.starts.length);
        for (int i = 0; i < value.starts.length; i++) {
            out.writeLong(value.starts[i]);
            out.writeLong(value.counts[i]);
        }
    }

    static CountsOverTime read(DataInputView in) throws IOException {
        int size = in.readInt();
        if (size == 0) {
            return NONE;
        }
        long[] starts = new long[size];
        long[] counts = new long[size];
        for (int i = 0; i < size; i++) {
            starts[i] = in.readLong();
            counts[i] = in.readLong();
        }
        return new CountsOverTime(starts, counts);
    }
}
