// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import static io.incidentcommander.udfs.ingest.Records.alert;
import static io.incidentcommander.udfs.ingest.Records.decode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentcommander.model.audit.RecordOutcome;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.LogRecord;
import io.incidentcommander.model.ingest.MetricPoint;
import io.incidentcommander.model.ingest.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a person reading the real deliveries would say of them. */
class PayloadsTest {
    @Test
    void eventBridgeSingleMetric() {
        Alert alert =
                alert(
                        Payloads.of(
                                "cloudwatch_eventbridge_state_change_for_a_single_metric_alarm.json"));
        assertThat(alert.format()).isEqualTo(AlertFormat.CLOUDWATCH_EVENTBRIDGE);
        assertThat(alert.name()).isEqualTo("ServerCpuTooHigh");
        assertThat(alert.status()).isEqualTo(AlertStatus.FIRING);
        assertThat(alert.severity()).isEqualTo(Severity.HIGH);
        assertThat(alert.service()).isEqualTo("AWS/EC2");
        assertThat(alert.host()).isEqualTo("i-12345678901234567");
        assertTime(alert, "2019-10-02T17:04:40.989Z");
        assertThat(alert.value()).hasValue(99.50160229693434);
        assertThat(alert.summary()).startsWith("Threshold Crossed: 1 out of the last 1");
        assertThat(alert.labels())
                .containsExactly(
                        entry("InstanceId", "i-12345678901234567"),
                        entry("account", "123456789012"),
                        entry("metric", "CPUUtilization"),
                        entry("namespace", "AWS/EC2"),
                        entry("region", "us-east-1"));
        assertThat(alert.annotations())
                .containsEntry(
                        "description", "Goes into alarm when server CPU utilization is too high!")
                .containsEntry(
                        "alarm_arn",
                        "arn:aws:cloudwatch:us-east-1:123456789012:alarm:ServerCpuTooHigh")
                .containsEntry("previous_state", "OK");
    }

    @Test
    void eventBridgeMetricMath() {
        Alert alert =
                alert(
                        Payloads.of(
                                "cloudwatch_eventbridge_state_change_for_a_metric_math_alarm.json"));
        assertThat(alert.name()).isEqualTo("TotalNetworkTrafficTooHigh");
        assertThat(alert.status()).isEqualTo(AlertStatus.FIRING);
        assertThat(alert.value()).hasValue(45628.0);
        assertTime(alert, "2019-10-02T17:20:48.554Z");
        assertThat(alert.labels())
                .containsEntry("metric", "Total Network Traffic")
                .containsEntry("namespace", "AWS/EC2")
                .containsEntry("InstanceId", "i-12345678901234567");
        assertThat(alert.annotations()).containsEntry("previous_state", "INSUFFICIENT_DATA");
    }

    @Test
    void eventBridgeCompositeWithSuppressor() {
        Alert alert =
                alert(
                        Payloads.of(
                                "cloudwatch_eventbridge_state_change_for_a_composite_alarm_with_a_suppressor_alarm.json"));
        assertThat(alert.name()).isEqualTo("ServiceAggregatedAlarm");
        assertThat(alert.status()).isEqualTo(AlertStatus.FIRING);
        assertThat(alert.service()).isEqualTo("unknown");
        assertThat(alert.value()).isEmpty();
        assertTime(alert, "2022-07-22T15:57:45.394Z");
        assertThat(alert.annotations())
                .containsEntry("suppressed_by", "WaitPeriod")
                .containsEntry("suppressor", "ServiceMaintenanceAlarm")
                .containsEntry(
                        "alarm_rule",
                        "ALARM(ServerCpuTooHigh) OR ALARM(TotalNetworkTrafficTooHigh)");
    }

