// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.resolution;

import io.incidentcommander.udfs.resolution.ActionCommand;
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
    private final int mostTargets;
    private final double mostOfFleet;
    private final long approvalMillis;

    /** Without change freezes. */
    public ActionRules(Playbooks playbooks, AllowList allowed) {
        this(playbooks, allowed, ChangeFreezes.none());
    }

    public ActionRules(Playbooks playbooks, AllowList allowed, ChangeFreezes freezes) {
        this(
                playbooks,
                allowed,
                freezes,
                MOST_TARGETS,
                MOST_OF_FLEET,
                ActionCommand.USUAL_TTL_MILLIS);
    }

    private ActionRules(
            Playbooks playbooks,
            AllowList allowed,
            ChangeFreezes freezes,
            int mostTargets,
            double mostOfFleet,
            long approvalMillis) {
        this.playbooks = Objects.requireNonNull(playbooks, "playbooks");
        this.allowed = Objects.requireNonNull(allowed, "allowed");
        this.freezes = Objects.requireNonNull(freezes, "freezes");
        this.mostTargets = mostTargets;
        this.mostOfFleet = mostOfFleet;
        this.approvalMillis = approvalMillis;
    }

    /**
     * @param targets instances that one action may change
     * @param ofFleet and the share of all of them, in (0, 1]
     */
    public ActionRules withBlastRadius(int targets, double ofFleet) {
        return new ActionRules(playbooks, allowed, freezes, targets, ofFleet, approvalMillis);
    }

    /**
     * @param millis how long an approval holds that does not say it
     */
    public ActionRules withApprovalsFor(long millis) {
        return new ActionRules(playbooks, allowed, freezes, mostTargets, mostOfFleet, millis);
    }

    /** How long an approval holds that does not say it. */
    public long approvalMillis() {
        return approvalMillis;
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
        return new ResolutionPolicy(allowed.risks(), mostTargets, mostOfFleet);
    }

    static AtMostOnce atMostOnce() {
        return new AtMostOnce(TOKEN_MILLIS, PATIENCE_MILLIS);
    }
}
