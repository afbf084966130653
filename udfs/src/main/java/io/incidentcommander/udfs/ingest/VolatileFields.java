// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import java.util.List;

/**
 * Which values of a format vary from one delivery of the same alert to the next and decide nothing
 * but time: the promise that lets a repeat be recognised without parsing it.
 *
 * <p>A path is the keys from the root joined by {@code /}, array elements taking the path of their
 * array: {@code detail/state/timestamp}. {@link #ANY} stands for any key but those named beside it;
 * {@link #EMBEDDED} steps into the JSON that a string holds: {@code Message/@json/Time}.
 *
 * <p>The promise of a decoder that names paths here: two well-formed records of this format that
 * differ only in the scalar values at these paths, each value again a scalar of the same kind
 * (string or number), and at the time paths again a time, or again an open end, decode to the same
 * outcome with the same alerts, save for event and original time, id, {@code value}, {@code
 * summary} and {@code annotations}. Each alert takes its time, through {@link Timestamps}, from one
 * of the values at the time paths that are no open ends, in both records from the same one. The
 * promise does not reach a record of which an alert has another time, such as that of its arrival,
 * or which has a value at a time path that {@link Timestamps} finds invalid: such a record is to be
 * decoded. Formats that name no time path have times that are part of what must be equal.
 */
public final class VolatileFields {
    /** In a path: any key. */
    public static final String ANY = "*";

    /** In a path: the document within the string. */
    public static final String EMBEDDED = "@json";

    private static final VolatileFields NONE = new VolatileFields(List.of(), List.of());

    private final List<String> timePaths;
    private final List<String> paths;

    private VolatileFields(List<String> timePaths, List<String> paths) {
        this.timePaths = List.copyOf(timePaths);
        this.paths = List.copyOf(paths);
    }

    /** Every byte counts. */
    public static VolatileFields none() {
        return NONE;
    }

    /** {@code timePath} varies and gives the event time; {@code others} vary and give nothing. */
    public static VolatileFields timedBy(String timePath, String... others) {
        return timedByAny(List.of(timePath), others);
    }

    /**
     * The values at {@code timePaths} vary, and each alert takes its event time from one of them;
     * {@code others} vary and give nothing.
     */
    public static VolatileFields timedByAny(List<String> timePaths, String... others) {
        return new VolatileFields(timePaths, List.of(others));
    }

    /** Empty if the times are part of the identity of the delivery. */
    public List<String> timePaths() {
        return timePaths;
    }

    /** The paths besides the times. */
    public List<String> paths() {
        return paths;
    }
}
