// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.resolution;

import io.incidentcommander.udfs.resolution.AllowList;
import io.incidentcommander.udfs.resolution.AtMostOnce;
import io.incidentcommander.udfs.resolution.Playbooks;
import io.incidentcommander.udfs.resolution.ResolutionPolicy;
import java.io.Serializable;
import java.util.Objects;

/** By what rules orders are carried out. Immutable. */
public final class ActionRules implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int MOST_TARGETS = 10;
    private static final double MOST_OF_FLEET = 0.5;

    /** How long the service surely knows a token, and until a human is asked. */
    private static final long TOKEN_MILLIS = 300_000;

    private static final long PATIENCE_MILLIS = 480_000;

    private final Playbooks playbooks;
    private final AllowList allowed;
    private final ChangeFreezes freezes;

    /** Without change freezes. */
    public ActionRules(Playbooks playbooks, AllowList allowed) {
        this(playbooks, allowed, ChangeFreezes.none());
    }

    public ActionRules(Playbooks playbooks, AllowList allowed, ChangeFreezes freezes) {
        this.playbooks = Objects.requireNonNull(playbooks, "playbooks");
        this.allowed = Objects.requireNonNull(allowed, "allowed");
        this.freezes = Objects.requireNonNull(freezes, "freezes");
    }

    Playbooks playbooks() {
        return playbooks;
    }

    AllowList allowed() {
        return allowed;
    }

    ChangeFreezes freezes() {
        return freezes;
    }

    ResolutionPolicy policy() {
        return new ResolutionPolicy(allowed.risks(), MOST_TARGETS, MOST_OF_FLEET);
    }

    static AtMostOnce atMostOnce() {
        return new AtMostOnce(TOKEN_MILLIS, PATIENCE_MILLIS);
    }
}
