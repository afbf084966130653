// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.logs;

import java.util.ArrayList;
import java.util.List;

/**
 * The words of an entry with what varies by its look masked: whatever holds a digit (numbers,
 * times, addresses, ids), and words too long to be words. A function of the text alone, so that
 * equal texts are masked alike wherever they are read.
 */
final class LogTokens {
    /** For what varies. */
    static final String VARIES = "<*>";

    /** Words of an entry that count; the rest is not looked at. */
    static final int MOST_TOKENS = 48;

    private static final int MOST_CHARS = 64;
    private static final int LEAST_HEX = 16;

    private LogTokens() {}

    /** The masked words of the first line that has any, joined by single spaces. */
    static String signature(String text) {
        return String.join(" ", of(text));
    }

    static List<String> of(String text) {
        List<String> tokens = new ArrayList<>();
        int i = 0;
        while (i < text.length() && tokens.size() < MOST_TOKENS) {
            char c = text.charAt(i);
            if (c == '\n' && !tokens.isEmpty()) {
                break;
            }
            if (Character.isWhitespace(c)) {
                i++;
                continue;
            }
            int end = i;
            while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
                end++;
            }
            tokens.add(masked(text, i, end));
            i = end;
        }
        return tokens;
    }

    private static String masked(String text, int from, int to) {
        if (to - from > MOST_CHARS) {
            return VARIES;
        }
        StringBuilder out = new StringBuilder(to - from);
        int i = from;
        while (i < to) {
            int end = wordEnd(text, i, to);
            int id = idEnd(text, i, to);
            if (id > i) {
                appendMask(out);
                i = id;
            } else if (end == i) {
                out.append(text.charAt(i++));
            } else if (hasDigit(text, i, end)) {
                appendMask(out);
                i = end;
            } else {
                out.append(text, i, end);
                i = end;
            }
        }
        return out.toString();
    }

    private static int wordEnd(String text, int from, int to) {
        int end = from;
        while (end < to && isWordPart(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean hasDigit(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Character.isDigit(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** One mask for {@code 10.0.0.1:80}, not five. */
    private static void appendMask(StringBuilder out) {
        int length = out.length();
        boolean joined =
                length > VARIES.length()
                        && ".:-/,@T".indexOf(out.charAt(length - 1)) >= 0
                        && endsWithMask(out, length - 1);
        if (joined) {
            out.setLength(length - 1);
            return;
        }
        if (endsWithSign(out)) {
            out.setLength(length - 1);
        }
        out.append(VARIES);
    }

    /** A number is of its kind, below zero too. */
    private static boolean endsWithSign(StringBuilder out) {
        int last = out.length() - 1;
        return last >= 0
                && "+-".indexOf(out.charAt(last)) >= 0
                && (last == 0 || "=:([,".indexOf(out.charAt(last - 1)) >= 0);
    }

    private static boolean endsWithMask(StringBuilder out, int end) {
        return out.substring(end - VARIES.length(), end).equals(VARIES);
    }

    /** Of an id, hexadecimal digits and hyphens that hold a figure; {@code from} if none begins. */
    private static int idEnd(String text, int from, int to) {
        boolean figure = false;
        int i = from;
        while (i < to && (text.charAt(i) == '-' || Character.digit(text.charAt(i), 16) >= 0)) {
            figure |= Character.isDigit(text.charAt(i));
            i++;
        }
        boolean whole = i == to || !isWordPart(text.charAt(i));
        return figure && whole && i - from >= LEAST_HEX ? i : from;
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }
}
