// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.resolution;

import io.incidentcommander.model.consensus.ActionId;
import java.util.Objects;

/** One person's consent to one action of one decision, until a time. Immutable. */
public final class Approval {
    private final String id;
    private final String person;
    private final String decisionId;
    private final ActionId action;
    private final long expiresMillis;

    /**
     * @param id of this approval; it is used once
     * @param person who gave it, as identified by the console or the control stream
     * @param expiresMillis event time, epoch milliseconds; exclusive
     */
    public Approval(
            String id, String person, String decisionId, ActionId action, long expiresMillis) {
        this.id = Objects.requireNonNull(id, "id");
        this.person = Objects.requireNonNull(person, "person");
        this.decisionId = Objects.requireNonNull(decisionId, "decisionId");
        this.action = Objects.requireNonNull(action, "action");
        this.expiresMillis = expiresMillis;
    }

    public String id() {
        return id;
    }

    public String person() {
        return person;
    }

    public String decisionId() {
        return decisionId;
    }

    public ActionId action() {
        return action;
    }

    public long expiresMillis() {
        return expiresMillis;
    }
}
