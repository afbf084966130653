// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.matching;

import io.incidentcommander.model.ingest.Alert;
import java.util.Locale;

/**
 * The labels of an alert as matchers see them: those it came with, and where it came without, what
 * the canonical alert knows by a field: {@code alertname}, {@code service}, {@code severity} (in
 * lower case), {@code host} and {@code instance} (the host), {@code tenant} and {@code source}. A
 * label that is missing is empty, as in Alertmanager.
 */
public final class AlertLabels implements LabelSet {
    private final Alert alert;

    private AlertLabels(Alert alert) {
        this.alert = alert;
    }

    public static AlertLabels of(Alert alert) {
        return new AlertLabels(alert);
    }

    @Override
    public String get(String name) {
        String own = alert.labels().get(name);
        return own != null ? own : field(name);
    }

    private String field(String name) {
        switch (name) {
            case "alertname":
                return alert.name();
            case "service":
                return alert.service();
            case "severity":
                return alert.severity().name().toLowerCase(Locale.ROOT);
            case "host":
            case "instance":
                return alert.host();
            case "tenant":
                return alert.tenant();
            case "source":
                return alert.id().source();
            default:
                return "";
        }
    }

    @Override
    public String toString() {
        return alert.toString();
    }
}
