// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.diagnosis.LogFinding;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.udfs.diagnosis.redaction.Redaction;
import io.incidentcommander.udfs.diagnosis.redaction.Redaction.Addresses;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogFindingsTest {
    private static final long SPLIT = LogLines.T0;
    private static final long FROM = SPLIT - 55 * 60_000;
    private static final long TO = SPLIT + 5 * 60_000;

    private LogAnalysis analysis;

    @BeforeEach
    void begin() {
        analysis = analysis();
    }

    @Test
    void whatIsNewAndFrequentIsFoundAndWhatGoesOnAsBeforeIsNot() {
        every(1_000, FROM, TO, "orders", "info", "served order 17 in 5 ms");
        every(60_000, FROM, TO, "orders", "error", "card declined for order 17");
        every(5_000, SPLIT + 30_000, TO, "orders", "error", "pool of 10 connections exhausted");

        List<LogFinding> findings = findings();

        assertThat(findings).hasSize(1);
        LogFinding found = findings.get(0);
        assertThat(found.template()).isEqualTo("pool of <*> connections exhausted");
        assertThat(found.example()).isEqualTo("pool of 10 connections exhausted");
        assertThat(found.severity()).isEqualTo(Severity.HIGH);
        assertThat(found.count()).isEqualTo(54);
        assertThat(found.usual()).isZero();
        assertThat(found.chance()).isLessThan(1e-12);
        assertThat(found.firstMillis()).isBetween(SPLIT + 20_000, SPLIT + 30_000);
    }

    @Test
    void whatComesMoreOftenIsFoundWithHowOftenItUsuallyDoes() {
        every(1_000, FROM, TO, "orders", "info", "served order 17");
        every(30_000, FROM, SPLIT, "orders", "warn", "slow query");
        every(3_000, SPLIT, TO, "orders", "warn", "slow query");

        List<LogFinding> findings = findings();

        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).count()).isEqualTo(100);
        assertThat(findings.get(0).usual()).isBetween(9.0, 11.0);
    }

    @Test
    void moreTrafficWithMoreErrorsIsNoHigherErrorRate() {
        every(1_000, FROM, SPLIT, "orders", "info", "served order 17");
        every(30_000, FROM, SPLIT, "orders", "error", "card declined");
        every(100, SPLIT, TO, "orders", "info", "served order 17");
        every(3_000, SPLIT, TO, "orders", "error", "card declined");

        assertThat(findings()) // The traffic itself is news.
                .extracting(LogFinding::template)
                .containsExactly("served order <*>");
    }

    @Test
    void theSilenceOfAllElseIsNoFindingAgainstWhatGoesOn() {
        every(1_000, FROM, SPLIT, "orders", "info", "served order 17");
        every(10_000, FROM, TO, "orders", "error", "card declined");

        assertThat(findings()).isEmpty();
    }

    @Test
    void aServiceHeardForTheFirstTimeHasNothingToBeComparedWith() {
        every(1_000, SPLIT, TO, "orders", "error", "all is new");

        assertThat(findings()).isEmpty();
    }

    @Test
    void aBurstLikeTheBurstsBeforeIsNoFinding() {
        every(1_000, FROM, TO, "orders", "info", "served order 17");
        for (long burst = FROM + 60_000; burst < SPLIT; burst += 11 * 60_000) {
            every(100, burst, burst + 4_000, "orders", "error", "retry storm");
        }
        every(100, SPLIT + 60_000, SPLIT + 64_000, "orders", "error", "retry storm");

        assertThat(findings()).isEmpty();
    }

    @Test
    void secretsAndPeopleDoNotLeave() {
        every(1_000, FROM, TO, "orders", "info", "served");
        every(
                1_000,
                SPLIT,
                TO,
                "orders",
                "error",
                "login of jo.doe@example.com password=hunter2 from 10.1.2.3 failed");

        LogFinding found = findings().get(0);
        assertThat(found.template() + found.example())
                .doesNotContain("jo.doe", "hunter2", "10.1.2.3")
                .contains("login of", "failed");
    }

    @Test
    void theSameTemplateHasTheSameIdWhateverElseIsThere() {
        every(1_000, FROM, TO, "orders", "info", "served");
        every(1_000, SPLIT, TO, "orders", "error", "pool exhausted");
        String id = findings().get(0).id();

        begin();
        every(1_000, FROM, TO, "orders", "info", "hello there");
        every(500, SPLIT, TO, "orders", "error", "pool exhausted");
        every(1_000, SPLIT, TO, "carts", "error", "pool exhausted");
        every(1_000, FROM, SPLIT, "carts", "info", "served");
        List<LogFinding> both = findings();
        assertThat(both).hasSize(2);
        assertThat(both.get(0).id()).isEqualTo(id);
        assertThat(both.get(1).id()).isNotEqualTo(id);
    }

    /**
     * Of 300 services of 20 templates each at steady rates, at most one in a hundred has a false
     * finding, plus three standard errors. Rates, not counts, are the same: arrivals are random.
     */
    @Test
    void steadyRatesGiveFewFalseFindings() {
        int services = 300;
        int falseServices = 0;
        for (int service = 0; service < services; service++) {
            begin();
            Random random = new Random(service);
            for (int template = 0; template < 20; template++) {
                double mean = Math.exp(random.nextDouble() * 5); // 1 to 148 an hour.
                String text = "event " + (char) ('a' + template) + "xyz occurred";
                String level = template % 2 == 0 ? "error" : "info";
                double at = FROM;
                while (true) {
                    at += -Math.log(1 - random.nextDouble()) * 3_600_000 / mean;
                    if (at >= TO) {
                        break;
                    }
                    analysis.add(LogLines.line("orders", level, (long) at, text));
                }
            }
            falseServices += findings().isEmpty() ? 0 : 1;
        }
        double bound = 0.01 * services + 3 * Math.sqrt(0.01 * 0.99 * services);
        assertThat((double) falseServices).isLessThanOrEqualTo(bound);
    }

    @Property(tries = 200)
    void aSampleKeepsToItsBudgetAndTheOrderItIsGivenPlaysNoPart(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 20) int most,
            @ForAll @IntRange(min = 1, max = 600) int chars) {
        Random random = new Random(seed);
        List<LogFinding> findings = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            findings.add(
                    new LogFinding(
                            "id" + i,
                            "service" + random.nextInt(4),
                            Severity.values()[random.nextInt(5)],
                            "t".repeat(random.nextInt(40)),
                            "e".repeat(random.nextInt(40)),
                            random.nextInt(50),
                            0,
                            random.nextInt(10) / 1000.0,
                            0,
                            0));
        }
        RelevanceSample sample = new RelevanceSample(most, chars);
        List<LogFinding> kept = sample.of(findings);
        assertThat(kept).hasSizeLessThanOrEqualTo(most).doesNotHaveDuplicates();
        assertThat(kept.stream().mapToInt(f -> f.template().length() + f.example().length()).sum())
                .isLessThanOrEqualTo(chars);
        Collections.shuffle(findings, random);
        assertThat(sample.of(findings)).isEqualTo(kept);
    }

    @Test
    void aLoudServiceLeavesRoomForAQuietOne() {
        List<LogFinding> findings = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            findings.add(finding("loud" + i, "loud", Severity.CRITICAL));
        }
        findings.add(finding("quiet", "quiet", Severity.MEDIUM));

        assertThat(new RelevanceSample(5, 10_000).of(findings))
                .extracting(LogFinding::service)
                .containsExactly("loud", "quiet", "loud", "loud", "loud");
    }

    private static LogFinding finding(String id, String service, Severity severity) {
        return new LogFinding(id, service, severity, "a template", "an example", 9, 1, 0.001, 0, 0);
    }

    private static LogAnalysis analysis() {
        return new LogAnalysis(LogPolicy.defaults(), LogLines.SOURCE, FROM, SPLIT, TO);
    }

    private void every(
            long millis, long from, long to, String service, String level, String message) {
        for (long at = from; at < to; at += millis) {
            analysis.add(LogLines.line(service, level, at, message));
        }
    }

    private List<LogFinding> findings() {
        return analysis.findings(new Redaction(Addresses.TAKEN_OUT));
    }
}
