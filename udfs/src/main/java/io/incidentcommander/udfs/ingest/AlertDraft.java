// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Fingerprint;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.model.ingest.Severity;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An alert being read: what every decoder needs once the sender's words are understood. Owns the
 * limits (labels and annotations in number and length), the choice of identity, and the defaults
 * (service and host by label).
 *
 * <p>The fingerprint is taken before anything is cut off, so two alerts that differ only beyond a
 * limit stay two. What was cut is counted in the annotation {@value #TRUNCATED}.
 */
final class AlertDraft {
    static final int MAX_LABELS = 64;
    static final int MAX_LABEL_LENGTH = 1024;
    static final int MAX_ANNOTATIONS = 64;
    static final int MAX_ANNOTATION_LENGTH = 4096;
    static final int MAX_NAME_LENGTH = 512;
    static final int MAX_SUMMARY_LENGTH = 1024;
    static final String TRUNCATED = "labels_truncated";

    private final RawRecord record;
    private final SourceProfile profile;
    private final int index;
    private final Alert.Builder builder = Alert.builder();
    private final TreeMap<String, String> labels = new TreeMap<>();
    private final TreeMap<String, String> annotations = new TreeMap<>();
    private TreeMap<String, String> identity = new TreeMap<>();
    private String name = "";
    private String service = "";
    private String host = "";
    private String summary = "";

    AlertDraft(AlertFormat format, RawRecord record, int index, SourceProfile profile) {
        this.record = record;
        this.profile = profile;
        this.index = index;
        builder.format(format);
    }

    AlertDraft format(AlertFormat format) {
        builder.format(format);
        return this;
    }

    AlertDraft name(String text) {
        name = text;
        return this;
    }

    /** Empty: by label. */
    AlertDraft service(String text) {
        service = text;
        return this;
    }

    /** Empty: by label. */
    AlertDraft host(String text) {
        host = text;
        return this;
    }

    AlertDraft severity(Severity severity) {
        builder.severity(severity);
        return this;
    }

    AlertDraft status(AlertStatus status) {
        builder.status(status);
        return this;
    }

    /** Event and original time (epoch ms). */
    AlertDraft time(long millis) {
        builder.eventTimeMillis(millis).originalTimeMillis(millis);
        return this;
    }

    AlertDraft originalTime(long millis) {
        builder.originalTimeMillis(millis);
        return this;
    }

    AlertDraft summary(String text) {
        summary = text;
        return this;
    }

    /** NaN: none. */
    AlertDraft value(double value) {
        builder.value(value);
        return this;
    }

    /** An empty value is no label. */
    AlertDraft label(String key, String value) {
        if (!value.isEmpty()) {
            labels.put(key, value);
        }
        return this;
    }

    /** A view of the labels so far. */
    Map<String, String> labels() {
        return labels;
    }

    /** The first value of a key stays. */
    AlertDraft labelIfAbsent(String key, String value) {
        if (!value.isEmpty()) {
            labels.putIfAbsent(key, value);
        }
        return this;
    }

    /** An empty value is no annotation. */
    AlertDraft annotation(String key, String value) {
        if (!value.isEmpty()) {
            annotations.put(key, value);
        }
        return this;
    }

    /** Part of what makes this the same alert as an earlier one. */
    AlertDraft identity(String key, String value) {
        identity.put(key, value);
        return this;
    }

    /** All labels are identity, but for those whose value says how bad it is. */
    AlertDraft identityOfLabels() {
        identity = new TreeMap<>(labels);
        identity.remove("severity");
        return this;
    }

    /** Name, service and host besides; {@code @} keeps them apart from labels so called. */
    AlertDraft identityOfFields() {
        return identity("@name", name)
                .identity("@service", serviceOrDefault())
                .identity("@host", hostOrDefault());
    }

    /**
     * Identity by these labels, or {@code name}, {@code service}, {@code host}; nothing changes if
     * the alert has none of them, since all such would then be one.
     */
    AlertDraft identityBy(List<String> keys) {
        TreeMap<String, String> chosen = new TreeMap<>();
        for (String key : keys) {
            String value = identityValue(key);
            if (!value.isEmpty()) {
                chosen.put(key, value);
            }
        }
        if (!chosen.isEmpty()) {
            identity = chosen;
        }
        return this;
    }

    Alert build() {
        identityBy(profile.identityLabels());
        return build(Fingerprint.of(profile.tenant(), identity));
    }

    /** With a fingerprint that was taken before. */
    Alert build(Fingerprint fingerprint) {
        builder.id(AlertId.of(record, index))
                .tenant(profile.tenant())
                .fingerprint(fingerprint)
                .name(Fields.shorten(name, MAX_NAME_LENGTH))
                .service(Fields.shorten(serviceOrDefault(), MAX_LABEL_LENGTH))
                .host(Fields.shorten(hostOrDefault(), MAX_LABEL_LENGTH))
                .summary(Fields.shorten(summary, MAX_SUMMARY_LENGTH));
        int cut = BoundedText.bound(labels, MAX_LABELS, MAX_LABEL_LENGTH);
        if (cut > 0) {
            annotations.put(TRUNCATED, Integer.toString(cut));
        }
        BoundedText.bound(annotations, MAX_ANNOTATIONS, MAX_ANNOTATION_LENGTH);
        return builder.adoptLabels(labels).adoptAnnotations(annotations).build();
    }

    private String identityValue(String key) {
        switch (key) {
            case "name":
                return name;
            case "service":
                return serviceOrDefault();
            case "host":
                return hostOrDefault();
            default:
                return labels.getOrDefault(key, "");
        }
    }

    private String serviceOrDefault() {
        return service.isEmpty() ? ServiceNames.service(labels) : service;
    }

    private String hostOrDefault() {
        return host.isEmpty() ? ServiceNames.host(labels) : host;
    }
}
