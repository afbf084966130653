// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.lifecycle;

import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What an incident's classification rests on: where it probably began, between which bounds the
 * confidence lies, and the evidence in words. Immutable.
 */
public final class Grounds {
    /** More origins than this are not kept. */
    public static final int MOST_ORIGINS = 3;

    /** More lines of evidence than this are not kept. */
    public static final int MOST_EVIDENCE = 8;

    private static final Grounds NONE = new Grounds(List.of(), 0, 0, List.of());

    private final List<String> origins;
    private final double confidenceLow;
    private final double confidenceHigh;
    private final List<String> evidence;

    /**
     * @param origins services, the most probable first
     * @param confidenceLow in [0, 1]
     * @param confidenceHigh in [confidenceLow, 1]
     * @param evidence lines for a human, the strongest first
     */
    public Grounds(
            List<String> origins,
            double confidenceLow,
            double confidenceHigh,
            List<String> evidence) {
        if (!(confidenceLow >= 0 && confidenceLow <= confidenceHigh && confidenceHigh <= 1)) {
            throw new IllegalArgumentException(
                    "Bounds of a confidence lie in [0, 1], in order, not "
                            + confidenceLow
                            + ", "
                            + confidenceHigh);
        }
        this.origins = first(MOST_ORIGINS, origins);
        this.confidenceLow = confidenceLow;
        this.confidenceHigh = confidenceHigh;
        this.evidence = first(MOST_EVIDENCE, evidence);
    }

    /** Of an incident that nobody classified. */
    public static Grounds none() {
        return NONE;
    }

    public boolean isEmpty() {
        return equals(NONE);
    }

    /** Services, the most probable first. */
    public List<String> origins() {
        return origins;
    }

    public double confidenceLow() {
        return confidenceLow;
    }

    public double confidenceHigh() {
        return confidenceHigh;
    }

    /** Lines for a human, the strongest first. */
    public List<String> evidence() {
        return evidence;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Grounds
                && ((Grounds) other).origins.equals(origins)
                && Double.compare(((Grounds) other).confidenceLow, confidenceLow) == 0
                && Double.compare(((Grounds) other).confidenceHigh, confidenceHigh) == 0
                && ((Grounds) other).evidence.equals(evidence);
    }

    @Override
    public int hashCode() {
        return Objects.hash(origins, confidenceLow, confidenceHigh, evidence);
    }

    @Override
    public String toString() {
        return origins + " [" + confidenceLow + ", " + confidenceHigh + "] " + evidence;
    }

    /** Part of {@link Incident}'s binary form; versioned by it. */
    void write(DataOutputView out) throws IOException {
        writeAll(origins, out);
        out.writeDouble(confidenceLow);
        out.writeDouble(confidenceHigh);
        writeAll(evidence, out);
    }

    static Grounds read(DataInputView in) throws IOException {
        return new Grounds(readAll(in), in.readDouble(), in.readDouble(), readAll(in));
    }

    private static List<String> first(int most, List<String> all) {
        return List.copyOf(all.size() > most ? all.subList(0, most) : all);
    }

    private static void writeAll(List<String> texts, DataOutputView out) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            Wire.writeString(text, out);
        }
    }

    private static List<String> readAll(DataInputView in) throws IOException {
        int size = in.readInt();
        List<String> texts = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            texts.add(Wire.readString(in));
        }
        return texts;
    }
}
