// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.quality;

/**
 * An alert with what became of it and what it really was; empty texts stand for none.
 *
 * @param disposition the ledger's word
 * @param incident the id of the incident it is part of
 * @param window the attack phase that was going on at its time
 * @param phase the attack phase that this very alert belongs to
 */
record LabelledAlert(String disposition, String incident, String window, String phase) {
    boolean isAttack() {
        return !phase.isEmpty();
    }

    boolean hasIncident() {
        return !incident.isEmpty();
    }

    /** Kept by itself, not stood for by another, and part of an incident. */
    boolean survives() {
        return hasIncident() && (disposition.equals("delivered") || disposition.equals("grouped"));
    }
}
