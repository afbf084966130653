// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import java.util.List;

/**
 * Which values of a format vary from one delivery of the same alert to the next and decide nothing
 * but time: the promise that lets a repeat be recognised without parsing it.
 *
 * <p>A path is the keys from the root joined by {@code /}, array elements taking the path of their
 * array: {@code detail/state/timestamp}. The promise of a decoder that names paths here: two
 * well-formed records of this format that differ only in the scalar values at these paths, each
 * value again a scalar of the same kind (string or number), decode to the same outcome with the
 * same alerts, save for event and original time, id, {@code value}, {@code summary} and {@code
 * annotations}; and the only alert then takes its time from the value at {@link #timePath} through
 * {@link Timestamps}. The promise does not reach a record that has no scalar at the time path, or
 * one there that {@link Timestamps} finds invalid or an open end: such a record is to be decoded.
 * Formats whose message may carry several alerts with times of their own name no time path: their
 * times are part of what must be equal.
 */
public final class VolatileFields {
    private static final VolatileFields NONE = new VolatileFields("", List.of());

    private final String timePath;
    private final List<String> paths;

    private VolatileFields(String timePath, List<String> paths) {
        this.timePath = timePath;
        this.paths = List.copyOf(paths);
    }

    /** Every byte counts. */
    public static VolatileFields none() {
        return NONE;
    }

    /** {@code timePath} varies and gives the event time; {@code others} vary and give nothing. */
    public static VolatileFields timedBy(String timePath, String... others) {
        return new VolatileFields(timePath, List.of(others));
    }

    /** Empty if the time is part of the identity of the delivery. */
    public String timePath() {
        return timePath;
    }

    /** The paths besides the time. */
    public List<String> paths() {
        return paths;
    }
}
