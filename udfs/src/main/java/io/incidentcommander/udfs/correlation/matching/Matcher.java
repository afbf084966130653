// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.matching;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Objects;

/**
 * One condition on one label, by the semantics of Prometheus Alertmanager: a regular expression
 * matches the whole value, a missing label is an empty one. Expressions are RE2's, as
 * Alertmanager's are: the time is linear in the value's length whatever the expression. Immutable.
 */
public final class Matcher {
    private static final Pattern WORDS = Pattern.compile("^[\\w-]+(\\|[\\w-]+)*$");
    private static final int MOST_LITERALS = 100;

    private final String label;
    private final MatchOperator operator;
    private final String value;
    private final Pattern pattern; // null for = and !=

    private Matcher(String label, MatchOperator operator, String value) {
        this.label = Objects.requireNonNull(label, "label");
        this.operator = Objects.requireNonNull(operator, "operator");
        this.value = Objects.requireNonNull(value, "value");
        this.pattern = operator.isRegex() ? compile(value) : null;
    }

    /**
     * @throws MatcherSyntaxException if the value is no regular expression but should be
     */
    public static Matcher of(String label, MatchOperator operator, String value) {
        return new Matcher(label, operator, value);
    }

    public static Matcher equal(String label, String value) {
        return new Matcher(label, MatchOperator.EQUAL, value);
    }

    public String label() {
        return label;
    }

    public MatchOperator operator() {
        return operator;
    }

    public String value() {
        return value;
    }

    public boolean matches(LabelSet labels) {
        return matchesValue(labels.get(label));
    }

    /** Whether an alert without this label would match. */
    public boolean matchesEmpty() {
        return matchesValue("");
    }

    /**
     * The values that match, where they can be counted off: that of an equality, or the words of an
     * expression like {@code a|b|c}. Empty if there are others, or the empty value is among them.
     */
    public List<String> literals() {
        if (operator == MatchOperator.EQUAL && !value.isEmpty()) {
            return List.of(value);
        }
        if (operator != MatchOperator.REGEX || !WORDS.matcher(value).find()) {
            return List.of();
        }
        List<String> words = List.of(value.split("\\|"));
        return words.size() <= MOST_LITERALS ? words : List.of();
    }

    /**
     * What every value that matches begins with, one or the other: of an expression like {@code
     * host-7-.+}. Empty if nothing is known of some value, or the empty value may match.
     */
    public List<String> beginnings() {
        if (operator != MatchOperator.REGEX) {
            return List.of();
        }
        List<String> beginnings = Beginnings.of(value);
        return beginnings.size() <= MOST_LITERALS ? beginnings : List.of();
    }

    private boolean matchesValue(String actual) {
        boolean same = pattern == null ? value.equals(actual) : pattern.matcher(actual).find();
        return same != operator.isNegative();
    }

    private static Pattern compile(String value) {
        try {
            return Pattern.compile("^(?:" + value + ")$");
        } catch (PatternSyntaxException e) {
            throw new MatcherSyntaxException(
                    "'" + value + "' is no regular expression: " + e.getDescription(), e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Matcher
                && ((Matcher) other).label.equals(label)
                && ((Matcher) other).operator == operator
                && ((Matcher) other).value.equals(value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(label, operator, value);
    }

    /** As it is written. */
    @Override
    public String toString() {
        return label
                + operator.symbol()
                + '"'
                + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")
                + '"';
    }
}
