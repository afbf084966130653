// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.matching;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;

/**
 * What all values that an expression matches begin with: {@code host-7-} of {@code host-7-.+}, and
 * {@code web-} and {@code db-} of {@code web-.+|db-.+}. Reads no more of an expression than it
 * understands: what it gives is right, but may be less than could be known.
 */
final class Beginnings {
    private static final String SPECIAL = ".[](){}*+?|^$\\";
    private static final String REPEATS = "*+?{";

    /** Quotations, and flags, which a repetition may pass over: {@code a(?i)*} is {@code a*}. */
    private static final Pattern CHANGES_MEANING = Pattern.compile("\\\\[QE]|\\(\\?[^:]");

    private static final List<String> UNKNOWN = List.of("");

    private Beginnings() {}

    /** Every value begins with one of these, none is empty; without any, nothing is known. */
    static List<String> of(String expression) {
        List<String> beginnings = new ArrayList<>();
        for (String alternative : alternatives(expression)) {
            String beginning = literal(alternative);
            if (beginning.isEmpty()) {
                return List.of();
            }
            beginnings.add(beginning);
        }
        return beginnings;
    }

    /** A bar within a group separates nothing here; what else may hold one is not understood. */
    private static List<String> alternatives(String expression) {
        if (CHANGES_MEANING.matcher(expression).find()) {
            return UNKNOWN;
        }
        boolean hasBar = expression.indexOf('|') >= 0;
        boolean hasGroup = expression.indexOf('(') >= 0 || expression.indexOf(')') >= 0;
        if (!hasBar && !hasGroup) {
            return List.of(expression);
        }
        if (expression.indexOf('[') >= 0) {
            return UNKNOWN;
        }
        if (!hasGroup && expression.indexOf('\\') < 0) {
            return List.of(expression.split("\\|", -1));
        }
        return isBarInGroups(expression) ? List.of(expression) : UNKNOWN;
    }

    /** Not so if a group ends that never began: it would be the one that matchers put around. */
    private static boolean isBarInGroups(String expression) {
        int depth = 0;
        for (int at = 0; at < expression.length(); at++) {
            char c = expression.charAt(at);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth < 0 || depth == 0 && c == '|') {
                return false;
            }
            at += c == '\\' ? 1 : 0;
        }
        return true;
    }

    /**
     * The characters before the first that means something else; one that is repeated may be none.
     */
    private static String literal(String alternative) {
        StringBuilder literal = new StringBuilder();
        int at = alternative.startsWith("^") ? 1 : 0;
        int last = 0;
        while (at < alternative.length()) {
            boolean isEscape = alternative.charAt(at) == '\\' && at + 1 < alternative.length();
            char taken = alternative.charAt(isEscape ? at + 1 : at);
            boolean isSpecial = SPECIAL.indexOf(taken) >= 0;
            if (isEscape != isSpecial) {
                break;
            }
            last = Character.isLowSurrogate(taken) ? last : literal.length();
            literal.append(taken);
            at += isEscape ? 2 : 1;
        }
        if (at < alternative.length() && REPEATS.indexOf(alternative.charAt(at)) >= 0) {
            literal.setLength(last);
        }
        return literal.toString();
    }
}
