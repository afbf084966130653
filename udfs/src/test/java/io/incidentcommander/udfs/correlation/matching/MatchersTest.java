// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.udfs.correlation.ControlAlerts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Case by case what Alertmanager's documentation says of matchers. */
class MatchersTest {
    private static boolean match(String matchers, String... labels) {
        Map<String, String> map = new java.util.HashMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            map.put(labels[i], labels[i + 1]);
        }
        return Matchers.of(MatcherSyntax.parse(matchers)).match(name -> map.getOrDefault(name, ""));
    }

    @ParameterizedTest(name = "{0} on {1} is {2}")
    @CsvSource({
        "foo=bar, bar, true",
        "foo=bar, barn, false",
        "foo!=bar, bar, false",
        "foo!=bar, baz, true",
        "foo=~bar, bar, true",
        "foo=~bar, barn, false",
        "foo=~bar, abar, false",
        "foo=~bar.*, barn, true",
        "foo=~a|b, b, true",
        "foo=~a|b, ab, false",
        "foo!~a|b, b, false",
        "foo!~a|b, ab, true",
        "foo=~(?i)BAR, bar, true",
        "foo=~.+, '', false",
        "foo=~.*, '', true",
        "foo!~.+, '', true",
        "foo=~^bar$, bar, true",
    })
    void aMatcherComparesTheWholeValue(String matcher, String value, boolean matches) {
        assertThat(match(matcher, "foo", value)).isEqualTo(matches);
    }

    @Test
    void aMissingLabelIsAnEmptyOne() {
        assertThat(match("foo=\"\"")).isTrue();
        assertThat(match("foo!=\"\"")).isFalse();
        assertThat(match("foo!=bar")).isTrue();
        assertThat(match("foo=~\"\"")).isTrue();
        assertThat(match("foo=bar")).isFalse();
    }

    @Test
    void allMatchersMustHold() {
        assertThat(match("{a=\"1\",b=~\"2|3\"}", "a", "1", "b", "3")).isTrue();
        assertThat(match("{a=\"1\",b=~\"2|3\"}", "a", "1", "b", "4")).isFalse();
        assertThat(match("{}", "a", "1")).isTrue();
    }

    @Test
    void aLineEndIsNotAnyCharacter() {
        assertThat(match("foo=~\"a.b\"", "foo", "a\nb")).isFalse();
        assertThat(match("foo=~\"(?s)a.b\"", "foo", "a\nb")).isTrue();
    }

    @Test
    void quotesAndEscapesAreReadAsWritten() {
        assertThat(MatcherSyntax.parse("a=\"x,}y\", b != \"q\\\"\\\\\\n\\d\" ,"))
                .containsExactly(
                        Matcher.equal("a", "x,}y"),
                        Matcher.of("b", MatchOperator.NOT_EQUAL, "q\"\\\n\\d"));
        assertThat(MatcherSyntax.parse(" foo = bar baz "))
                .containsExactly(Matcher.equal("foo", "bar baz"));
        assertThat(MatcherSyntax.parse("foo=")).containsExactly(Matcher.equal("foo", ""));
        List<Matcher> written = MatcherSyntax.parse("a=~\"\\\\d+\\\"\"");
        assertThat(MatcherSyntax.parse(Matchers.of(written).toString())).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "foo", "=bar", "1a=b", "foo~bar", "{a=b", "a=\"b", "a=b}", "a=b c\"", "a=~("
            })
    void whatIsNoMatcherIsRefused(String text) {
        assertThatThrownBy(() -> MatcherSyntax.parse(text))
                .isInstanceOf(MatcherSyntaxException.class)
                .hasMessageContaining("'");
    }

    /** A backtracking engine takes 2^40 steps for this; RE2 some thousand. */
    @Test
    void aHostileExpressionTakesLinearTime() {
        String hostile = "a".repeat(50_000) + "!";
        assertThat(match("foo=~\"(a+)+\"", "foo", hostile)).isFalse();
        assertThat(match("foo=~\"(a|a)*b\"", "foo", hostile)).isFalse();
    }

    @Test
    void fieldsOfTheAlertStandInForLabelsItCameWithout() {
        LabelSet labels =
                AlertLabels.of(
                        ControlAlerts.alert(AlertStatus.FIRING, 1, "service", "a", "x", "y"));
        assertThat(labels.get("alertname")).isEqualTo("unnamed");
        assertThat(labels.get("severity")).isEqualTo("high");
        assertThat(labels.get("source")).isEqualTo("prom");
        assertThat(labels.get("x")).isEqualTo("y");
        assertThat(labels.get("nothing")).isEmpty();
    }
}
