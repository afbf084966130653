// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import java.io.IOException;

/**
 * Cuts JSON documents one after another, each over as many lines as it likes: a record ends with
 * the line in which its brackets close, strings aside. Documents that share a line are one record.
 *
 * <p>What is broken must not swallow what follows: a line end within a string ends the record, and
 * so does a line that begins with a bracket where JSON could not go on with one. A document above
 * the largest size is cut by lines.
 */
final class DocumentsFramer implements Framer {
    private final ByteWindow window;
    private final LineFramer lines;
    private int depth;
    private boolean withinString;
    private byte last; // not a blank, outside of strings

    DocumentsFramer(ByteWindow window) {
        this.window = window;
        this.lines = new LineFramer(window);
    }

    @Override
    public boolean next(Sink sink) throws IOException {
        while (window.hasBytes()) {
            if (record(sink)) {
                return true;
            }
        }
        return false;
    }

    /** Takes one record; false if it was blank. */
    private boolean record(Sink sink) throws IOException {
        depth = 0;
        withinString = false;
        last = ' ';
        int lineEnds = 0;
        int position = 0;
        while (isHeld(position)) {
            byte value = window.at(position);
            if (value == '\n') {
                if (depth <= 0 || withinString || isBrokenAt(position + 1)) {
                    return lines.take(position, lineEnds, 1, sink);
                }
                lineEnds++;
            } else if (withinString && value == '\\' && isHeld(position + 1)) {
                position += window.at(position + 1) == '\n' ? 0 : 1;
            } else {
                take(value);
            }
            position++;
        }
        return window.isBeyondLargest()
                ? lines.next(sink)
                : lines.take(position, lineEnds, 0, sink);
    }

    private boolean isHeld(int position) throws IOException {
        return position < window.length() || (!window.isBeyondLargest() && window.load());
    }

    private void take(byte value) {
        if (withinString) {
            withinString = value != '"';
            return;
        }
        withinString = value == '"' && depth > 0;
        if (value == '{' || value == '[') {
            depth++;
        } else if (value == '}' || value == ']') {
            depth--;
        }
        last = ByteWindow.isBlank(value) ? last : value;
    }

    private boolean isBrokenAt(int line) throws IOException {
        boolean opens = isHeld(line) && (window.at(line) == '{' || window.at(line) == '[');
        return opens && last != ',' && last != ':' && last != '[';
    }
}
