// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.RawRecord;
import java.util.List;

/** CloudWatch alarms as a Lambda action of the alarm receives them. */
final class CloudWatchLambdaDecoder implements AlertDecoder {
    private static final CloudWatchStates STATES =
            new CloudWatchStates(AlertFormat.CLOUDWATCH_LAMBDA, "alarmData");
    private static final VolatileFields VOLATILE = STATES.volatileFields();

    @Override
    public AlertFormat format() {
        return AlertFormat.CLOUDWATCH_LAMBDA;
    }

    @Override
    public boolean recognises(JsonNode document) {
        return document.path("alarmData").isObject();
    }

    @Override
    public DecodeOutcome decode(
            JsonNode document, RawRecord record, int firstIndex, SourceProfile profile)
            throws UndecodableException {
        AlertDraft draft = STATES.read(document, record, firstIndex, profile);
        String account = Fields.text(document, "accountId");
        String region = Fields.text(document, "region");
        String arn = Fields.text(document, "alarmArn");
        CloudWatchAlarms.identify(
                draft, arn, Fields.text(document.path("alarmData"), "alarmName"), account, region);
        return DecodeOutcome.alerts(format(), List.of(draft.build()));
    }

    @Override
    public VolatileFields volatileFields() {
        return VOLATILE;
    }
}
