// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.matching;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads matchers as Alertmanager's configuration has them: {@code name op value}, where the value
 * may stand in double quotes with the escapes {@code \\ \" \n}; several are separated by commas and
 * may stand in braces.
 */
public final class MatcherSyntax {
    private final String text;
    private int at;

    private MatcherSyntax(String text) {
        this.text = text;
    }

    /**
     * One matcher, or several.
     *
     * @throws MatcherSyntaxException saying what was expected and where
     */
    public static List<Matcher> parse(String text) {
        return new MatcherSyntax(text).all();
    }

    private List<Matcher> all() {
        List<Matcher> matchers = new ArrayList<>();
        blanks();
        boolean braces = accept('{');
        blanks();
        while (at < text.length() && text.charAt(at) != '}') {
            matchers.add(one());
            blanks();
            if (!accept(',')) {
                break;
            }
            blanks();
        }
        if (braces && !accept('}')) {
            throw wrong("a closing brace");
        }
        blanks();
        if (at < text.length()) {
            throw wrong("the end");
        }
        if (matchers.isEmpty() && !braces) {
            throw wrong("a matcher, as in service=\"orders\"");
        }
        return matchers;
    }

    private Matcher one() {
        int start = at;
        while (at < text.length() && isName(text.charAt(at), at > start)) {
            at++;
        }
        if (at == start) {
            throw wrong("a label name");
        }
        String label = text.substring(start, at);
        blanks();
        MatchOperator operator = operator();
        blanks();
        boolean quoted = at < text.length() && text.charAt(at) == '"';
        return Matcher.of(label, operator, quoted ? quoted() : bare());
    }

    private MatchOperator operator() {
        for (MatchOperator operator :
                List.of(
                        MatchOperator.REGEX,
                        MatchOperator.NOT_EQUAL,
                        MatchOperator.NOT_REGEX,
                        MatchOperator.EQUAL)) {
            if (text.startsWith(operator.symbol(), at)) {
                at += operator.symbol().length();
                return operator;
            }
        }
        throw wrong("one of = != =~ !~");
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return value.toString();
            }
            if (c == '\\' && at + 1 < text.length()) {
                value.append(escaped(text.charAt(++at)));
            } else {
                value.append(c);
            }
        }
        throw wrong("a closing quote");
    }

    /** Others than the three escapes stand for themselves, backslash and all. */
    private static String escaped(char c) {
        switch (c) {
            case 'n':
                return "\n";
            case '"':
            case '\\':
                return String.valueOf(c);
            default:
                return "\\" + c;
        }
    }

    private String bare() {
        int start = at;
        while (at < text.length() && ",}\"".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '"') {
            throw wrong("no quote inside a value without quotes");
        }
        return text.substring(start, at).strip();
    }

    private static boolean isName(char c, boolean digits) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c == '_'
                || c == ':'
                || digits && c >= '0' && c <= '9';
    }

    private boolean accept(char c) {
        boolean there = at < text.length() && text.charAt(at) == c;
        if (there) {
            at++;
        }
        return there;
    }

    private void blanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private MatcherSyntaxException wrong(String expected) {
        return new MatcherSyntaxException(
                "'" + text + "', character " + (at + 1) + ": expected " + expected);
    }
}
