// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

import io.incidentcommander.model.codec.CanonicalReader;
import io.incidentcommander.model.codec.CanonicalWriter;
import io.incidentcommander.model.codec.Sha256;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What could be done: a runbook in a version, on a target, with parameters. Its id is the SHA-256
 * of exactly these, so that whoever votes for an id knows what will run. Immutable.
 */
public final class Action {
    /** Hand the incident to a human. On every list of candidates. */
    public static final Action ESCALATE = new Action("escalate", "1", "", Map.of());

    /** Do nothing. On every list of candidates. */
    public static final Action NO_ACTION = new Action("no-action", "1", "", Map.of());

    private static final String DOMAIN = "action";
    private static final int VERSION = 1;
    private static final int MAX_TEXT = 1024;
    private static final int MAX_PARAMETERS = 64;

    private final String runbook;
    private final String version;
    private final String target;
    private final Map<String, String> parameters;
    private final ActionId id;

    /**
     * @param target the service or resource; empty for none
     * @throws IllegalArgumentException if a text has more than 1,024 chars or there are more than
     *     64 parameters
     */
    public Action(String runbook, String version, String target, Map<String, String> parameters) {
        this.runbook = bounded(runbook);
        this.version = bounded(version);
        this.target = bounded(target);
        this.parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
        this.parameters.forEach((name, value) -> bounded(name + bounded(value)));
        if (this.parameters.size() > MAX_PARAMETERS) {
            throw new IllegalArgumentException("An action has 64 parameters at most");
        }
        CanonicalWriter out = new CanonicalWriter();
        write(out);
        this.id = ActionId.of(Sha256.of(out.toByteArray()));
    }

    public ActionId id() {
        return id;
    }

    public String runbook() {
        return runbook;
    }

    public String version() {
        return version;
    }

    public String target() {
        return target;
    }

    /** Sorted by name, unmodifiable. */
    public Map<String, String> parameters() {
        return parameters;
    }

    void write(CanonicalWriter out) {
        out.text(DOMAIN).int8(VERSION).text(runbook).text(version).text(target);
        out.int32(parameters.size());
        parameters.forEach((name, value) -> out.text(name).text(value));
    }

    static Action read(CanonicalReader in) throws IOException {
        if (!in.text().equals(DOMAIN) || in.int8() != VERSION) {
            throw new IOException("Not an action of version 1");
        }
        String runbook = in.text();
        String version = in.text();
        String target = in.text();
        Map<String, String> parameters = new TreeMap<>();
        for (int left = in.count(); left > 0; left--) {
            parameters.put(in.text(), in.text());
        }
        return new Action(runbook, version, target, parameters);
    }

    private static String bounded(String text) {
        Objects.requireNonNull(text, "text");
        if (text.length() > MAX_TEXT) {
            throw new IllegalArgumentException("A text of an action has 1,024 chars at most");
        }
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Action && ((Action) other).id.equals(id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return runbook + "@" + version + (target.isEmpty() ? "" : " on " + target) + parameters;
    }
}
