// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Fingerprint;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.model.ingest.Severity;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Our own format, what {@link CanonicalJson} writes and what a sender without a format of its own
 * should send. Strict, since whoever writes it can look it up: an unknown severity or status, or a
 * label that is no scalar, is an error. The tenant comes from the source, never from the record.
 */
final class CanonicalDecoder implements AlertDecoder {
    private static final VolatileFields VOLATILE =
            VolatileFields.timedBy("time", "value", "summary", "annotations/" + VolatileFields.ANY);

    @Override
    public AlertFormat format() {
        return AlertFormat.CANONICAL;
    }

    @Override
    public boolean recognises(JsonNode document) {
        return Fields.isText(document, "name")
                && (document.has("severity") || document.has("status"))
                && !document.has("message")
                && !document.has("msg")
                && !document.has("event")
                && !document.has("log")
                && !document.has("alerts")
                && !document.has("monitor_id")
                && !document.has("alert_transition")
                && !document.has("alert_type");
    }

    @Override
    public DecodeOutcome decode(
            JsonNode document, RawRecord record, int firstIndex, SourceProfile profile)
            throws UndecodableException {
        AlertDraft draft =
                new AlertDraft(format(document), record, firstIndex, profile)
                        .name(Fields.requiredText(document, "name"))
                        .service(Fields.text(document, "service"))
                        .host(Fields.text(document, "host"))
                        .severity(severity(document))
                        .status(status(document))
                        .summary(Fields.text(document, "summary"))
                        .value(Fields.number(document, "value"));
        long time = Fields.timeOr(document, "time", Fields.arrival(record));
        draft.time(time).originalTime(Fields.timeOr(document, "original_time", time));
        readLabels(document.path("labels"), draft);
        Fields.eachText(document.path("annotations"), draft::annotation);
        Alert alert = build(document, draft, profile);
        return DecodeOutcome.alerts(AlertFormat.CANONICAL, List.of(alert));
    }

    @Override
    public VolatileFields volatileFields() {
        return VOLATILE;
    }

    private static Alert build(JsonNode document, AlertDraft draft, SourceProfile profile)
            throws UndecodableException {
        String fingerprint = Fields.text(document, "fingerprint");
        if (!fingerprint.isEmpty() && profile.identityLabels().isEmpty()) {
            return draft.build(fingerprint(fingerprint));
        }
        draft.identityOfLabels().identityOfFields();
        if (Fields.has(document, "fingerprint_labels")) {
            draft.identityBy(names(document.get("fingerprint_labels")));
        }
        return draft.build();
    }

    private static Fingerprint fingerprint(String hex) throws UndecodableException {
        if (hex.length() != 32
                || hex.chars().anyMatch(c -> Character.digit(c, 16) < 0 || c > 'f')) {
            throw new UndecodableException(
                    "Field fingerprint is not 32 hexadecimal digits: leave it out to have it"
                            + " computed");
        }
        return Fingerprint.parse(hex);
    }

    private static AlertFormat format(JsonNode document) throws UndecodableException {
        String name = Fields.text(document, "format");
        return name.isEmpty()
                ? AlertFormat.CANONICAL
                : AlertFormat.ofOptionName(name)
                        .orElseThrow(
                                () ->
                                        new UndecodableException(
                                                "Field format names no known format: leave it"
                                                        + " out"));
    }

    private static Severity severity(JsonNode document) throws UndecodableException {
        String word = Fields.text(document, "severity");
        return word.isEmpty()
                ? Severity.MEDIUM
                : Severities.ofWord(word)
                        .orElseThrow(
                                () ->
                                        new UndecodableException(
                                                "Field severity is not one of critical, high,"
                                                        + " medium, low, info"));
    }

    private static AlertStatus status(JsonNode document) throws UndecodableException {
        String word = Fields.text(document, "status");
        return word.isEmpty()
                ? AlertStatus.FIRING
                : Statuses.ofWord(word)
                        .orElseThrow(
                                () ->
                                        new UndecodableException(
                                                "Field status is not one of firing, resolved,"
                                                        + " no_data, acknowledged"));
    }

    private static void readLabels(JsonNode labels, AlertDraft draft) throws UndecodableException {
        if (labels.isMissingNode() || labels.isNull()) {
            return;
        }
        if (!labels.isObject()) {
            throw new UndecodableException("Field labels is not an object of scalars");
        }
        Iterator<Map.Entry<String, JsonNode>> fields = labels.fields();
        while (fields.hasNext()) {
            Map.Entry<String, JsonNode> field = fields.next();
            if (field.getValue().isContainerNode()) {
                throw new UndecodableException("A value in field labels is not a scalar");
            }
            draft.label(Fields.wellFormed(field.getKey()), Fields.text(field.getValue()));
        }
    }

    private static List<String> names(JsonNode array) throws UndecodableException {
        if (!array.isArray()) {
            throw new UndecodableException("Field fingerprint_labels is not an array of names");
        }
        List<String> names = new ArrayList<>();
        array.forEach(node -> names.add(Fields.text(node)));
        return names;
    }
}
