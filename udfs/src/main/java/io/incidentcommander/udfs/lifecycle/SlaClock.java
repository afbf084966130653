// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.lifecycle;

import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentState;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The clocks of an incident. Time to repair runs from the first alert to the last successful
 * validation: a resolution that did not hold does not stop it. The promise is by severity; the risk
 * adds what the states ahead usually take. Pure, immutable.
 */
public final class SlaClock implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final long MINUTE = 60_000;

    private final EnumMap<Severity, Long> promisedMillis;
    private final EnumMap<IncidentState, Long> aheadMillis;

    /**
     * @param promisedMillis for each severity
     * @param aheadMillis what usually passes from the entry of a state until it is resolved
     */
    public SlaClock(Map<Severity, Long> promisedMillis, Map<IncidentState, Long> aheadMillis) {
        this.promisedMillis = new EnumMap<>(promisedMillis);
        this.aheadMillis = new EnumMap<>(aheadMillis);
    }

    /** Promised: CRITICAL 15 min, HIGH 30, MEDIUM 2 h, LOW 8 h, INFO 24 h. */
    public static SlaClock defaults() {
        EnumMap<Severity, Long> promised = new EnumMap<>(Severity.class);
        promised.put(Severity.CRITICAL, 15 * MINUTE);
        promised.put(Severity.HIGH, 30 * MINUTE);
        promised.put(Severity.MEDIUM, 120 * MINUTE);
        promised.put(Severity.LOW, 480 * MINUTE);
        promised.put(Severity.INFO, 1_440 * MINUTE);
        return promising(promised);
    }

    /**
     * Ahead: what is left of 3 min on the way, 30 min once a human is needed.
     *
     * @param promisedMillis for each severity
     */
    public static SlaClock promising(Map<Severity, Long> promisedMillis) {
        EnumMap<IncidentState, Long> ahead = new EnumMap<>(IncidentState.class);
        ahead.put(IncidentState.DETECTED, 180_000L);
        ahead.put(IncidentState.DIAGNOSING, 160_000L);
        ahead.put(IncidentState.DECIDING, 120_000L);
        ahead.put(IncidentState.RESOLVING, 60_000L);
        ahead.put(IncidentState.VERIFYING, 30_000L);
        ahead.put(IncidentState.RESOLVED, 0L);
        ahead.put(IncidentState.ESCALATED, 30 * MINUTE);
        return new SlaClock(promisedMillis, ahead);
    }

    /** From first alert to last validation, milliseconds; empty while it is not resolved. */
    public static OptionalLong timeToRepairMillis(Incident incident) {
        return incident.state() == IncidentState.RESOLVED && incident.isClosed()
                ? OptionalLong.of(incident.closedAtMillis() - incident.openedAtMillis())
                : OptionalLong.empty();
    }

    /** How long mending may take, by the severity the incident has now. */
    public long promisedMillis(Incident incident) {
        return promisedMillis.get(incident.severity());
    }

    /** As of its last change. */
    public SlaRisk risk(Incident incident) {
        return risk(incident, incident.updatedAtMillis());
    }

    public SlaRisk risk(Incident incident, long nowMillis) {
        long promised = promisedMillis.get(incident.severity());
        long until = incident.isClosed() ? incident.closedAtMillis() : nowMillis;
        long used = until - incident.openedAtMillis();
        long expected = used + aheadMillis.get(incident.state());
        if (used > promised) {
            return SlaRisk.BREACHED;
        }
        if (expected > promised) {
            return SlaRisk.LIKELY;
        }
        return expected * 5 > promised * 4 ? SlaRisk.AT_RISK : SlaRisk.NONE;
    }
}
