// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.udfs.ingest.DecodeOutcome;
import io.incidentcommander.udfs.ingest.RecordDecoder;
import io.incidentcommander.udfs.ingest.SourceProfile;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StormScriptTest {
    private static final long START = 1_767_225_600_000L;
    private static final RecordDecoder DECODER = new RecordDecoder();

    @Test
    void theSameSeedTellsTheSameStory() {
        RecordStream one = script(FaultScenario.DDOS).open(0, 1);
        RecordStream other = script(FaultScenario.DDOS).open(0, 1);
        for (long n = 0; n < 5_000; n++) {
            assertThat(one.render(n, START + n)).isEqualTo(other.render(n, START + n));
        }
    }

    @Test
    void theFullStormReachesItsPeakBetweenCalm() {
        StormScript script = StormScript.of(1, FaultScenario.DATABASE_CASCADE);
        long before = script.schedule().recordsWithin(Duration.ofSeconds(10));
        long peak =
                script.schedule().recordsWithin(Duration.ofSeconds(31))
                        - script.schedule().recordsWithin(Duration.ofSeconds(30));
        assertThat(before).isEqualTo(10 * StormScript.CALM_RATE);
        assertThat(peak).isEqualTo(StormScript.PEAK_RATE + StormScript.CALM_RATE);
        assertThat(script.truths(START))
                .singleElement()
                .satisfies(truth -> assertThat(truth.faultMillis()).isEqualTo(START + 10_000));
    }

    @ParameterizedTest
    @EnumSource(FaultScenario.class)
    void aFaultBeginsAtItsOriginReachesAllAndResolvesEverything(FaultScenario scenario) {
        StormScript script = script(scenario);
        FaultTruth truth = script.truths(START).get(0);
        Map<String, Long> firstSeen = new HashMap<>();
        Map<String, AlertStatus> last = new HashMap<>();
        RecordStream stream = script.open(0, 1);
        for (long n = 0; n < script.records(); n++) {
            long time = START + script.schedule().offsetNanos(n) / 1_000_000;
            for (Alert alert : decode(n, time, stream.render(n, time)).alerts()) {
                if (truth.affectedServices().contains(alert.service()) && isOfFault(script, n)) {
                    firstSeen.putIfAbsent(alert.service(), time);
                    last.put(alert.fingerprint().toString(), alert.status());
                }
            }
        }
        assertThat(firstSeen.keySet())
                .containsExactlyInAnyOrderElementsOf(truth.affectedServices());
        assertThat(firstSeen.get(truth.origin()))
                .isEqualTo(truth.firstSymptomMillis())
                .isBetween(truth.faultMillis(), truth.faultMillis() + 2_000);
        assertThat(firstSeen.values()).allMatch(time -> time >= firstSeen.get(truth.origin()));
        assertThat(last.values()).containsOnly(AlertStatus.RESOLVED);
    }

    @Test
    void allFaultsComeOneAfterTheOther() {
        StormScript script = StormScript.all(1, 1_000, Duration.ofMinutes(5));
        List<FaultTruth> truths = script.truths(START);
        assertThat(truths).extracting(FaultTruth::scenario).containsExactly(FaultScenario.values());
        assertThat(truths).extracting(FaultTruth::faultMillis).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void anEvenScriptHasAsManyRecordsEverySecondAndTheSameFaults() {
        List<FaultScenario> faults = List.of(FaultScenario.DDOS, FaultScenario.MEMORY_LEAK);
        StormScript even = StormScript.even(1, faults, 700, Duration.ofMinutes(1));
        for (int second = 1; second <= 60; second++) {
            assertThat(even.schedule().recordsWithin(Duration.ofSeconds(second)))
                    .isEqualTo(700L * second);
        }
        List<FaultTruth> usual =
                StormScript.of(1, faults, 700, Duration.ofMinutes(1)).truths(START);
        assertThat(even.truths(START))
                .extracting(FaultTruth::faultMillis)
                .containsExactlyElementsOf(
                        usual.stream().map(FaultTruth::faultMillis).collect(Collectors.toList()));
        assertThat(
                        LongStream.range(0, even.records())
                                .filter(n -> even.faultOrdinal(n, even.secondOf(n)) >= 0)
                                .count())
                .isBetween(even.records() / 10, even.records() * 4 / 5);
    }

    @Test
    void variantsDifferInOriginAndReach() {
        Set<String> origins = new HashSet<>();
        Set<List<String>> reached = new HashSet<>();
        for (long seed = 0; seed < 40; seed++) {
            StormScript script =
                    StormScript.of(
                            seed,
                            List.of(FaultScenario.DATABASE_CASCADE),
                            600,
                            Duration.ofMinutes(1));
            FaultTruth truth = script.truths(START).get(0);
            origins.add(truth.origin());
            reached.add(truth.affectedServices());
            assertThat(truth.affectedServices()).hasSizeGreaterThan(2).doesNotHaveDuplicates();
            assertThat(script.landscape().role(truth.origin())).isEqualTo(Landscape.Role.DB);
        }
        assertThat(origins).hasSizeGreaterThan(10);
        assertThat(reached).hasSizeGreaterThan(30);
    }

    @Test
    void faultsOfOneStormKeepApart() {
        for (long seed = 0; seed < 20; seed++) {
            List<String> all =
                    StormScript.all(seed, 600, Duration.ofMinutes(5)).truths(START).stream()
                            .flatMap(truth -> truth.affectedServices().stream())
                            .collect(Collectors.toList());
            assertThat(all).doesNotHaveDuplicates();
        }
    }

    private static boolean isOfFault(StormScript script, long n) {
        return script.faultOrdinal(n, script.secondOf(n)) >= 0;
    }

    private static StormScript script(FaultScenario scenario) {
        return StormScript.of(1, List.of(scenario), 600, Duration.ofMinutes(1));
    }

    private static DecodeOutcome decode(long n, long time, byte[] bytes) {
        return DECODER.decode(
                RawRecord.of("generator", "generator-0", n, time, bytes),
                SourceProfile.detecting("generator"));
    }
}
