// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest.repeat;

/**
 * One pass over the bytes of a JSON object that finds the scalars at volatile paths and hashes all
 * other bytes, white space included.
 *
 * <p>It reads 64 bytes at a time into bit sets of quotes and of the characters that carry the
 * structure ({@code : { } [ ]}), masks out what lies within strings, and then steps from one
 * structural character to the next; strings and numbers off the volatile paths are never looked at.
 *
 * <p>On well-formed JSON the spans are exactly the scalars at the volatile paths whose keys are
 * written without escapes. On anything else the result means nothing, but is the same every time;
 * {@link RepeatRecogniser} argues why that is enough.
 *
 * <p>Allocates nothing; the results hold until the next scan. Not thread safe.
 */
final class DeliveryScanner {
    /** What came of a scan. */
    enum Result {
        READ,
        /** Too deep, too many volatile values, or a volatile value that is no simple scalar. */
        UNSURE
    }

    static final int MAX_DEPTH = 32;
    static final int MAX_SPANS = 64;

    private static final int NO_TIME = -1;

    private final StructuralBits bits = new StructuralBits();
    private final int[] stack = new int[MAX_DEPTH];
    private final int[] spans = new int[2 * MAX_SPANS];

    private int depth;
    private int node; // of the innermost open object or array
    private int next; // of the value that comes next in it
    private int spanEnds;
    private int timeSpan;
    private long digest;

    Result scan(byte[] b, VolatilePaths paths) {
        spanEnds = 0;
        timeSpan = NO_TIME;
        if (!paths.isEmpty() && !findSpans(b, paths)) {
            return Result.UNSURE;
        }
        digest = digestOf(b);
        return Result.READ;
    }

    /** Hash of the bytes outside of the spans. */
    long digest() {
        return digest;
    }

    /** Starts and ends of the volatile values in ascending order; valid up to {@link #spanEnds}. */
    int[] spans() {
        return spans;
    }

    int spanEnds() {
        return spanEnds;
    }

    boolean hasTime() {
        return timeSpan != NO_TIME;
    }

    int timeFrom() {
        return spans[timeSpan];
    }

    int timeTo() {
        return spans[timeSpan + 1];
    }

    private boolean findSpans(byte[] b, VolatilePaths paths) {
        int first = afterSpaces(b, 0);
        if (first == b.length || b[first] != '{') {
            return false;
        }
        depth = 0;
        node = VolatilePaths.DEAD;
        next = VolatilePaths.ROOT;
        bits.reset();
        for (int base = 0; base < b.length; base += StructuralBits.BLOCK) {
            if (!visit(bits.structure(b, base), base, b, paths)) {
                return false;
            }
        }
        return depth == 0 && !bits.withinString();
    }

    private boolean visit(long structure, int base, byte[] b, VolatilePaths paths) {
        for (long left = structure; left != 0; left &= left - 1) {
            int at = base + Long.numberOfTrailingZeros(left);
            int c = b[at];
            if (c == ':') {
                if (node != VolatilePaths.DEAD && !enterKey(b, at, paths)) {
                    return false;
                }
            } else if (c == '{' || c == '[') {
                if (depth == MAX_DEPTH) {
                    return false;
                }
                stack[depth++] = node;
                node = next;
            } else {
                if (depth == 0) {
                    return false;
                }
                node = stack[--depth];
                next = node; // elements of an array share its path; keys set it anew
            }
        }
        return true;
    }

    private boolean enterKey(byte[] b, int colon, VolatilePaths paths) {
        int keyEnd = colon;
        while (keyEnd > 0 && ScalarValues.isSpace(b[keyEnd - 1])) {
            keyEnd--;
        }
        next = paths.child(node, b, keyEnd);
        return next == VolatilePaths.DEAD
                || !paths.isVolatile(next)
                || addSpan(b, afterSpaces(b, colon + 1), paths.isTime(next));
    }

    private boolean addSpan(byte[] b, int value, boolean isTime) {
        if (value == b.length || spanEnds == spans.length || (isTime && hasTime())) {
            return false;
        }
        boolean quoted = b[value] == '"';
        int from = quoted ? value + 1 : value;
        int to = quoted ? ScalarValues.stringEnd(b, from) : ScalarValues.numberEnd(b, from);
        if (to == ScalarValues.NONE) {
            return false;
        }
        timeSpan = isTime ? spanEnds : timeSpan;
        spans[spanEnds++] = from;
        spans[spanEnds++] = to;
        return true;
    }

    private long digestOf(byte[] b) {
        long hash = spanEnds;
        int from = 0;
        for (int i = 0; i < spanEnds; i += 2) {
            hash = SegmentHash.of(hash, b, from, spans[i]);
            from = spans[i + 1];
        }
        return SegmentHash.of(hash, b, from, b.length);
    }

    private static int afterSpaces(byte[] b, int from) {
        int i = from;
        while (i < b.length && ScalarValues.isSpace(b[i])) {
            i++;
        }
        return i;
    }
}
