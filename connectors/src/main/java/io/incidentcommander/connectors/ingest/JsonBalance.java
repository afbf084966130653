// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

/** Whether brackets close, strings aside: enough to tell where a JSON document ends. */
enum JsonBalance {
    /** One object or array, and nothing but blanks around it. */
    BALANCED,
    /** The beginning of one. */
    OPEN,
    /** Neither. */
    OTHER;

    static JsonBalance of(ByteWindow window, int from, int to) {
        int depth = 0;
        boolean closed = false;
        boolean inString = false;
        for (int i = from; i < to; i++) {
            byte value = window.at(i);
            if (inString) {
                if (value == '\\') {
                    i++;
                } else {
                    inString = value != '"';
                }
            } else if (!ByteWindow.isBlank(value)) {
                boolean opens = value == '{' || value == '[';
                if (closed || (depth == 0 && !opens)) {
                    return OTHER;
                }
                depth += opens ? 1 : value == '}' || value == ']' ? -1 : 0;
                closed = depth == 0;
                inString = value == '"';
            }
        }
        return closed ? BALANCED : depth > 0 ? OPEN : OTHER;
    }

    /** Where the object or array that begins at {@code from} has closed; -1: not in the window. */
    static int end(ByteWindow window, int from) {
        int depth = 0;
        boolean inString = false;
        for (int i = from; i < window.length(); i++) {
            byte value = window.at(i);
            if (inString) {
                if (value == '\\') {
                    i++;
                } else {
                    inString = value != '"';
                }
                continue;
            }
            inString = value == '"';
            if (value == '{' || value == '[') {
                depth++;
            } else if (value == '}' || value == ']') {
                depth--;
                if (depth == 0) {
                    return i + 1;
                }
            }
            if (depth == 0) {
                return -1;
            }
        }
        return -1;
    }
}
