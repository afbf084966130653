// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import java.io.IOException;

/**
 * Cuts rows of comma-separated values (RFC 4180): a line end within quotes belongs to the row. A
 * quote means something at the beginning of a field only, elsewhere it is a character.
 *
 * <p>A quote that is never closed must not swallow the file: where a row of several lines passes
 * the largest size or meets the end, what was held of it is cut line by line instead.
 */
final class CsvFramer implements Framer {
    private enum State {
        FIELD_BEGINS,
        PLAIN,
        QUOTED,
        QUOTE_WITHIN_QUOTES
    }

    private final ByteWindow window;
    private final LineFramer lines;
    private long linesUntil;

    CsvFramer(ByteWindow window) {
        this.window = window;
        this.lines = new LineFramer(window);
    }

    @Override
    public boolean next(Sink sink) throws IOException {
        while (window.hasBytes()) {
            if (window.passed() < linesUntil) {
                return lines.next(sink);
            }
            if (row(sink)) {
                return true;
            }
        }
        return false;
    }

    /** Takes one row; false if it was blank. */
    private boolean row(Sink sink) throws IOException {
        State state = State.FIELD_BEGINS;
        int lineEndsWithin = 0;
        int position = 0;
        while (position < window.length() || (!window.isBeyondLargest() && window.load())) {
            byte value = window.at(position);
            if (value == '\n' && state != State.QUOTED) {
                return lines.take(position, lineEndsWithin, 1, sink);
            }
            lineEndsWithin += value == '\n' ? 1 : 0;
            state = after(state, value);
            position++;
        }
        if (state == State.QUOTED && lineEndsWithin > 0) {
            linesUntil = window.passed() + window.length();
        }
        if (window.isBeyondLargest() || linesUntil > window.passed()) {
            return lines.next(sink);
        }
        return lines.take(position, lineEndsWithin, 0, sink);
    }

    private static State after(State state, byte value) {
        switch (state) {
            case QUOTED:
                return value == '"' ? State.QUOTE_WITHIN_QUOTES : State.QUOTED;
            case QUOTE_WITHIN_QUOTES:
                if (value == '"') {
                    return State.QUOTED;
                }
                break;
            case FIELD_BEGINS:
                if (value == '"') {
                    return State.QUOTED;
                }
                break;
            default:
                break;
        }
        return value == ',' ? State.FIELD_BEGINS : State.PLAIN;
    }
}
