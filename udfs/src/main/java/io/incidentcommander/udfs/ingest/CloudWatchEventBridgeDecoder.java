// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.RawRecord;
import java.util.List;

/** CloudWatch alarms as Amazon EventBridge delivers them. */
final class CloudWatchEventBridgeDecoder implements AlertDecoder {
    private static final CloudWatchStates STATES =
            new CloudWatchStates(AlertFormat.CLOUDWATCH_EVENTBRIDGE, "detail");
    private static final VolatileFields VOLATILE = STATES.volatileFields();

    @Override
    public AlertFormat format() {
        return AlertFormat.CLOUDWATCH_EVENTBRIDGE;
    }

    @Override
    public boolean recognises(JsonNode document) {
        return Fields.isText(document, "detail-type") && document.path("detail").isObject();
    }

    @Override
    public DecodeOutcome decode(
            JsonNode document, RawRecord record, int firstIndex, SourceProfile profile)
            throws UndecodableException {
        if (!Fields.text(document, "source").equals("aws.cloudwatch")) {
            throw new UndecodableException(
                    "EventBridge event whose source is not aws.cloudwatch: let the rule pass"
                            + " CloudWatch alarms only");
        }
        if (!Fields.text(document, "detail-type").equals("CloudWatch Alarm State Change")) {
            return DecodeOutcome.notAnAlert(
                    format(), "An EventBridge event of CloudWatch that changes no alarm's state");
        }
        AlertDraft draft = STATES.read(document, record, firstIndex, profile);
        String account = Fields.text(document, "account");
        String region = Fields.text(document, "region");
        String arn = Fields.text(document.path("resources").get(0));
        CloudWatchAlarms.identify(
                draft, arn, Fields.text(document.path("detail"), "alarmName"), account, region);
        return DecodeOutcome.alerts(format(), List.of(draft.build()));
    }

    @Override
    public VolatileFields volatileFields() {
        return VOLATILE;
    }
}
