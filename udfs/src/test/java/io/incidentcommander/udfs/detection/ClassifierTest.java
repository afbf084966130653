// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection;

import static io.incidentcommander.udfs.detection.DetectionAlerts.alert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.incidentcommander.model.correlation.ServiceCall;
import io.incidentcommander.model.correlation.Topology;
import io.incidentcommander.model.detection.IncidentProfile;
import io.incidentcommander.model.detection.PatternKind;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.IncidentType;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.udfs.detection.PartialData.ExpectedSource;
import io.incidentcommander.udfs.detection.PartialData.Vendor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassifierTest {
    private static final Topology SHOP =
            Topology.of(
                    List.of(
                            ServiceCall.of("web", "checkout"),
                            ServiceCall.of("checkout", "orders"),
                            ServiceCall.of("checkout", "payments"),
                            ServiceCall.of("orders", "ledger"),
                            ServiceCall.of("payments", "ledger")));
    private static final List<NotableAlert> CASCADE =
            List.of(
                    alert("ledger", "TooManyConnections", Severity.HIGH, 1_000),
                    alert("ledger", "SlowQueries", Severity.MEDIUM, 4_000),
                    alert("orders", "HighErrorRate", Severity.HIGH, 20_000),
                    alert("payments", "SlowResponses", Severity.HIGH, 22_000),
                    alert("checkout", "HighErrorRate", Severity.HIGH, 40_000),
                    alert("web", "SlowResponses", Severity.MEDIUM, 60_000));

    @Test
    void aDatabaseThatTakesItsCallersWithItIsFoundWithItsOrigin() {
        Classification found = classify(SHOP, CASCADE);
        assertThat(found.type()).isEqualTo(IncidentType.DATABASE_FAILURE);
        assertThat(found.severity()).isEqualTo(Severity.HIGH);
        assertThat(found.services())
                .containsExactly("ledger", "orders", "payments", "checkout", "web");
        assertThat(found.grounds().origins()).startsWith("ledger");
        assertThat(found.confidence())
                .isBetween(found.grounds().confidenceLow(), found.grounds().confidenceHigh())
                .isGreaterThan(0.7);
        assertThat(found.grounds().evidence())
                .anyMatch(line -> line.contains("TooManyConnections on ledger"))
                .anyMatch(line -> line.contains("4 of 4 other services depend on it"));
    }

    @Test
    void topologyFindsTheOriginWhereWordsAndOrderOfArrivalDoNot() {
        List<NotableAlert> wordless =
                List.of(
                        alert("checkout", "HighErrorRate", Severity.HIGH, 1_000),
                        alert("orders", "HighErrorRate", Severity.HIGH, 4_000),
                        alert("ledger", "SlowResponses", Severity.HIGH, 9_000),
                        alert("payments", "HighErrorRate", Severity.HIGH, 9_500),
                        alert("web", "SlowResponses", Severity.HIGH, 9_900));
        Classification found = classify(SHOP, wordless);
        assertThat(found.grounds().origins().get(0)).isEqualTo("ledger");
        assertThat(found.type()).isEqualTo(IncidentType.UNKNOWN);
        assertThat(found.confidence()).isLessThanOrEqualTo(1);
        assertThat(classify(Topology.empty(), wordless).grounds().origins().get(0))
                .isEqualTo("checkout");
    }

    @ParameterizedTest
    @CsvSource({
        "KubePodOOMKilled, MEMORY_LEAK",
        "jvm_heap_used_high, MEMORY_LEAK",
        "RDS-DatabaseConnections-High, DATABASE_FAILURE",
        "pg_deadlocks, DATABASE_FAILURE",
        "Possible SYN flood, DDOS",
        "AWS WAF: blocked requests, DDOS",
        "5 minute 429 rate, API_OVERLOAD",
        "Lambda throttles, API_OVERLOAD",
        "EBS volume stalled I/O, STORAGE_FAILURE",
        "NodeFilesystemReadOnly, STORAGE_FAILURE",
        "NodeFileDescriptorLimit, RESOURCE_EXHAUSTION",
        "High CPU, RESOURCE_EXHAUSTION",
        "canary rollout failing, DEPLOYMENT_REGRESSION",
        "payment provider unreachable, DEPENDENCY_FAILURE",
        "HighErrorRate, UNKNOWN",
        "TargetResponseTime, UNKNOWN"
    })
    void wordsThatCloudsAndRuleCollectionsUseAreUnderstood(String name, IncidentType type) {
        assertThat(Vocabulary.of(alert("checkout", name, Severity.HIGH, 1).alert()).type())
                .isEqualTo(type);
    }

    @Test
    void whatAServiceIsCalledSaysNothing() {
        assertThat(Vocabulary.of(alert("orders-db", "orders-db-errors", Severity.LOW, 1).alert()))
                .extracting(Vocabulary.Meaning::type)
                .isEqualTo(IncidentType.UNKNOWN);
        assertThat(
                        Vocabulary.of(
                                        alert(
                                                        "a",
                                                        "Errors",
                                                        "It fails. Compare with the last"
                                                                + " deployment.",
                                                        Severity.LOW,
                                                        1)
                                                .alert())
                                .type())
                .isEqualTo(IncidentType.UNKNOWN);
    }

    @Property(tries = 200)
    void theOrderInWhichAlertsAreTakenInDoesNotMatter(@ForAll long seed) {
        List<NotableAlert> shuffled = new ArrayList<>(CASCADE);
        Collections.shuffle(shuffled, new Random(seed));
        Classification found = classify(SHOP, shuffled);
        Classification usual = classify(SHOP, CASCADE);
        assertThat(found.type()).isEqualTo(usual.type());
        assertThat(found.confidence()).isEqualTo(usual.confidence());
        assertThat(found.grounds()).isEqualTo(usual.grounds());
    }

    @Property(tries = 200)
    void missingDataNeverMakesSurerAndTheFloorHolds(@ForAll @IntRange(max = 5) int alerts) {
        IncidentSigns signs = signs(CASCADE.subList(0, alerts + 1));
        Classification whole = new Classifier(SHOP).classify(signs, PartialData.complete());
        PartialData blind =
                PartialData.of(
                        List.of(
                                ExpectedSource.missed(Vendor.CLOUDWATCH),
                                ExpectedSource.missed(Vendor.DATADOG),
                                ExpectedSource.heard(Vendor.OTHER)));
        Classification less = new Classifier(SHOP).classify(signs, blind);
        assertThat(less.type()).isEqualTo(whole.type());
        assertThat(less.confidence()).isEqualTo(PartialData.FLOOR);
        assertThat(less.grounds().confidenceHigh())
                .isLessThanOrEqualTo(whole.grounds().confidenceHigh());
        assertThat(less.grounds().evidence()).anyMatch(line -> line.contains("CloudWatch"));
    }

    @Test
    void penaltiesAreThoseOfTheTableAndOnlyForWhatIsExpected() {
        assertThat(penalty(ExpectedSource.missed(Vendor.CLOUDWATCH), heard(), heard()))
                .isEqualTo(0.3);
        assertThat(penalty(ExpectedSource.missed(Vendor.DATADOG), heard(), heard())).isEqualTo(0.2);
        assertThat(penalty(ExpectedSource.missed(Vendor.OTHER), heard())).isEqualTo(0.4);
        assertThat(penalty(ExpectedSource.missed(Vendor.OTHER), heard(), heard())).isZero();
        assertThat(penalty(heard())).isZero();
        assertThat(penalty()).isZero();
    }

    @Test
    void aLeakSeenInASeriesSpeaksForAMemoryLeak() {
        IncidentSigns signs =
                signs(List.of(alert("orders", "SlowResponses", Severity.MEDIUM, 5_000)));
        assertThat(new Classifier(SHOP).classify(signs, PartialData.complete()).type())
                .isEqualTo(IncidentType.UNKNOWN);
        signs.add(
                new PatternMatch(
                        PatternKind.SLOW_LEAK,
                        "slow-leak",
                        1,
                        "acme",
                        "heap_used_percent host-1",
                        List.of("orders"),
                        0,
                        5_000,
                        List.of(),
                        "rose from 40 to 90"));
        Classification found = new Classifier(SHOP).classify(signs, PartialData.complete());
        assertThat(found.type()).isEqualTo(IncidentType.MEMORY_LEAK);
        assertThat(found.grounds().evidence()).contains("pattern slow-leak v1: rose from 40 to 90");
    }

    @Test
    void oneLoudRuleIsNoEmergencyButTheOriginsWordWeighs() {
        List<NotableAlert> quiet = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            quiet.add(alert("s" + i, "rule" + i, Severity.LOW, 1_000 + i));
        }
        quiet.add(alert("s6", "loud", Severity.CRITICAL, 9_000));
        IncidentSigns signs = signs(quiet);
        assertThat(Classifier.severity(signs.signs(), "s0")).isEqualTo(Severity.LOW);
        assertThat(Classifier.severity(signs.signs(), "s6")).isEqualTo(Severity.HIGH);
    }

    @Test
    void signsAreBoundedSurviveTheirCodecAndMerge() throws IOException {
        IncidentSigns signs = IncidentSigns.none();
        for (int i = 0; i < IncidentSigns.MOST_SIGNS; i++) {
            assertThat(signs.add(alert("s" + i, "rule", Severity.LOW, i)))
                    .isEqualTo(IncidentSigns.Change.NEW_SIGN);
        }
        assertThat(signs.add(alert("more", "rule", Severity.LOW, 1)))
                .isEqualTo(IncidentSigns.Change.FULL);
        assertThat(signs.add(alert("s0", "rule", Severity.LOW, 1)))
                .isEqualTo(IncidentSigns.Change.REPEAT);
        assertThat(signs.add(alert("s0", "rule", Severity.HIGH, 1)))
                .isEqualTo(IncidentSigns.Change.SEVERER);
        DataOutputSerializer out = new DataOutputSerializer(64);
        new IncidentProfile.IncidentProfileCodec().write(signs.profile(), out);
        IncidentProfile read =
                new IncidentProfile.IncidentProfileCodec()
                        .read(new DataInputDeserializer(out.getCopyOfBuffer()));
        assertThat(read).isEqualTo(signs.profile());
        assertThat(IncidentSigns.of(read).profile()).isEqualTo(signs.profile());

        IncidentSigns whole = signs(CASCADE.subList(0, 2));
        whole.addAll(signs(CASCADE.subList(2, 6)));
        assertThat(whole.profile()).isEqualTo(signs(CASCADE).profile());
    }

    @Test
    void nothingCannotBeClassified() {
        assertThatThrownBy(
                        () ->
                                new Classifier(SHOP)
                                        .classify(IncidentSigns.none(), PartialData.complete()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Classification classify(Topology topology, List<NotableAlert> alerts) {
        return new Classifier(topology).classify(signs(alerts), PartialData.complete());
    }

    private static IncidentSigns signs(List<NotableAlert> alerts) {
        IncidentSigns signs = IncidentSigns.none();
        alerts.forEach(signs::add);
        return signs;
    }

    private static ExpectedSource heard() {
        return ExpectedSource.heard(Vendor.OTHER);
    }

    private static double penalty(ExpectedSource... sources) {
        return PartialData.of(List.of(sources)).penalty();
    }
}
