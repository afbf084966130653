// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.redaction;

import java.text.Normalizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text as one reads it: without signs that cannot be seen, wide and narrow forms of letters and
 * digits as the usual ones, and letters, digits and a few signs that JSON wrote as their numbers as
 * themselves. What hides in such forms would not be recognised. Linear in the text, idempotent.
 */
final class PlainText {
    private static final int ASCII = 0x80;
    private static final Pattern NUMBERED = Pattern.compile("(?<!\\\\)\\\\++u00([2-7][0-9A-Fa-f])");
    private static final String SIGNS = "@.:-_+/=";

    private PlainText() {}

    static String of(String text) {
        String plain =
                isAscii(text) ? text : Normalizer.normalize(seen(text), Normalizer.Form.NFKC);
        return plain.contains("\\u00") ? decoded(plain) : plain;
    }

    private static String decoded(String text) {
        Matcher found = NUMBERED.matcher(text);
        StringBuilder out = new StringBuilder(text.length());
        int copied = 0;
        while (found.find()) {
            char sign = (char) Integer.parseInt(found.group(1), 16);
            if (sign < ASCII && Character.isLetterOrDigit(sign) || SIGNS.indexOf(sign) >= 0) {
                out.append(text, copied, found.start()).append(sign);
                copied = found.end();
            }
        }
        return out.append(text, copied, text.length()).toString();
    }

    private static String seen(String text) {
        StringBuilder seen = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> Character.getType(c) != Character.FORMAT)
                .forEach(seen::appendCodePoint);
        return seen.toString();
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= ASCII) {
                return false;
            }
        }
        return true;
    }
}
