// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis;

import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Who says what the cause is: by which road, and on it which model or method. Immutable. */
public final class DiagnosisSource {
    /** Ordinals are stored: append, never reorder. */
    public enum Road {
        MODEL,
        /** Logs, or how alerts and calls lie to each other; no model. */
        LOGS,
        PATTERNS,
        /** Nothing more to say: a human has to look. */
        HUMAN,
        /** The ranking of services by their metrics and who calls whom; no model. */
        CAUSAL;

        private final String word = name().toLowerCase(Locale.ROOT);

        /** The word used in events and machine-readable results. */
        public String word() {
            return word;
        }
    }

    private static final Road[] ROADS = Road.values();
    private static final DiagnosisSource HUMAN = new DiagnosisSource(Road.HUMAN, "");

    private final Road road;
    private final String name;

    private DiagnosisSource(Road road, String name) {
        this.road = Objects.requireNonNull(road, "road");
        this.name = Objects.requireNonNull(name, "name");
    }

    public static DiagnosisSource model(String modelId) {
        return new DiagnosisSource(Road.MODEL, modelId);
    }

    /**
     * @param method one or two words, such as {@code log templates} or {@code call graph}
     */
    public static DiagnosisSource logs(String method) {
        return new DiagnosisSource(Road.LOGS, method);
    }

    /**
     * @param method one or two words
     */
    public static DiagnosisSource causal(String method) {
        return new DiagnosisSource(Road.CAUSAL, method);
    }

    public static DiagnosisSource patterns(String method) {
        return new DiagnosisSource(Road.PATTERNS, method);
    }

    public static DiagnosisSource human() {
        return HUMAN;
    }

    public Road road() {
        return road;
    }

    /** The id of the model, or the method; empty for a human. */
    public String name() {
        return name;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DiagnosisSource
                && ((DiagnosisSource) other).road == road
                && ((DiagnosisSource) other).name.equals(name);
    }

    @Override
    public int hashCode() {
        return Objects.hash(road.name(), name);
    }

    @Override
    public String toString() {
        return name.isEmpty() ? road.word() : road.word() + " " + name;
    }

    /** Part of other types' binary forms; versioned by them. */
    static void write(DiagnosisSource source, DataOutputView out) throws IOException {
        out.writeByte(source.road.ordinal());
        Wire.writeString(source.name, out);
    }

    static DiagnosisSource read(DataInputView in) throws IOException {
        return new DiagnosisSource(ROADS[in.readByte()], Wire.readString(in));
    }
}
