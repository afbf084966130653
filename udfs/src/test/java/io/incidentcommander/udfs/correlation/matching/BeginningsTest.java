// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class BeginningsTest {
    private static final List<String> PIECES =
            List.of(
                    "a",
                    "b",
                    "x",
                    "A",
                    "\uD83D\uDE00",
                    ".",
                    "*",
                    "+",
                    "?",
                    "{2}",
                    "{0,1}",
                    "|",
                    "(",
                    ")",
                    "(?:",
                    "(?i)",
                    "(?i:",
                    "[ab]",
                    "[^a]",
                    "[(]",
                    "[|]",
                    "^",
                    "$",
                    "\\.",
                    "\\|",
                    "\\(",
                    "\\)",
                    "\\d",
                    "\\b",
                    "\\Q",
                    "\\E",
                    "\\x61");

    /** Or a silence would not be found. */
    @Property(tries = 20_000)
    void whatMatchesBeginsWithOneOfThem(
            @ForAll("expressions") String expression, @ForAll("values") List<String> values) {
        Matcher matcher = compiled(expression);
        List<String> beginnings = matcher.beginnings();
        for (String value : values) {
            if (!beginnings.isEmpty() && matcher.matches(name -> value)) {
                assertThat(beginnings)
                        .as(expression + " matches " + value)
                        .anyMatch(value::startsWith);
            }
        }
    }

    @Example
    void literalTextBeforeWhatMayBeAnythingIsOne() {
        assertThat(beginnings("host-7-.+")).containsExactly("host-7-");
        assertThat(beginnings("^10\\.0\\.3\\..*$")).containsExactly("10.0.3.");
        assertThat(beginnings("node[0-9]+")).containsExactly("node");
        assertThat(beginnings("web-(a|b).*")).containsExactly("web-");
        assertThat(beginnings("web-.+|db-.+")).containsExactly("web-", "db-");
    }

    @Example
    void aRepeatedCharacterMayNotBeThere() {
        assertThat(beginnings("hosts?")).containsExactly("host");
        assertThat(beginnings("a*b")).isEmpty();
        assertThat(beginnings("ho\uD83D\uDE00*")).containsExactly("ho");
    }

    @Example
    void whatMayBeginWithAnythingHasNone() {
        for (String expression : List.of(".+-eu", "(?i)web.+", "web-.+|.*", "a\\d|b", "", "a|")) {
            assertThat(beginnings(expression)).as(expression).isEmpty();
        }
        assertThat(Matcher.of("a", MatchOperator.NOT_REGEX, "web-.+").beginnings()).isEmpty();
    }

    private static List<String> beginnings(String expression) {
        return Matcher.of("a", MatchOperator.REGEX, expression).beginnings();
    }

    private static Matcher compiled(String expression) {
        try {
            return Matcher.of("a", MatchOperator.REGEX, expression);
        } catch (MatcherSyntaxException e) {
            Assume.that(false);
            throw e;
        }
    }

    @Provide
    Arbitrary<String> expressions() {
        return Arbitraries.of(PIECES).list().ofMaxSize(7).map(pieces -> String.join("", pieces));
    }

    @Provide
    Arbitrary<List<String>> values() {
        return Arbitraries.strings()
                .withChars("abxA.|()\uD83D\uDE00")
                .ofMaxLength(4)
                .list()
                .ofSize(30);
    }
}
