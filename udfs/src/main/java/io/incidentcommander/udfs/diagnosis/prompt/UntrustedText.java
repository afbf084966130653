// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.prompt;

import io.incidentcommander.udfs.diagnosis.redaction.Redaction;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Makes text of strangers fit to stand between the marks of a prompt: secrets and personal data
 * taken out, one line, no sign that a mark or a column is made of, nothing invisible, a bounded
 * length. One instance serves one request, as {@link Redaction} does; not thread safe.
 */
final class UntrustedText {
    /** Chars that are looked at; more of a text is not read. */
    static final int MOST_READ = 20_000;

    /** Tells its reader what to do. Rather one too many: all that it costs is confidence. */
    private static final Pattern ORDERS =
            Pattern.compile(
                    "(?:ignore|disregard|forget|override)[^.]{0,60}"
                            + "(?:instruction|prompt|above|previous|prior|earlier|rules)"
                            + "|you are (?:now|an? (?:ai|assistant|model|agent))\\b"
                            + "|as an ai\\b|new instructions|jailbreak");

    /** Is written as if to its reader; systems say such things too. */
    private static final Pattern TALKS =
            Pattern.compile(
                    "(?:system|developer) (?:prompt|message)\\b"
                            + "|^\\s*(?:system|assistant)\\s*:"
                            + "|[\\[<|]/?(?:inst|system|assistant|user|human|data)[\\]>|]"
                            + "|(?:confidence|root[_ ]cause)\"?\\s*[:=]");

    private final Redaction redaction;

    UntrustedText(Redaction redaction) {
        this.redaction = redaction;
    }

    /** The text as it may stand in a prompt. */
    String of(String text, int mostChars) {
        // Before anything is cut off: half a secret is not recognised.
        String clean = redaction.of(seen(text));
        StringBuilder line = new StringBuilder(Math.min(clean.length(), mostChars + 2));
        boolean space = false;
        for (int i = 0; i < clean.length(); i++) {
            char c = clean.charAt(i);
            if (Character.isWhitespace(c)) {
                space = line.length() > 0;
                continue;
            }
            if (space) {
                line.append(' ');
                space = false;
            }
            line.append(harmless(c));
            if (line.length() >= mostChars) {
                break;
            }
        }
        return cut(line, mostChars);
    }

    /** Whether the text addresses whoever reads it, as text of a machine does not. */
    static boolean talksToItsReader(String text) {
        String read = seen(text).toLowerCase(Locale.ROOT);
        return ORDERS.matcher(read).find() || TALKS.matcher(read).find();
    }

    /** Whether the text tells whoever reads it what to do. */
    static boolean givesOrders(String text) {
        return ORDERS.matcher(seen(text).toLowerCase(Locale.ROOT)).find();
    }

    private static String seen(String text) {
        return visible(text.length() > MOST_READ ? text.substring(0, MOST_READ) : text);
    }

    private static char harmless(char c) {
        switch (c) {
            case '<':
                return '(';
            case '>':
                return ')';
            case '|':
                return '/';
            default:
                return c;
        }
    }

    /** Not in the middle of a pair of surrogates. */
    private static String cut(StringBuilder line, int mostChars) {
        int end = Math.min(line.length(), mostChars);
        if (end > 0 && Character.isHighSurrogate(line.charAt(end - 1))) {
            end--;
        }
        return line.substring(0, end);
    }

    /** Without control, format and private signs, by which text can hide in text. */
    private static String visible(String text) {
        StringBuilder seen = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> Character.isWhitespace(c) || isVisible(c))
                .forEach(seen::appendCodePoint);
        return seen.toString();
    }

    private static boolean isVisible(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.PRIVATE_USE
                && type != Character.SURROGATE
                && type != Character.UNASSIGNED;
    }
}