    @Test
    void configurationChangesAreNoAlerts() {
        for (String kind :
                List.of(
                        "creation_of_a_composite_alarm",
                        "creation_of_a_composite_alarm_with_a_suppressor_alarm",
                        "deletion_of_a_composite_alarm_with_a_suppressor_alarm",
                        "deletion_of_a_metric_math_alarm")) {
            DecodeOutcome outcome = decode(Payloads.of("cloudwatch_eventbridge_" + kind + ".json"));
            assertThat(outcome.outcome()).as(kind).isEqualTo(RecordOutcome.NOT_AN_ALERT);
            assertThat(outcome.reason()).contains("changes no alarm's state");
            assertThat(outcome.format()).contains(AlertFormat.CLOUDWATCH_EVENTBRIDGE);
        }
    }

    @Test
    void sns() {
        Alert alert = alert(Payloads.of("cloudwatch_sns_notification.json"));
        assertThat(alert.format()).isEqualTo(AlertFormat.CLOUDWATCH_SNS);
        assertThat(alert.name()).isEqualTo("bucketbytesAlarm");
        assertThat(alert.status()).isEqualTo(AlertStatus.FIRING);
        assertThat(alert.service()).isEqualTo("try.alerta.io");
        assertThat(alert.value()).hasValue(1062305.0);
        assertTime(alert, "2019-02-15T23:53:45.093Z");
        assertThat(alert.labels())
                .containsExactly(
                        entry("BucketName", "try.alerta.io"),
                        entry("StorageType", "StandardStorage"),
                        entry("account", "1234567890"),
                        entry("metric", "BucketSizeBytes"),
                        entry("namespace", "AWS/S3"),
                        entry("region", "EU (Ireland)"));

        Alert single = alert(Payloads.of("cloudwatch_sns_single_metric.json"));
        assertThat(single.name()).isEqualTo("EXAMPLE");
        assertThat(single.host()).isEqualTo("TestInstance");
        assertThat(single.value()).hasValue(1234.0);
        assertTime(single, "2015-06-03T17:43:27.123Z");
    }

    @Test
    void subscriptionConfirmationIsNoAlert() {
        DecodeOutcome outcome = decode(Payloads.of("sns_subscription_confirmation.json"));
        assertThat(outcome.outcome()).isEqualTo(RecordOutcome.NOT_AN_ALERT);
        assertThat(outcome.reason()).contains("confirm");
    }

    @Test
    void metricStreamWithJunk() {
        List<String> lines = Payloads.linesOf("cloudwatch_metric_stream_with_junk.ndjson");
        assertThat(decode(lines.get(0)).outcome()).isEqualTo(RecordOutcome.DEAD_LETTER);
        assertThat(decode(lines.get(0)).reason()).startsWith("Unknown format");
        List<MetricPoint> points =
                lines.stream().skip(1).map(line -> decode(line).metrics().get(0)).toList();
        assertThat(points)
                .extracting(MetricPoint::metric)
                .containsExactly(
                        "VolumeIdleTime",
                        "EBSReadOps",
                        "CPUUtilization",
                        "CallCount",
                        "ResourceCount");
        MetricPoint cpu = points.get(2);
        assertThat(cpu.value()).isEqualTo(4.433333333333334 / 2);
        assertThat(cpu.unit()).isEqualTo("Percent");
        assertThat(cpu.service()).isEqualTo("AWS/EC2");
        assertThat(Instant.ofEpochMilli(cpu.timeMillis())).isEqualTo("2022-02-03T19:30:00Z");
        assertThat(cpu.dimensions())
                .containsExactly(
                        entry("InstanceId", "i-02863582c45c2ec85"),
                        entry("account", "1234567890"),
                        entry("namespace", "AWS/EC2"),
                        entry("region", "us-east-1"));
    }

