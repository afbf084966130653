// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest.repeat;

/**
 * Finds the strings at volatile paths in JSON that is the value of a string, as in a message of
 * SNS. A quote of the inner document is written {@code \\"} there, a backslash {@code \\\\}; the
 * scan goes from one backslash to the next and keeps account of brackets between strings.
 *
 * <p>A span is the text of a string in which no backslash stands, so that it means itself on both
 * levels; its bytes can be exchanged for others of the kind without changing any token of either
 * document. Strings with escapes, and numbers, are left among the bytes that must be equal. On a
 * string whose content is a well-formed JSON object the spans are right; on anything else they mean
 * nothing, or there are none.
 *
 * <p>Allocates nothing. Not thread safe.
 */
final class EmbeddedScanner {
    private static final int ENDED = -1;
    private static final int ESCAPED = -1; // the end of a key that is not written as it reads

    private final int[] stack = new int[DeliveryScanner.MAX_DEPTH];
    private byte[] b;
    private int at;
    private boolean plain; // whether the last string had no backslash

    /**
     * Adds to {@code spans} what it finds in the string whose opening quote is at {@code quote}.
     * Says whether there was room; a document that is too deep or none adds what was found so far.
     */
    boolean scan(byte[] bytes, int quote, VolatilePaths paths, int root, Spans spans) {
        if (quote >= bytes.length || bytes[quote] != '"') {
            return true;
        }
        b = bytes;
        at = quote + 1;
        int depth = 0;
        int node = VolatilePaths.DEAD;
        int next = root;
        boolean isValue = false;
        int keyFrom = at;
        int keyTo = at;
        while (at < b.length) {
            int c = b[at];
            if (c == '\\') {
                int from = at + 2;
                int to = stringOrSpace();
                if (to == ENDED) {
                    return true;
                }
                if (at == from) {
                    continue; // white space
                }
                if (!isValue) {
                    keyFrom = from;
                    keyTo = plain ? to : ESCAPED;
                } else if (next != VolatilePaths.DEAD
                        && plain
                        && paths.isVolatile(next)
                        && !spans.add(from, to, paths.isTime(next))) {
                    return false;
                }
                isValue = false;
                continue;
            }
            if (c == ':') {
                isValue = true;
                next = node == VolatilePaths.DEAD ? node : child(paths, node, keyFrom, keyTo);
            } else if (c == '{' || c == '[') {
                if (depth == stack.length) {
                    return true;
                }
                stack[depth++] = node;
                node = next;
                isValue = false;
            } else if (c == '}' || c == ']') {
                if (depth == 0) {
                    return true;
                }
                node = stack[--depth];
                next = node;
                isValue = false;
            } else if (c == ',') {
                isValue = false;
            } else if (c == '"') {
                return true;
            }
            at++;
        }
        return true;
    }

    private int child(VolatilePaths paths, int node, int keyFrom, int keyTo) {
        return keyTo == ESCAPED ? paths.anyChild(node) : paths.child(node, b, keyFrom, keyTo);
    }

    /**
     * At a backslash outside of inner strings: passes over a string and returns where its text
     * ends, or over escaped white space, leaving {@link #at} two further on.
     */
    private int stringOrSpace() {
        int escaped = at + 1 < b.length ? b[at + 1] : 0;
        at += 2;
        if (escaped == 'n' || escaped == 'r' || escaped == 't') {
            return at;
        }
        return escaped == '"' ? stringEnd() : ENDED;
    }

    /** From the first byte of an inner string's text; {@link #at} comes to lie behind its quote. */
    private int stringEnd() {
        plain = true;
        while (true) {
            at = ScalarValues.plainEnd(b, at, b.length);
            if (at + 1 >= b.length || b[at] != '\\') {
                return ENDED;
            }
            int escaped = b[at + 1];
            if (escaped == '"') {
                at += 2;
                return at - 2;
            }
            plain = false;
            if (!passEscape(escaped)) {
                return ENDED;
            }
        }
    }

    /**
     * An escape within an inner string. An inner backslash takes the character after it along,
     * which may be written as an escape itself. One written by its number might be a quote or a
     * backslash, so those below 0x80 are not passed.
     */
    private boolean passEscape(int escaped) {
        if (escaped == '\\') {
            at += 2;
            boolean escapedAgain = at + 1 < b.length && b[at] == '\\';
            if (escapedAgain && b[at + 1] != '"' && b[at + 1] != '\\' && b[at + 1] != '/') {
                return false;
            }
            at += escapedAgain ? 2 : 1;
            return true;
        }
        if (escaped == 'u') {
            boolean low =
                    at + 5 < b.length && b[at + 2] == '0' && b[at + 3] == '0' && b[at + 4] < '8';
            at += 6;
            return !low;
        }
        at += 2;
        return escaped == '/';
    }
}
