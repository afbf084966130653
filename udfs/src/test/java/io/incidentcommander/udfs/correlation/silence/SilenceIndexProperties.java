// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.silence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.incidentcommander.udfs.correlation.matching.LabelSet;
import io.incidentcommander.udfs.correlation.matching.MatcherSyntax;
import io.incidentcommander.udfs.correlation.matching.Matchers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class SilenceIndexProperties {
    private static final String[] CONDITIONS = {
        "a=1",
        "a=2",
        "a=~1|2|3",
        "a!=1",
        "a=~.+",
        "b=1",
        "b=~1|2",
        "b!~1",
        "b=\"\"",
        "c=3",
        "c=~[1-3]",
        "a=~1.+",
        "a=~1.*",
        "a=~12?",
        "a=~12.+|2.+",
        "b=~1(2|0)",
        "b=~\"(?i)1.+\"",
        "c=~.+2"
    };
    private static final String[] VALUES = {"", "0", "1", "2", "3", "10", "12", "122", "21"};

    /** The index finds what trying every silence finds, after any comings and goings. */
    @Property
    void findsWhatTryingAllFinds(
            @ForAll @Size(max = 40) List<Integer> choices, @ForAll @Size(3) int[] values) {
        SilenceIndex index = new SilenceIndex();
        List<SilencePeriod> all = new ArrayList<>();
        int number = 0;
        for (int choice : choices) {
            if (choice % 4 == 0 && !all.isEmpty()) {
                index.remove(all.remove(Math.floorMod(choice, all.size())));
            } else {
                SilencePeriod period = period(number++, choice);
                all.add(period);
                index.add(period);
            }
        }
        Map<String, String> labels =
                Map.of("a", value(values[0]), "b", value(values[1]), "c", value(values[2]));
        LabelSet set = name -> labels.getOrDefault(name, "");
        for (long time = 0; time < 100; time += 20) {
            Optional<Long> expected = Optional.empty();
            for (SilencePeriod period : all) {
                if (period.holdsAt(time) && period.silence().matchers().match(set)) {
                    expected =
                            Optional.of(
                                    Math.max(
                                            expected.orElse(Long.MIN_VALUE), period.untilMillis()));
                }
            }
            assertThat(index.find(set, time).map(SilencePeriod::untilMillis)).isEqualTo(expected);
        }
        assertThat(index.size()).isEqualTo(all.size());
    }

    private static String value(int choice) {
        return VALUES[Math.floorMod(choice, VALUES.length)];
    }

    private static SilencePeriod period(int number, int choice) {
        int bits = Math.floorMod(choice, 1 << 16);
        String first = CONDITIONS[bits % CONDITIONS.length];
        String second = CONDITIONS[bits / 16 % CONDITIONS.length];
        Matchers matchers = Matchers.of(MatcherSyntax.parse(first + "," + second + ",a!=9,d!~x"));
        if (matchers.matchEmpty()) {
            matchers = Matchers.of(MatcherSyntax.parse("a=1"));
        }
        long from = bits % 70;
        return SilencePeriod.of(
                new Silence("s" + number, matchers, from, from + 25, "ann", "test"), 0);
    }

    @Example
    void startIsInclusiveAndEndIsNot() {
        Silence silence = silence("a=1", 10, 20);
        assertThat(silence.isInForceAt(9)).isFalse();
        assertThat(silence.isInForceAt(10)).isTrue();
        assertThat(silence.isInForceAt(19)).isTrue();
        assertThat(silence.isInForceAt(20)).isFalse();
    }

    @Example
    void theOneThatLastsLongestIsNamed() {
        SilenceIndex index = new SilenceIndex();
        for (long end : new long[] {50, 90, 70}) {
            index.add(SilencePeriod.of(silence("a=1", 0, end), 0));
        }
        assertThat(index.find(name -> name.equals("a") ? "1" : "", 10))
                .map(SilencePeriod::words)
                .hasValue("silence s of ann until 1970-01-01T00:00:00Z: test");
        assertThat(index.find(name -> name.equals("a") ? "1" : "", 10).get().untilMillis())
                .isEqualTo(90);
    }

    @Example
    void aSilenceForEverythingIsRefused() {
        for (String matchers : List.of("{}", "a=\"\"", "a=~.*", "a!=x,b!~y")) {
            assertThatThrownBy(() -> silence(matchers, 0, 1))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("everything");
        }
        assertThatThrownBy(() -> silence("a=1", 5, 5)).hasMessageContaining("end after");
    }

    /** Whatever the number of silences, few are tried. */
    @Example
    void aHundredThousandSilencesAreFoundByWhatTheyDemand() {
        Tries tries = new Tries(Map.of("severity", "critical", "service", "db", "instance", "i77"));
        assertThat(idOfOneAmongMany("severity=critical,service=~web|db,instance=i%d", tries))
                .isEqualTo("s77");
        assertThat(tries.reads).as("labels read").isLessThan(50);
    }

    @Example
    void soAreThoseThatDemandNoMoreThanABeginning() {
        Tries tries = new Tries(Map.of("service", "db", "instance", "i-77-b"));
        assertThat(idOfOneAmongMany("service=db,instance=~\"i-%d-(a|b)\"", tries)).isEqualTo("s77");
        assertThat(tries.reads).as("labels read").isLessThan(50);
    }

    /** Of a hundred thousand silences. */
    private static String idOfOneAmongMany(String matchers, LabelSet labels) {
        SilenceIndex index = new SilenceIndex();
        for (int i = 0; i < 100_000; i++) {
            Matchers demands = Matchers.of(MatcherSyntax.parse(String.format(matchers, i)));
            index.add(SilencePeriod.of(new Silence("s" + i, demands, 0, 100, "ann", "test"), 0));
        }
        return index.find(labels, 5).orElseThrow().silence().id();
    }

    private static Silence silence(String matchers, long from, long until) {
        return new Silence(
                "s", Matchers.of(MatcherSyntax.parse(matchers)), from, until, "ann", "test");
    }

    private static final class Tries implements LabelSet {
        private final Map<String, String> labels;
        private int reads;

        Tries(Map<String, String> labels) {
            this.labels = labels;
        }

        @Override
        public String get(String name) {
            reads++;
            return labels.getOrDefault(name, "");
        }
    }
}
