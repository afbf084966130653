// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.prompt;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.diagnosis.EvidenceRef;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the short names in one prompt stand for. Only what is in here was sent, and only that may be
 * cited, recommended or blamed. Built by {@link DiagnosisPrompts}, then only read.
 */
public final class Labels {
    private final Map<String, EvidenceRef> evidence = new LinkedHashMap<>();
    private final Map<String, Action> actions = new LinkedHashMap<>();
    private final Map<String, String> services = new HashMap<>();
    private final Set<String> talking = new HashSet<>();
    private boolean ordering;

    void evidence(String label, EvidenceRef ref) {
        evidence.put(label, ref);
    }

    void action(String label, Action action) {
        actions.put(label, action);
    }

    void service(String asSent, String service) {
        services.putIfAbsent(asSent, service);
    }

    /** The text of this evidence addresses its reader. */
    void talks(String label) {
        talking.add(label);
    }

    /** Some text that was sent tells its reader what to do. */
    void orders() {
        ordering = true;
    }

    /** Empty if nothing was sent under this label. */
    public Optional<EvidenceRef> evidence(String label) {
        return Optional.ofNullable(evidence.get(label));
    }

    /** Empty if no such action was offered. */
    public Optional<Action> action(String label) {
        return Optional.ofNullable(actions.get(label));
    }

    /** The service that was sent as this; empty if none was. */
    public Optional<String> service(String asSent) {
        return Optional.ofNullable(services.get(asSent));
    }

    public Set<String> evidence() {
        return Collections.unmodifiableSet(evidence.keySet());
    }

    public Set<String> actions() {
        return Collections.unmodifiableSet(actions.keySet());
    }

    boolean isTalking(String label) {
        return talking.contains(label);
    }

    boolean isOrdering() {
        return ordering;
    }
}
