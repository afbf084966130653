// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import static io.incidentcommander.udfs.ingest.Records.PROFILE;
import static io.incidentcommander.udfs.ingest.Records.alert;
import static io.incidentcommander.udfs.ingest.Records.decode;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.RecordOutcome;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.LogRecord;
import io.incidentcommander.model.ingest.MetricPoint;
import io.incidentcommander.model.ingest.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each format's own semantics, beyond what the real deliveries happen to show. */
class FormatsTest {
    @Test
    void eachSampleIsRecognisedByItsDecoderAlone() throws Exception {
        Map<String, String> samples = new TreeMap<>(Samples.all());
        samples.putAll(Samples.untimed());
        for (String key : samples.keySet()) {
            var document = JsonReading.parse(samples.get(key));
            List<String> formats =
                    Records.DECODER.decoders().stream()
                            .filter(decoder -> decoder.recognises(document))
                            .map(decoder -> decoder.format().optionName())
                            .toList();
            assertThat(formats).as(key).containsExactly(key.split(" ")[0]);
        }
    }

    @Test
    void anAlarmHasOneFingerprintWhicheverWayItComes() {
        assertThat(
                        List.of(
                                        Samples.EVENT_BRIDGE,
                                        Samples.LAMBDA,
                                        Samples.SNS_INNER,
                                        Samples.sns(Samples.SNS_INNER),
                                        Samples.sns(Samples.EVENT_BRIDGE))
                                .stream()
                                .map(text -> alert(text).fingerprint())
                                .distinct())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"ALARM,FIRING", "OK,RESOLVED", "INSUFFICIENT_DATA,NO_DATA"})
    void insufficientDataIsNotOk(String state, AlertStatus expected) {
        String text =
                Samples.EVENT_BRIDGE.replace("\"value\":\"ALARM\"", "\"value\":\"" + state + "\"");
        assertThat(alert(text).status()).isEqualTo(expected);
        assertThat(alert(text).severity()).isEqualTo(Severity.MEDIUM);
        assertThat(alert(text).service()).isEqualTo("orders");
    }

    @ParameterizedTest
    @CsvSource({
        "cpu-high, '', HIGH", "disk-space-low, '', HIGH", "db-critical, '', CRITICAL",
        "[P1] db, '', CRITICAL", "sev3_disk, '', MEDIUM", "x, 'severity: low', LOW",
        "x, 'Severity=critical. y', CRITICAL", "x, 'severity unclear', HIGH"
    })
    void severityOfAnAlarmIsStatedOrHigh(String name, String description, Severity expected) {
        assertThat(CloudWatchAlarms.severity(name, description)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "Triggered,FIRING",
        "Re-Triggered,FIRING",
        "Warn,FIRING",
        "Renotify,FIRING",
        "Recovered,RESOLVED",
        "Warn Recovered,RESOLVED",
        "No Data Recovered,RESOLVED",
        "No Data,NO_DATA",
        "Re-No Data,NO_DATA"
    })
    void datadogTransitions(String transition, AlertStatus expected) {
        assertThat(
                        alert(Samples.DATADOG.replace("\"Triggered\"", "\"" + transition + "\""))
                                .status())
                .isEqualTo(expected);
    }

    @Test
    void datadogVariablesLeftUnexpandedAreAsGoodAsMissing() {
        Alert alert =
                alert(
                        """
                        {"title":"Queue","alert_type":"$ALERT_TYPE","date":"$DATE",
                         "last_updated":1714557600,"scopes":"$ALERT_SCOPE","monitor_id":"7",
                         "tags":["service:a","service:b","x"],"hostname":"$HOSTNAME"}\
                        """);
        assertThat(alert.host()).isEmpty();
        assertThat(alert.severity()).isEqualTo(Severity.HIGH);
        assertThat(alert.labels()).containsEntry("service", "a,b").doesNotContainKey("x");
        assertThat(alert.eventTimeMillis()).isEqualTo(1714557600000L);
    }

    @Test
    void alertmanagerTimesAndBadNeighbours() {
        DecodeOutcome outcome = decode(Samples.ALERTMANAGER);
        assertThat(outcome.alerts())
                .extracting(a -> Instant.ofEpochMilli(a.eventTimeMillis()).toString())
                .containsExactly("2024-05-01T08:00:00.500Z", "2024-05-01T09:00:00Z");
        assertThat(outcome.alerts())
                .extracting(Alert::severity)
                .containsExactly(Severity.CRITICAL, Severity.MEDIUM);
        DecodeOutcome half =
                decode(Samples.ALERTMANAGER.replace("\"resolved\",\"labels\"", "\"?\",\"labels\""));
        assertThat(half.alerts()).hasSize(1);
        assertThat(half.rejectedParts())
                .containsExactly("Part 1: Field status is not firing or resolved");
    }

    @Test
    void severityIsNotIdentity() {
        Alert warning = alert("{\"receiver\":\"r\",\"alerts\":[" + prometheus("warning") + "]}");
        Alert critical = alert("{\"receiver\":\"r\",\"alerts\":[" + prometheus("critical") + "]}");
        assertThat(critical.fingerprint()).isEqualTo(warning.fingerprint());
        assertThat(critical.severity()).isNotEqualTo(warning.severity());
    }

    @Test
    void snsRecordsOfAFunctionAreReadOneByOne() {
        String bad = "{\"Type\":\"Notification\",\"TopicArn\":\"t\",\"Message\":\"hello\"}";
        String confirmation = "{\"Type\":\"SubscriptionConfirmation\",\"TopicArn\":\"t\"}";
        DecodeOutcome outcome =
                decode(
                        Samples.snsRecords(
                                Samples.sns(Samples.SNS_INNER),
                                bad,
                                confirmation,
                                Samples.sns(Samples.EVENT_BRIDGE)));
        assertThat(outcome.alerts())
                .extracting(Alert::status)
                .containsExactly(AlertStatus.RESOLVED, AlertStatus.FIRING);
        assertThat(outcome.alerts()).extracting(a -> a.id().index()).containsExactly(0, 1);
        assertThat(outcome.rejectedParts()).hasSize(1);
        assertThat(outcome.rejectedParts().get(0)).startsWith("Part 1: Within a string: ");
    }

    @ParameterizedTest
    @CsvSource({"alerting,FIRING", "ok,RESOLVED", "no_data,NO_DATA"})
    void grafanaOfDashboards(String state, AlertStatus expected) {
        Alert alert = alert(Samples.GRAFANA_LEGACY.replace("alerting", state));
        assertThat(alert.status()).isEqualTo(expected);
        assertThat(alert.name()).isEqualTo("QueueLong");
        assertThat(alert.service()).isEqualTo("checkout");
        assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(alert.summary()).isEqualTo("Queue is long");
        assertThat(alert.value()).hasValue(12.5);
        assertThat(alert.fingerprint()).isEqualTo(alert(Samples.GRAFANA_LEGACY).fingerprint());
    }

    @Test
    void aPausedRuleOfGrafanaIsNoAlertAndAnUnknownStateADeadLetter() {
        assertThat(decode(Samples.GRAFANA_LEGACY.replace("alerting", "paused")).outcome())
                .isEqualTo(RecordOutcome.NOT_AN_ALERT);
        assertThat(decode(Samples.GRAFANA_LEGACY.replace("alerting", "x")).outcome())
                .isEqualTo(RecordOutcome.DEAD_LETTER);
    }

    @Test
    void grafanaNoDataIsNoData() {
        Alert alert = alert(Samples.GRAFANA);
        assertThat(alert.status()).isEqualTo(AlertStatus.NO_DATA);
        assertThat(alert.value()).hasValue(12.5);
        assertThat(alert.annotations()).containsEntry("dashboard_url", "https://example.com/d");
    }

    @Test
    void aPagerDutyIncidentThatChangesHandsKeepsItsState() {
        Alert alert = alert(Samples.PAGERDUTY_WEBHOOK);
        assertThat(alert.status()).isEqualTo(AlertStatus.ACKNOWLEDGED);
        assertThat(alert.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(alert.service()).isEqualTo("Checkout");
        String resolved = Samples.PAGERDUTY_WEBHOOK.replace("escalated", "resolved");
        assertThat(alert(resolved).status()).isEqualTo(AlertStatus.RESOLVED);
        assertThat(alert(resolved).fingerprint()).isEqualTo(alert.fingerprint());
    }

    @Test
    void ourOwnNotificationsAreEchoes() {
        for (String echo :
                List.of(
                        Samples.PAGERDUTY_EVENT.replace("orders/depth", "incident-commander/i-1"),
                        Samples.PAGERDUTY_EVENT.replace(
                                "\"client\":\"m\"", "\"client\":\"Incident Commander\""),
                        Samples.PAGERDUTY_EVENT.replace("\"depth\"", "\"incident-commander\""),
                        Samples.PAGERDUTY_WEBHOOK.replace("\"k\"", "\"incident-commander/i-1\""),
                        Samples.PAGERDUTY_WEBHOOK.replace("\"x\"", "\"Incident Commander\""),
                        Samples.SLACK.replace(
                                "\"channel\"",
                                "\"metadata\":{\"event_type\":\"incident_commander\"},\"channel\""),
                        Samples.GRAFANA.replace("\"summary\"", "\"incident-commander\""))) {
            assertThat(decode(echo).outcome()).as(echo).isEqualTo(RecordOutcome.ECHO);
        }
        RecordDecoder withOwnBot = RecordDecoder.withOwnSlackBots(Set.of("B1"));
        assertThat(withOwnBot.decode(Records.record(Samples.SLACK), PROFILE).outcome())
                .isEqualTo(RecordOutcome.ECHO);
    }

    @Test
    void slackBotsAlertAndPeopleDoNot() {
        Alert firing = alert(Samples.SLACK);
        assertThat(firing.name()).isEqualTo("QueueLong");
        assertThat(firing.severity()).isEqualTo(Severity.HIGH);
        assertThat(Instant.ofEpochMilli(firing.eventTimeMillis()))
                .isEqualTo("2024-05-01T10:00:00Z");
        Alert resolved = alert(Samples.SLACK.replace("[FIRING:1]", "[RESOLVED]"));
        assertThat(resolved.status()).isEqualTo(AlertStatus.RESOLVED);
        assertThat(resolved.fingerprint()).isEqualTo(firing.fingerprint());
        for (String quiet :
                List.of(
                        Samples.SLACK.replace("\"bot_id\":\"B1\",", ""),
                        Samples.SLACK.replace("bot_message", "message_changed"),
                        Samples.SLACK.replace("\"message\"", "\"reaction_added\""),
                        "{\"token\":\"t\",\"challenge\":\"c\",\"type\":\"url_verification\"}")) {
            assertThat(decode(quiet).outcome()).as(quiet).isEqualTo(RecordOutcome.NOT_AN_ALERT);
        }
    }

    @Test
    void telemetry() {
        LogRecord otlp = decode(Samples.OTLP_LOGS).logs().get(0);
        assertThat(otlp.body()).isEqualTo("a=7");
        assertThat(otlp.severity()).isEqualTo(Severity.HIGH);
        assertThat(Instant.ofEpochMilli(otlp.timeMillis())).isEqualTo("2024-05-01T10:00:00.500Z");
        assertThat(decode(Samples.OTLP_METRICS).metrics())
                .extracting(MetricPoint::metric)
                .containsExactly("depth", "latency.count", "latency.sum", "latency");
        assertThat(decode(Samples.METRIC_STREAM).metrics().get(0).value()).isEqualTo(4.0);
        assertThat(decode(Samples.METRIC_STREAM).metrics().get(0).service()).isEqualTo("orders");
        LogRecord line = decode(Samples.APPLICATION_LOG).logs().get(0);
        assertThat(line.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(line.service()).isEqualTo("checkout");
        assertThat(line.body()).isEqualTo("slow");
        assertThat(Instant.ofEpochMilli(line.timeMillis())).isEqualTo("2024-05-01T10:00:00.500Z");
        assertThat(line.attributes()).containsOnlyKeys("service", "trace");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"level\":50,\"time\":1714557600500,\"name\":\"checkout\",\"msg\":\"m\"}",
                "{\"severity\":\"ERROR\",\"ts\":1714557600.5,\"app\":\"checkout\",\"msg\":\"m\"}",
                "{\"log.level\":\"error\",\"@timestamp\":\"2024-05-01T10:00:00.5Z\","
                        + "\"service.name\":\"checkout\",\"message\":\"m\"}",
            })
    void logLibrariesSpellDifferently(String text) {
        LogRecord log = decode(text).logs().get(0);
        assertThat(log.severity()).isEqualTo(Severity.HIGH);
        assertThat(log.service()).isEqualTo("checkout");
        assertThat(log.timeMillis()).isEqualTo(1714557600500L);
        assertThat(log.body()).isEqualTo("m");
    }

    @Test
    void labelsAreBoundedButIdentityIsNot() {
        String many =
                IntStream.range(0, 100)
                        .mapToObj(i -> "\"l" + i + "\":\"" + "x".repeat(2000) + "\"")
                        .collect(Collectors.joining(","));
        String one = "{\"name\":\"n\",\"status\":\"firing\",\"labels\":{" + many + "}}";
        Alert alert = alert(one);
        assertThat(alert.labels()).hasSize(AlertDraft.MAX_LABELS);
        assertThat(alert.labels().values())
                .allMatch(v -> v.length() == AlertDraft.MAX_LABEL_LENGTH);
        assertThat(alert.annotations()).containsEntry(AlertDraft.TRUNCATED, "100");
        Alert other = alert(one.replace("xxx\"}", "xxy\"}"));
        assertThat(other.labels()).isEqualTo(alert.labels());
        assertThat(other.fingerprint()).isNotEqualTo(alert.fingerprint());
    }

    @Test
    void attributesOfAResourceDoNotExpandWithoutBound() {
        String attributes =
                IntStream.range(0, 64)
                        .mapToObj(
                                i ->
                                        "{\"key\":\"k"
                                                + i
                                                + "\",\"value\":{\"stringValue\":\""
                                                + "x".repeat(1000)
                                                + "\"}}")
                        .collect(Collectors.joining(","));
        String points =
                IntStream.range(0, 1000)
                        .mapToObj(i -> "{\"asInt\":\"1\",\"timeUnixNano\":\"1714557600500000000\"}")
                        .collect(Collectors.joining(","));
        DecodeOutcome outcome =
                decode(
                        "{\"resourceMetrics\":[{\"resource\":{\"attributes\":["
                                + attributes
                                + "]},\"scopeMetrics\":[{\"metrics\":[{\"name\":\"m\",\"gauge\":"
                                + "{\"dataPoints\":["
                                + points
                                + "]}}]}]}]}");
        assertThat(outcome.reason()).contains("send smaller batches");
    }

    @Test
    void theSourceChoosesTheIdentityIfItWants() {
        SourceProfile byTeam = PROFILE.withIdentityLabels(List.of("team", "service"));
        String other = Samples.CANONICAL.replace("HighLatency", "Errors").replace("\"a\"", "\"b\"");
        assertThat(decodeWith(byTeam, Samples.CANONICAL).fingerprint())
                .isEqualTo(decodeWith(byTeam, other).fingerprint());
        assertThat(alert(Samples.CANONICAL).fingerprint()).isNotEqualTo(alert(other).fingerprint());
        SourceProfile byAbsent = PROFILE.withIdentityLabels(List.of("absent"));
        assertThat(decodeWith(byAbsent, Samples.CANONICAL).fingerprint())
                .isEqualTo(alert(Samples.CANONICAL).fingerprint());
        assertThat(decodeWith(PROFILE.withTenant("t2"), Samples.CANONICAL).fingerprint())
                .isNotEqualTo(alert(Samples.CANONICAL).fingerprint());
    }

    private static Alert decodeWith(SourceProfile profile, String text) {
        return Records.DECODER.decode(Records.record(text), profile).alerts().get(0);
    }

    private static String prometheus(String severity) {
        return "{\"status\":\"firing\",\"startsAt\":\"2024-05-01T10:00:00Z\",\"labels\":"
                + "{\"alertname\":\"a\",\"severity\":\""
                + severity
                + "\"}}";
    }
}
