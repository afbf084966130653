// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import io.incidentcommander.model.ingest.DeadLetter;
import java.io.IOException;

/**
 * Each line that is not blank is a record; LF or CR LF ends it, or the end of the stream. A line
 * that is too large is passed over piece by piece, so its length costs time and no memory.
 */
final class LineFramer implements Framer {
    private final ByteWindow window;

    LineFramer(ByteWindow window) {
        this.window = window;
    }

    @Override
    public boolean next(Sink sink) throws IOException {
        while (window.hasBytes()) {
            if (line(sink)) {
                return true;
            }
        }
        return false;
    }

    /** Takes one line; false if it was blank. */
    private boolean line(Sink sink) throws IOException {
        int end = window.lineEnd(0);
        while (end < 0 && !window.isBeyondLargest()) {
            int searched = window.length();
            if (!window.load()) {
                break;
            }
            end = window.lineEnd(searched);
        }
        if (end < 0 && window.isBeyondLargest()) {
            return largeLine(sink);
        }
        return end < 0 ? take(window.length(), 0, 0, sink) : take(end, 0, 1, sink);
    }

    /**
     * Takes what is held up to {@code end}, and the line end after it if there is one; false if it
     * was blank.
     */
    boolean take(int end, int lineEndsWithin, int lineEndsAfter, Sink sink) {
        int content = end > 0 && window.at(end - 1) == '\r' ? end - 1 : end;
        boolean blank = window.isBlank(0, content);
        if (!blank) {
            boolean whole = content <= ByteWindow.LARGEST_RECORD;
            sink.record(
                    window.line(),
                    window.copy(0, whole ? content : DeadLetter.HEAD_BYTES),
                    content);
        }
        window.pass(end + lineEndsAfter, lineEndsWithin + lineEndsAfter);
        return !blank;
    }

    private boolean largeLine(Sink sink) throws IOException {
        long line = window.line();
        byte[] head = window.copy(0, DeadLetter.HEAD_BYTES);
        long size = 0;
        boolean blank = true;
        boolean carriageReturn = false;
        int lineEnds = 0;
        while (lineEnds == 0 && window.hasBytes()) {
            int end = window.lineEnd(0);
            lineEnds = end < 0 ? 0 : 1;
            int piece = end < 0 ? window.length() : end;
            blank = blank && window.isBlank(0, piece);
            carriageReturn = piece > 0 ? window.at(piece - 1) == '\r' : carriageReturn;
            size += piece;
            window.pass(piece + lineEnds, lineEnds);
        }
        if (!blank) {
            sink.record(line, head, carriageReturn ? size - 1 : size);
        }
        return !blank;
    }
}
