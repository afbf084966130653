// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.communication.template;

/**
 * Text from outside on one line: whatever controls a line, a terminal, a mail header or the
 * direction of writing becomes a blank. Alert text is hostile.
 */
final class PlainText {
    private static final String MORE = "…";

    private PlainText() {}

    /** Without controls, line ends, format characters and runs of blanks. */
    static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        boolean blank = true;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (isBlank(c)) {
                if (!blank) {
                    line.append(' ');
                }
                blank = true;
            } else {
                line.appendCodePoint(c);
                blank = false;
            }
        }
        return line.toString().stripTrailing();
    }

    /** At most so many chars, the last of them an ellipsis if something is missing. */
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most - MORE.length();
        if (Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + MORE;
    }

    private static boolean isBlank(int c) {
        switch (Character.getType(c)) {
            case Character.CONTROL:
            case Character.FORMAT:
            case Character.SURROGATE:
            case Character.PRIVATE_USE:
            case Character.UNASSIGNED:
            case Character.LINE_SEPARATOR:
            case Character.PARAGRAPH_SEPARATOR:
            case Character.SPACE_SEPARATOR:
                return true;
            default:
                return false;
        }
    }
}
