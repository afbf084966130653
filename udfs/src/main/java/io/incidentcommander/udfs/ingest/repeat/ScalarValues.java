// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest.repeat;

import io.incidentcommander.udfs.ingest.Utf8;

/**
 * Finds the end of a simple scalar, and that it is one: what a JSON reader is certain to take in
 * the place of any other of its kind. A string is UTF-8 with valid escapes and no half of a
 * surrogate pair; a number is short, of JSON's grammar, and its exponent small enough that it is
 * finite.
 */
final class ScalarValues {
    /** No simple scalar. */
    static final int NONE = -1;

    static final int MAX_STRING_BYTES = 8 * 1024;
    static final int MAX_NUMBER_BYTES = 24;
    private static final int MAX_EXPONENT_DIGITS = 2;

    private static final long QUOTES = Words.repeat('"');
    private static final long BACKSLASHES = Words.repeat('\\');
    private static final long ABOVE_CONTROLS = Words.repeat(0x7F - 0x1F);

    private ScalarValues() {}

    /** Index of the closing quote of the string whose first character is at {@code from}. */
    static int stringEnd(byte[] b, int from) {
        int limit = Math.min(b.length, from + MAX_STRING_BYTES + 1);
        int i = plainEnd(b, from, limit);
        while (i < limit && b[i] == '\\') {
            int after = escapeEnd(b, i, limit);
            if (after == NONE) {
                return NONE;
            }
            i = plainEnd(b, after, limit);
        }
        return i < limit && b[i] == '"' ? i : NONE;
    }

    /**
     * Index of the first byte from {@code from} on that is a quote, a backslash, a control
     * character or no UTF-8; {@code limit}, or a little more, if there is none before it.
     */
    static int plainEnd(byte[] b, int from, int limit) {
        int i = from;
        while (i < limit) {
            if (i + Words.BYTES <= limit) {
                long special = special(Words.at(b, i));
                if (special == 0) {
                    i += Words.BYTES;
                    continue;
                }
                i += Long.numberOfTrailingZeros(special) >>> 3;
            }
            int c = b[i];
            if (c == '"' || c == '\\' || (c >= 0 && c < 0x20)) {
                return i;
            }
            int length = c > 0 ? 1 : Utf8.sequenceLength(b, i);
            if (length == 0) {
                return i;
            }
            i += length;
        }
        return i;
    }

    /** The top bits of the bytes that are no characters that mean themselves. */
    private static long special(long word) {
        long low = word & Words.LOWS;
        long noQuote = (low ^ QUOTES) + Words.LOWS;
        long noBackslash = (low ^ BACKSLASHES) + Words.LOWS;
        long noControl = low + ABOVE_CONTROLS;
        return (word | ~(noQuote & noBackslash & noControl)) & Words.TOPS;
    }

    private static int escapeEnd(byte[] b, int at, int limit) {
        if (at + 1 >= limit) {
            return NONE;
        }
        switch (b[at + 1]) {
            case '"':
            case '\\':
            case '/':
            case 'b':
            case 'f':
            case 'n':
            case 'r':
            case 't':
                return at + 2;
            case 'u':
                return unicodeEnd(b, at, limit);
            default:
                return NONE;
        }
    }

    private static int unicodeEnd(byte[] b, int at, int limit) {
        int unit = unicodeUnit(b, at, limit);
        if (unit < 0 || !Character.isSurrogate((char) unit)) {
            return unit < 0 ? NONE : at + 6;
        }
        boolean pair =
                Character.isHighSurrogate((char) unit)
                        && at + 7 < limit
                        && b[at + 6] == '\\'
                        && b[at + 7] == 'u';
        int second = pair ? unicodeUnit(b, at + 6, limit) : NONE;
        return second >= 0 && Character.isLowSurrogate((char) second) ? at + 12 : NONE;
    }

    /** The four hexadecimal digits after {@code \\u} at {@code at}, or {@link #NONE}. */
    private static int unicodeUnit(byte[] b, int at, int limit) {
        if (at + 6 > limit) {
            return NONE;
        }
        int unit = 0;
        for (int i = at + 2; i < at + 6; i++) {
            int digit = b[i] < 0 ? -1 : Character.digit((char) b[i], 16);
            if (digit < 0) {
                return NONE;
            }
            unit = unit << 4 | digit;
        }
        return unit;
    }

    /** Index after the number that begins at {@code from}. */
    static int numberEnd(byte[] b, int from) {
        int limit = Math.min(b.length, from + MAX_NUMBER_BYTES + 1);
        int whole = from < limit && b[from] == '-' ? from + 1 : from;
        int i = digitsEnd(b, whole, limit);
        if (i == whole || (b[whole] == '0' && i > whole + 1)) {
            return NONE;
        }
        if (i < limit && b[i] == '.') {
            int fraction = i + 1;
            i = digitsEnd(b, fraction, limit);
            if (i == fraction) {
                return NONE;
            }
        }
        if (i < limit && (b[i] | 0x20) == 'e') {
            i = exponentEnd(b, i + 1, limit);
        }
        return i != NONE && i < limit && endsNumber(b[i]) ? i : NONE;
    }

    private static int exponentEnd(byte[] b, int at, int limit) {
        int digits = at < limit && (b[at] == '+' || b[at] == '-') ? at + 1 : at;
        int end = digitsEnd(b, digits, limit);
        return end > digits && end <= digits + MAX_EXPONENT_DIGITS ? end : NONE;
    }

    private static int digitsEnd(byte[] b, int from, int limit) {
        int i = from;
        while (i < limit && b[i] >= '0' && b[i] <= '9') {
            i++;
        }
        return i;
    }

    private static boolean endsNumber(byte c) {
        return c == ',' || c == '}' || c == ']' || isSpace(c);
    }

    static boolean isSpace(byte c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }
}
