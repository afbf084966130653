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
 * <p>On well-formed JSON the spans are exactly the simple scalars ({@link ScalarValues}) at the
 * volatile paths whose keys are written without escapes; what else stands there, such as null, is
 * left among the bytes that must be equal. On anything else the result means nothing, but is the
 * same every time; {@link RepeatRecogniser} argues why that is enough.
 *
 * <p>Allocates nothing; the results hold until the next scan. Not thread safe.
 */
final class DeliveryScanner {
    /** What came of a scan. */
    enum Result {
        READ,
        /** Too deep, too many volatile values, or several documents. */
        UNSURE
    }

    static final int MAX_DEPTH = 32;

    private final StructuralBits bits = new StructuralBits();
    private final EmbeddedScanner embedded = new EmbeddedScanner();
    private final int[] stack = new int[MAX_DEPTH];
    private final Spans spans = new Spans();

    private int first; // where the document begins
    private int depth;
    private int node; // of the innermost open object or array
    private int next; // of the value that comes next in it
    private long digest;

    Result scan(byte[] b, VolatilePaths paths) {
        spans.clear();
        if (!paths.isEmpty() && !findSpans(b, paths)) {
            return Result.UNSURE;
        }
        digest = digestOf(b);
        return Result.READ;
    }

    /** Makes {@link #digest} that of the spans as they are now. */
    void digestSpans(byte[] b) {
        digest = digestOf(b);
    }

    /** Hash of the bytes outside of the spans. */
    long digest() {
        return digest;
    }

    /** Valid until the next scan. */
    Spans spans() {
        return spans;
    }

    private boolean findSpans(byte[] b, VolatilePaths paths) {
        first = afterSpaces(b, 0);
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
                if (depth == MAX_DEPTH || (depth == 0 && at != first)) {
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
        if (next == VolatilePaths.DEAD) {
            return true;
        }
        if (paths.isVolatile(next)) {
            return addSpan(b, afterSpaces(b, colon + 1), paths.isTime(next));
        }
        int root = paths.embedded(next);
        return root == VolatilePaths.DEAD
                || embedded.scan(b, afterSpaces(b, colon + 1), paths, root, spans);
    }

    /** A value that is no simple scalar is none that varies. Says whether there was room. */
    private boolean addSpan(byte[] b, int value, boolean isTime) {
        if (value == b.length) {
            return true;
        }
        boolean quoted = b[value] == '"';
        int from = quoted ? value + 1 : value;
        int to = quoted ? ScalarValues.stringEnd(b, from) : ScalarValues.numberEnd(b, from);
        return to == ScalarValues.NONE || spans.add(from, to, isTime);
    }

    private long digestOf(byte[] b) {
        long hash = spans.count();
        int from = 0;
        for (int i = 0; i < spans.count(); i++) {
            hash = SegmentHash.of(hash, b, from, spans.from(i));
            from = spans.to(i);
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
