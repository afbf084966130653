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
}
