// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import io.incidentcommander.model.ingest.Severity;

/** What a terminal is told besides text (ECMA-48). */
final class Ansi {
    static final String ENTER = "\u001b[?1049h\u001b[?25l";
    static final String LEAVE = "\u001b[?25h\u001b[?1049l";
    static final String HOME = "\u001b[H";
    static final String REST_OF_LINE = "\u001b[K";
    static final String REST_OF_SCREEN = "\u001b[J";

    private static final String RESET = "\u001b[0m";

    private Ansi() {}

    static String bold(String text) {
        return "\u001b[1m" + text + RESET;
    }

    static String dim(String text) {
        return "\u001b[2m" + text + RESET;
    }

    static String green(String text) {
        return "\u001b[32m" + text + RESET;
    }

    static String red(String text) {
        return "\u001b[31m" + text + RESET;
    }

    static String cyan(String text) {
        return "\u001b[36m" + text + RESET;
    }

    /** The worse, the redder. */
    static String of(Severity severity, String text) {
        switch (severity) {
            case CRITICAL:
                return "\u001b[1;31m" + text + RESET;
            case HIGH:
                return "\u001b[31m" + text + RESET;
            case MEDIUM:
                return "\u001b[33m" + text + RESET;
            case LOW:
                return "\u001b[36m" + text + RESET;
            default:
                return text;
        }
    }

    /** At most so many visible characters; what is cut off ends in a reset. */
    static String cut(String text, int columns) {
        StringBuilder kept = new StringBuilder();
        int visible = 0;
        int i = 0;
        while (i < text.length() && visible < columns) {
            if (text.charAt(i) == '\u001b') {
                int end = text.indexOf('m', i) + 1;
                kept.append(text, i, end);
                i = end;
            } else {
                kept.append(text.charAt(i++));
                visible++;
            }
        }
        return i < text.length() ? kept + RESET : kept.toString();
    }
}