    @Test
    void datadog() {
        List<Alert> alerts =
                Payloads.linesOf("datadog_webhook.ndjson").stream().map(Records::alert).toList();
        assertThat(alerts).allSatisfy(a -> assertThat(a.format()).isEqualTo(AlertFormat.DATADOG));
        Alert recovered = alerts.get(0);
        assertThat(recovered.name()).isEqualTo("Error monitor");
        assertThat(recovered.status()).isEqualTo(AlertStatus.RESOLVED);
        assertThat(recovered.service()).isEqualTo("keep-api-feature-unique-id");
        assertTime(recovered, "2024-12-11T15:08:32Z");
        assertThat(recovered.labels())
                .containsExactly(
                        entry("monitor_id", "160076582"),
                        entry("service", "keep-api-feature-unique-id"));

        Alert triggered = alerts.get(2);
        assertThat(triggered.name()).isEqualTo("Somethine weird in DB");
        assertThat(triggered.status()).isEqualTo(AlertStatus.FIRING);
        assertThat(triggered.severity()).isEqualTo(Severity.HIGH);
        assertThat(triggered.service()).isEqualTo("unknown");
        assertThat(triggered.labels()).containsEntry("database_id", "keephq-sandbox:keep");

        Alert prioritised =
                alerts.stream().filter(a -> a.summary().startsWith("[P2]")).findFirst().get();
        assertThat(prioritised.name()).isEqualTo("Unauthorized access to API keep-api");
        assertThat(prioritised.severity()).isEqualTo(Severity.HIGH);
        assertThat(prioritised.labels()).containsEntry("environment", "production");
    }

    @Test
    void aDatadogRecoveryHasTheFingerprintOfItsAlert() {
        List<Alert> alerts =
                Payloads.linesOf("datadog_webhook.ndjson").stream().map(Records::alert).toList();
        List<Alert> one =
                alerts.stream()
                        .filter(a -> a.name().equals("Error monitor"))
                        .filter(a -> a.service().contains("fix-2732"))
                        .toList();
        assertThat(one)
                .extracting(Alert::status)
                .containsExactly(AlertStatus.FIRING, AlertStatus.RESOLVED);
        assertThat(one.get(0).fingerprint()).isEqualTo(one.get(1).fingerprint());
        Map<Object, Long> byIdentity =
                alerts.stream()
                        .collect(
                                java.util.stream.Collectors.groupingBy(
                                        a -> a.name() + "/" + a.service(),
                                        java.util.stream.Collectors.counting()));
        assertThat(alerts.stream().map(Alert::fingerprint).distinct())
                .hasSameSizeAs(byIdentity.keySet());
    }

