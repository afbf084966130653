// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis;

import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** A node that may be the root cause, and what speaks for it. Immutable. */
public final class RankedCause {
    private final String node;
    private final double score;
    private final List<String> evidence;
    private final List<MetricKey> series;

    /**
     * @param score above 0; comparable within one ranking only
     * @param evidence sentences for a person, strongest first
     * @param series what the evidence was seen in, its own, clearest first
     */
    public RankedCause(String node, double score, List<String> evidence, List<MetricKey> series) {
        this.node = Objects.requireNonNull(node, "node");
        this.score = score;
        this.evidence = List.copyOf(evidence);
        this.series = List.copyOf(series);
    }

    public String node() {
        return node;
    }

    public double score() {
        return score;
    }

    public List<String> evidence() {
        return evidence;
    }

    /** Series of the node itself, clearest first; empty if it is named for its callers' trouble. */
    public List<MetricKey> series() {
        return series;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RankedCause
                && ((RankedCause) other).node.equals(node)
                && Double.compare(((RankedCause) other).score, score) == 0
                && ((RankedCause) other).evidence.equals(evidence)
                && ((RankedCause) other).series.equals(series);
    }

    @Override
    public int hashCode() {
        return Objects.hash(node, score);
    }

    @Override
    public String toString() {
        return node + " " + score + " " + evidence;
    }

    /** Part of other types' binary forms; versioned by them. */
    static void write(RankedCause cause, DataOutputView out) throws IOException {
        Wire.writeString(cause.node, out);
        out.writeDouble(cause.score);
        Rows.write(cause.evidence, Wire::writeString, out);
        Rows.write(cause.series, RankedCause::writeSeries, out);
    }

    static RankedCause read(DataInputView in) throws IOException {
        return new RankedCause(
                Wire.readString(in),
                in.readDouble(),
                Rows.read(Wire::readString, in),
                Rows.read(RankedCause::readSeries, in));
    }

    private static void writeSeries(MetricKey key, DataOutputView out) throws IOException {
        Wire.writeString(key.node(), out);
        Wire.writeString(key.metric(), out);
        Wire.writeString(key.statistic(), out);
    }

    private static MetricKey readSeries(DataInputView in) throws IOException {
        return new MetricKey(Wire.readString(in), Wire.readString(in), Wire.readString(in));
    }
}
