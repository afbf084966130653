// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.control;

import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import io.incidentcommander.udfs.correlation.yaml.YamlNode;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * That somebody changed a service: a deployment, a migration, a switch that was turned. Immutable.
 */
public final class ServiceChange {
    private static final int MOST_TEXT = 120;

    private final String id;
    private final String service;
    private final String what;
    private final String by;
    private final long atMillis;

    /**
     * @param what as in {@code deployment v42}
     * @param by whoever changed it
     * @param atMillis when, epoch milliseconds
     */
    public ServiceChange(String id, String service, String what, String by, long atMillis) {
        this.id = Objects.requireNonNull(id, "id");
        this.service = Objects.requireNonNull(service, "service");
        this.what = Objects.requireNonNull(what, "what");
        this.by = Objects.requireNonNull(by, "by");
        this.atMillis = atMillis;
    }

    /** Made by the author, at the effective time; empty if there was any problem. */
    static Optional<ServiceChange> read(ControlUpdate update, Problems problems) {
        Optional<YamlNode> root = YamlNode.parse(update.body(), problems);
        if (root.isEmpty()) {
            return Optional.empty();
        }
        Map<String, YamlNode> fields = root.get().fields(Set.of("service", "what"));
        String service = text("service", root.get(), fields);
        String what = text("what", root.get(), fields);
        return problems.isEmpty()
                ? Optional.of(
                        new ServiceChange(
                                update.id(),
                                service,
                                what,
                                update.author(),
                                update.effectiveMillis()))
                : Optional.empty();
    }

    private static String text(String key, YamlNode node, Map<String, YamlNode> fields) {
        String text = fields.containsKey(key) ? fields.get(key).text().strip() : "";
        if (text.isEmpty()) {
            node.problem("key " + key + " is missing");
        } else if (text.length() > MOST_TEXT) {
            fields.get(key).problem(key + " is longer than " + MOST_TEXT + " characters");
        }
        return text;
    }

    public String id() {
        return id;
    }

    public String service() {
        return service;
    }

    public String what() {
        return what;
    }

    public String by() {
        return by;
    }

    /** Epoch milliseconds. */
    public long atMillis() {
        return atMillis;
    }

    @Override
    public String toString() {
        return service + " " + what + " by " + by;
    }
}