    @Test
    void alertmanager() {
        DecodeOutcome outcome = decode(Payloads.of("alertmanager_webhook_v4.json"));
        assertThat(outcome.format()).contains(AlertFormat.ALERTMANAGER);
        assertThat(outcome.alerts()).hasSize(2);
        Alert first = outcome.alerts().get(0);
        assertThat(first.name()).isEqualTo("InstanceDown");
        assertThat(first.status()).isEqualTo(AlertStatus.FIRING);
        assertThat(first.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(first.service()).isEqualTo("node");
        assertThat(first.host()).isEqualTo("localhost:8081");
        assertThat(first.summary()).isEqualTo("Instance localhost:8081 down");
        assertTime(first, "2023-06-12T08:24:38.326Z");
        Alert second = outcome.alerts().get(1);
        assertThat(second.id().index()).isEqualTo(1);
        assertThat(second.labels()).containsEntry("group", "canary");
        assertThat(second.fingerprint()).isNotEqualTo(first.fingerprint());
    }

    @Test
    void pagerDutyEvents() {
        Alert trigger = alert(Payloads.of("pagerduty_events_v2_trigger.json"));
        assertThat(trigger.format()).isEqualTo(AlertFormat.PAGERDUTY_EVENTS);
        assertThat(trigger.name()).isEqualTo("deploy");
        assertThat(trigger.summary()).isEqualTo("Example alert on host1.example.com");
        assertThat(trigger.severity()).isEqualTo(Severity.INFO);
        assertThat(trigger.status()).isEqualTo(AlertStatus.FIRING);
        assertThat(trigger.service()).isEqualTo("postgres");
        assertThat(trigger.host())
                .isEqualTo(
                        "monitoringtool:cloudvendor:central-region-dc-01:852559987:cluster/api-stats-prod-003");
        assertTime(trigger, "2015-07-17T08:42:58.315Z");
        assertThat(trigger.annotations())
                .containsEntry("ping time", "1500ms")
                .containsEntry("load avg", "0.75");

        Alert acknowledge = alert(Payloads.of("pagerduty_events_v2_acknowledge.json"));
        Alert resolve = alert(Payloads.of("pagerduty_events_v2_resolve.json"));
        assertThat(acknowledge.status()).isEqualTo(AlertStatus.ACKNOWLEDGED);
        assertThat(resolve.status()).isEqualTo(AlertStatus.RESOLVED);
        assertThat(resolve.fingerprint()).isEqualTo(acknowledge.fingerprint());
        assertThat(resolve.eventTimeMillis()).isEqualTo(RecordDecoder.UNKNOWN_TIME);
        assertThat(resolve.toString() + resolve.labels() + resolve.annotations())
                .doesNotContain("routingkeyhere");
    }

    @Test
    void pagerDutyWebhooksThatChangeNoStateAreNoAlerts() {
        for (String kind : List.of("priority_updated", "service_updated")) {
            DecodeOutcome outcome = decode(Payloads.of("pagerduty_webhook_v3_" + kind + ".json"));
            assertThat(outcome.outcome()).isEqualTo(RecordOutcome.NOT_AN_ALERT);
            assertThat(outcome.format()).contains(AlertFormat.PAGERDUTY_WEBHOOK);
        }
    }

    @Test
    void otlpLogs() {
        DecodeOutcome outcome = decode(Payloads.of("otlp_logs.json"));
        assertThat(outcome.outcome()).isEqualTo(RecordOutcome.TELEMETRY);
        LogRecord log = outcome.logs().get(0);
        assertThat(log.service()).isEqualTo("my.service");
        assertThat(log.body()).isEqualTo("Example log record");
        assertThat(log.severity()).isEqualTo(Severity.INFO);
        assertThat(Instant.ofEpochMilli(log.timeMillis())).isEqualTo("2018-12-13T14:51:00.300Z");
        assertThat(log.attributes())
                .containsEntry("int.attribute", "10")
                .containsEntry("double.attribute", "637.704")
                .containsEntry("boolean.attribute", "true")
                .containsEntry("array.attribute", "many,values")
                .containsEntry("map.attribute", "some.map.key=some value")
                .containsEntry("service.name", "my.service");
    }

    @Test
    void otlpMetrics() {
        DecodeOutcome outcome = decode(Payloads.of("otlp_metrics.json"));
        assertThat(outcome.metrics())
                .extracting(point -> point.metric() + "=" + point.value())
                .containsExactly(
                        "my.counter=5.0",
                        "my.gauge=10.0",
                        "my.histogram.count=2.0",
                        "my.histogram.sum=2.0",
                        "my.histogram.min=0.0",
                        "my.histogram.max=2.0",
                        "my.exponential.histogram.count=3.0",
                        "my.exponential.histogram.sum=10.0",
                        "my.exponential.histogram.min=0.0",
                        "my.exponential.histogram.max=5.0");
        assertThat(outcome.metrics())
                .allSatisfy(point -> assertThat(point.service()).isEqualTo("my.service"));
        assertThat(outcome.metrics().get(9).id().index()).isEqualTo(9);
    }

    @Test
    void eachDeliveryIsRecognisedByOneDecoderAtMost() throws Exception {
        for (Map.Entry<String, String> delivery : Payloads.all().entrySet()) {
            JsonNode document = JsonReading.parse(delivery.getValue());
            long recognising =
                    Records.DECODER.decoders().stream().filter(d -> d.recognises(document)).count();
            boolean junk = delivery.getKey().equals("cloudwatch_metric_stream_with_junk.ndjson:0");
            assertThat(recognising).as(delivery.getKey()).isEqualTo(junk ? 0 : 1);
        }
    }

    private static void assertTime(Alert alert, String iso) {
        assertThat(Instant.ofEpochMilli(alert.eventTimeMillis())).isEqualTo(iso);
        assertThat(alert.originalTimeMillis()).isEqualTo(alert.eventTimeMillis());
    }
}
