// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import io.incidentcommander.model.ingest.DeadLetter;
import java.io.IOException;

/** The whole stream is one record, without the blanks around it. */
final class DocumentFramer implements Framer {
    private final ByteWindow window;

    DocumentFramer(ByteWindow window) {
        this.window = window;
    }

    @Override
    public boolean next(Sink sink) throws IOException {
        passBlanks();
        if (!window.hasBytes()) {
            return false;
        }
        while (!window.isBeyondLargest() && window.load()) {
            // as far as it may be kept whole
        }
        if (window.isBeyondLargest()) {
            passLarge(sink);
        } else {
            takeWhole(sink);
        }
        return true;
    }

    private void passBlanks() throws IOException {
        while (window.hasBytes() && ByteWindow.isBlank(window.at(0))) {
            window.pass(1, window.at(0) == '\n' ? 1 : 0);
        }
    }

    private void takeWhole(Sink sink) {
        int end = window.length();
        while (ByteWindow.isBlank(window.at(end - 1))) {
            end--;
        }
        boolean whole = end <= ByteWindow.LARGEST_RECORD;
        sink.record(window.line(), window.copy(0, whole ? end : DeadLetter.HEAD_BYTES), end);
        passHeld();
    }

    private void passLarge(Sink sink) throws IOException {
        long line = window.line();
        byte[] head = window.copy(0, DeadLetter.HEAD_BYTES);
        long before = window.passed();
        while (window.hasBytes()) {
            passHeld();
        }
        sink.record(line, head, window.passed() - before);
    }

    private void passHeld() {
        int lineEnds = 0;
        for (int end = window.lineEnd(0); end >= 0; end = window.lineEnd(end + 1)) {
            lineEnds++;
        }
        window.pass(window.length(), lineEnds);
    }
}
