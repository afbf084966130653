// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.logs;

import io.incidentcommander.udfs.ingest.Utf8;
import java.util.Optional;

/** The checks an entry passes before anything else looks at it. Linear in its length, no state. */
final class LogScreen {
    private static final char ESCAPE = 0x1B;

    private LogScreen() {}

    /** What speaks against a line of bytes, before it is parsed. */
    static Optional<SkipReason> ofLine(byte[] line) {
        if (line.length > LogPolicy.ENTRY_BYTES) {
            return Optional.of(SkipReason.TOO_LARGE);
        }
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < line.length; i++) {
            byte b = line[i];
            if (b < 0) {
                int length = Utf8.sequenceLength(line, i);
                if (length == 0) {
                    return Optional.of(SkipReason.BINARY);
                }
                i += length - 1;
            } else if (b < ' ' && b != '\t' && b != '\r' && b != '\n' || b == 0x7F) {
                return Optional.of(SkipReason.BINARY);
            } else if (quoted) {
                if (b == '\\' && i + 1 < line.length && line[i + 1] > 0) {
                    i++;
                } else {
                    quoted = b != '"';
                }
            } else if (b == '"') {
                quoted = true;
            } else if (b == '{' || b == '[') {
                if (++depth > LogPolicy.DEPTH) {
                    return Optional.of(SkipReason.TOO_DEEP);
                }
            } else if (b == '}' || b == ']') {
                depth--;
            }
        }
        return Optional.empty();
    }

    /** What speaks against the text of an entry. */
    static Optional<SkipReason> ofText(String text) {
        if (text.length() > LogPolicy.ENTRY_BYTES || bytes(text) > LogPolicy.ENTRY_BYTES) {
            return Optional.of(SkipReason.TOO_LARGE);
        }
        if (text.isBlank()) {
            return Optional.of(SkipReason.NOT_A_LOG);
        }
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (isHostile(c)) {
                return Optional.of(SkipReason.HOSTILE);
            }
            i += Character.charCount(c);
        }
        return Optional.empty();
    }

    /** Without the colours that programs write for terminals (ECMA-48, SGR). */
    static String withoutColours(String text) {
        if (text.indexOf(ESCAPE) < 0) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            int end = text.charAt(i) == ESCAPE ? endOfColour(text, i) : -1;
            if (end < 0) {
                plain.append(text.charAt(i));
            } else {
                i = end;
            }
        }
        return plain.toString();
    }

    /** Index of the {@code m} that ends the sequence, or -1. */
    private static int endOfColour(String text, int escape) {
        int i = escape + 1;
        if (i >= text.length() || text.charAt(i) != '[') {
            return -1;
        }
        i++;
        while (i < text.length() && isParameter(text.charAt(i))) {
            i++;
        }
        return i < text.length() && text.charAt(i) == 'm' ? i : -1;
    }

    private static boolean isParameter(char c) {
        return c >= '0' && c <= '9' || c == ';';
    }

    private static boolean isHostile(int c) {
        boolean control = c < ' ' && c != '\t' && c != '\n' && c != '\r' || c >= 0x7F && c <= 0x9F;
        boolean direction = c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
        boolean tag = c >= 0xE0000 && c <= 0xE007F;
        boolean lone = c >= 0xD800 && c <= 0xDFFF;
        boolean none = (c & 0xFFFE) == 0xFFFE;
        return control || direction || tag || lone || none;
    }

    private static int bytes(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 0x7F) {
                bytes += c > 0x7FF && !Character.isSurrogate(c) ? 2 : 1;
            }
        }
        return bytes;
    }
}
