// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a record that holds several JSON documents one after another, with line ends, blanks or
 * nothing between them, as senders that gather lines into a record deliver them.
 *
 * <p>A document ends where its brackets close, strings aside. What is broken must not swallow what
 * follows: a line end within a string ends the document, and so does a line that begins with a
 * bracket where JSON could not go on with one. Other text between documents is cut by lines.
 */
final class JsonSequence {
    /** More documents than this in a record are none of our business. */
    static final int MAX_DOCUMENTS = 4096;

    private final byte[] bytes;
    private final List<byte[]> documents = new ArrayList<>();
    private int begin = -1; // of the document that is open, or of other text; -1: neither
    private int depth;
    private boolean withinString;
    private byte last; // not a blank, outside of strings

    private JsonSequence(byte[] bytes) {
        this.bytes = bytes;
    }

    /** At least two pieces, in order, each a document or what stands in place of one; else none. */
    static List<byte[]> documents(byte[] bytes) {
        JsonSequence sequence = new JsonSequence(bytes);
        sequence.cut(Utf8.afterByteOrderMark(bytes));
        int count = sequence.documents.size();
        return count < 2 || count > MAX_DOCUMENTS ? List.of() : sequence.documents;
    }

    /** Whether the piece may be a document at all. */
    static boolean isDocument(byte[] piece) {
        return piece[0] == '{' || piece[0] == '[';
    }

    private void cut(int from) {
        for (int i = from; i < bytes.length && documents.size() <= MAX_DOCUMENTS; i++) {
            byte value = bytes[i];
            if (value == '\n') {
                lineEnd(i);
            } else if (withinString) {
                i += value == '\\' ? 1 : 0;
                withinString = value != '"';
            } else if (!isBlank(value)) {
                take(i, value);
                last = value;
            }
        }
        end(bytes.length);
    }

    private void take(int at, byte value) {
        boolean opens = value == '{' || value == '[';
        boolean atDocument = depth > 0 || opens;
        if (begin >= 0 && depth == 0 && opens) {
            end(at); // other text goes before a document
        }
        if (begin < 0) {
            begin = at;
        }
        if (!atDocument) {
            return;
        }
        withinString = value == '"';
        if (opens) {
            depth++;
        } else if (value == '}' || value == ']') {
            depth--;
            if (depth == 0) {
                end(at + 1);
            }
        }
    }

    private void lineEnd(int at) {
        if (begin >= 0 && (depth == 0 || withinString || isBrokenAt(at + 1))) {
            end(at);
        }
    }

    /** Whether the line begins a document, and the one that is open had no place for it. */
    private boolean isBrokenAt(int line) {
        boolean opens = line < bytes.length && (bytes[line] == '{' || bytes[line] == '[');
        return opens && last != ',' && last != ':' && last != '[';
    }

    private void end(int to) {
        if (begin >= 0) {
            documents.add(Arrays.copyOfRange(bytes, begin, to));
        }
        begin = -1;
        depth = 0;
        withinString = false;
    }

    private static boolean isBlank(byte value) {
        return value == ' ' || value == '\t' || value == '\r';
    }
}
