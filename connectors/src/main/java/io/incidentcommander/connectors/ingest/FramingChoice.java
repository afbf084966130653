// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Chooses the framer of a file, by its name or by how its first 256 KiB look.
 *
 * <p>A file is one document if all of it is one balanced JSON object or array, and its first line
 * alone is not. A document that goes on after 256 KiB is taken for one if no single line was
 * balanced by itself until then: a broken first line does not make a document of a log. It is
 * documents one after another if the first closes in a later line than it begins, and the next one
 * follows in a line of its own.
 */
final class FramingChoice {
    private static final Pattern LINES_BY_NAME =
            Pattern.compile(".*\\.(ndjson|jsonl|log|csv)(\\.(gz|gzip|zst|zstd))?");

    private FramingChoice() {}

    static Framer framer(AlertFile file, ByteWindow window) throws IOException {
        switch (file.framing()) {
            case CSV:
                CsvFramer rows = new CsvFramer(window);
                rows.next((line, bytes, size) -> {}); // the header
                return rows;
            case AUTO:
                return isLinesByName(file.path()) ? new LineFramer(window) : byLooks(window);
            default:
                return new LineFramer(window);
        }
    }

    private static Framer byLooks(ByteWindow window) throws IOException {
        if (isOneDocument(window)) {
            return new DocumentFramer(window);
        }
        return areDocuments(window) ? new DocumentsFramer(window) : new LineFramer(window);
    }

    /** After {@link #isOneDocument}, which has loaded what is looked at. */
    private static boolean areDocuments(ByteWindow window) {
        int from = 0;
        while (from < window.length() && ByteWindow.isBlank(window.at(from))) {
            from++;
        }
        int end = JsonBalance.end(window, from);
        int firstLine = window.lineEnd(from);
        if (end < 0 || firstLine < 0 || firstLine > end) {
            return false;
        }
        boolean nextLine = false;
        int next = end;
        while (next < window.length() && ByteWindow.isBlank(window.at(next))) {
            nextLine |= window.at(next) == '\n';
            next++;
        }
        return nextLine
                && next < window.length()
                && (window.at(next) == '{' || window.at(next) == '[');
    }

    private static boolean isLinesByName(String path) {
        return LINES_BY_NAME.matcher(path.toLowerCase(Locale.ROOT)).matches();
    }

    private static boolean isOneDocument(ByteWindow window) throws IOException {
        boolean more = true;
        while (more && !window.isBeyondLargest()) {
            more = window.load();
        }
        int from = 0;
        while (from < window.length() && ByteWindow.isBlank(window.at(from))) {
            from++;
        }
        if (from == window.length() || isLineBalanced(window, from)) {
            return false;
        }
        switch (JsonBalance.of(window, from, window.length())) {
            case BALANCED:
                return !window.isBeyondLargest();
            case OPEN:
                return window.isBeyondLargest() && !isAnyLineBalanced(window, from);
            default:
                return false;
        }
    }

    private static boolean isAnyLineBalanced(ByteWindow window, int from) {
        int begin = from;
        for (int end = window.lineEnd(begin); end >= 0; end = window.lineEnd(begin)) {
            if (isLineBalanced(window, begin)) {
                return true;
            }
            begin = end + 1;
        }
        return false;
    }

    private static boolean isLineBalanced(ByteWindow window, int from) {
        int end = window.lineEnd(from);
        return JsonBalance.of(window, from, end < 0 ? window.length() : end)
                == JsonBalance.BALANCED;
    }
}
