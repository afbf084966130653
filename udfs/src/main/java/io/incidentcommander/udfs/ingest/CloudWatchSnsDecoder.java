// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.RawRecord;
import java.util.List;

/**
 * CloudWatch alarms by Amazon SNS: the envelope with the alarm as JSON in its {@code Message}, or,
 * with raw delivery, that JSON alone, or, as a function subscribed to the topic gets them, such
 * envelopes in {@code Records}, by way of a queue too. A message that holds an EventBridge event,
 * as a rule with an SNS target sends it, is read as one.
 */
final class CloudWatchSnsDecoder implements AlertDecoder {
    private static final CloudWatchEventBridgeDecoder EVENT_BRIDGE =
            new CloudWatchEventBridgeDecoder();
    private static final String IN_ENVELOPE = "Message/" + VolatileFields.EMBEDDED + "/";
    private static final VolatileFields VOLATILE =
            VolatileFields.timedByAny(
                    List.of(IN_ENVELOPE + "StateChangeTime", "StateChangeTime"),
                    IN_ENVELOPE + "NewStateReason",
                    "NewStateReason",
                    "MessageId",
                    "Timestamp",
                    "Signature");

    @Override
    public AlertFormat format() {
        return AlertFormat.CLOUDWATCH_SNS;
    }

    @Override
    public boolean recognises(JsonNode document) {
        return isEnvelope(document) || isAlarm(document) || areRecords(document);
    }

    private static boolean isEnvelope(JsonNode document) {
        return Fields.isText(document, "Type") && Fields.isText(document, "TopicArn");
    }

    @Override
    public DecodeOutcome decode(
            JsonNode document, RawRecord record, int firstIndex, SourceProfile profile)
            throws UndecodableException {
        if (isAlarm(document)) {
            return alarm(document, record, firstIndex, profile);
        }
        return areRecords(document)
                ? records(document.path("Records"), record, firstIndex, profile)
                : envelope(document, record, firstIndex, profile);
    }

    /** One bad envelope does not lose the others. */
    private DecodeOutcome records(
            JsonNode records, RawRecord record, int firstIndex, SourceProfile profile)
            throws UndecodableException {
        Parts parts = new Parts();
        for (int i = 0; i < records.size(); i++) {
            try {
                int index = firstIndex + parts.nextIndex();
                parts.add(i, entry(records.get(i), record, index, profile));
            } catch (UndecodableException e) {
                parts.reject(i, e.getMessage());
            }
        }
        return parts.outcome();
    }

    /** An envelope, or what a queue between topic and function holds as text. */
    private DecodeOutcome entry(
            JsonNode entry, RawRecord record, int firstIndex, SourceProfile profile)
            throws UndecodableException {
        if (!Fields.isText(entry, "body")) {
            return envelope(entry.path("Sns"), record, firstIndex, profile);
        }
        JsonNode body = JsonReading.parse(Fields.requiredText(entry, "body"));
        return isEnvelope(body)
                ? envelope(body, record, firstIndex, profile)
                : content(body, record, firstIndex, profile);
    }

    private DecodeOutcome envelope(
            JsonNode document, RawRecord record, int firstIndex, SourceProfile profile)
            throws UndecodableException {
        switch (Fields.text(document, "Type")) {
            case "SubscriptionConfirmation":
                return DecodeOutcome.notAnAlert(
                        format(), "SNS asks to confirm a subscription: confirm it at the topic");
            case "UnsubscribeConfirmation":
                return DecodeOutcome.notAnAlert(format(), "SNS confirms the end of a subscription");
            case "Notification":
                return message(document, record, firstIndex, profile);
            default:
                throw new UndecodableException("SNS message of an unknown Type");
        }
    }

    @Override
    public VolatileFields volatileFields() {
        return VOLATILE;
    }

    private static boolean isAlarm(JsonNode document) {
        return Fields.isText(document, "AlarmName") && Fields.isText(document, "NewStateValue");
    }

    private static boolean areRecords(JsonNode document) {
        JsonNode first = document.path("Records").path(0);
        return first.path("Sns").isObject()
                || (Fields.isText(first, "body")
                        && Fields.text(first, "eventSource").equals("aws:sqs"));
    }

    private DecodeOutcome message(
            JsonNode envelope, RawRecord record, int firstIndex, SourceProfile profile)
            throws UndecodableException {
        JsonNode inner = JsonReading.parse(Fields.requiredText(envelope, "Message"));
        return content(inner, record, firstIndex, profile);
    }

    private DecodeOutcome content(
            JsonNode inner, RawRecord record, int firstIndex, SourceProfile profile)
            throws UndecodableException {
        if (isAlarm(inner)) {
            return alarm(inner, record, firstIndex, profile);
        }
        if (EVENT_BRIDGE.recognises(inner)) {
            return EVENT_BRIDGE.decode(inner, record, firstIndex, profile);
        }
        throw new UndecodableException(
                "SNS notification whose Message is no CloudWatch alarm: subscribe to a topic of"
                        + " alarms only");
    }

    private DecodeOutcome alarm(
            JsonNode alarm, RawRecord record, int firstIndex, SourceProfile profile)
            throws UndecodableException {
        String name = Fields.requiredText(alarm, "AlarmName");
        String description = Fields.text(alarm, "AlarmDescription");
        String reason = Fields.text(alarm, "NewStateReason");
        String account = Fields.text(alarm, "AWSAccountId");
        String region = Fields.text(alarm, "Region");
        String arn = Fields.text(alarm, "AlarmArn");
        AlertDraft draft =
                new AlertDraft(format(), record, firstIndex, profile)
                        .name(name)
                        .severity(CloudWatchAlarms.severity(name, description))
                        .status(CloudWatchAlarms.status(Fields.text(alarm, "NewStateValue")))
                        .time(Fields.timeOr(alarm, "StateChangeTime", Fields.arrival(record)))
                        .summary(reason)
                        .value(CloudWatchAlarms.value(reason))
                        .annotation("description", description)
                        .annotation("alarm_rule", Fields.text(alarm, "AlarmRule"))
                        .annotation("previous_state", Fields.text(alarm, "OldStateValue"));
        readTrigger(Fields.object(alarm, "Trigger"), draft);
        CloudWatchAlarms.identify(draft, arn, name, account, region);
        return DecodeOutcome.alerts(format(), List.of(draft.build()));
    }

    /** One metric, or the metrics of an expression. */
    private static void readTrigger(JsonNode trigger, AlertDraft draft) {
        readMetric(trigger, draft);
        for (JsonNode metric : trigger.path("Metrics")) {
            readMetric(metric.path("MetricStat").path("Metric"), draft);
        }
    }

    private static void readMetric(JsonNode metric, AlertDraft draft) {
        CloudWatchAlarms.readMetric(
                metric.path("Dimensions"),
                Fields.text(metric, "Namespace"),
                Fields.text(metric, "MetricName"),
                draft);
    }
}
