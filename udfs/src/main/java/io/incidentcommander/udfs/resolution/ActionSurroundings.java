// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.resolution;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What stands around an action at the time of asking. Immutable. */
public final class ActionSurroundings {
    private final long nowMillis;
    private final Optional<String> stopped;
    private final boolean frozen;
    private final List<Approval> approvals;
    private final Set<String> usedApprovals;
    private final int workedBefore;

    /** As the other, where the action is new. */
    public ActionSurroundings(
            long nowMillis,
            Optional<String> stopped,
            boolean frozen,
            List<Approval> approvals,
            Set<String> usedApprovals) {
        this(nowMillis, stopped, frozen, approvals, usedApprovals, 0);
    }

    /**
     * @param nowMillis event time, epoch milliseconds
     * @param stopped why nothing may begin, if it is so
     * @param frozen a change freeze covers the service
     * @param approvals that were given, whatever they are for
     * @param usedApprovals ids of those that an action has used up
     * @param workedBefore how often the same action worked of late, and is wanted again
     */
    public ActionSurroundings(
            long nowMillis,
            Optional<String> stopped,
            boolean frozen,
            List<Approval> approvals,
            Set<String> usedApprovals,
            int workedBefore) {
        this.nowMillis = nowMillis;
        this.stopped = stopped;
        this.frozen = frozen;
        this.approvals = List.copyOf(approvals);
        this.usedApprovals = Set.copyOf(usedApprovals);
        this.workedBefore = workedBefore;
    }

    long nowMillis() {
        return nowMillis;
    }

    Optional<String> stopped() {
        return stopped;
    }

    boolean isFrozen() {
        return frozen;
    }

    List<Approval> approvals() {
        return approvals;
    }

    Set<String> usedApprovals() {
        return usedApprovals;
    }

    int workedBefore() {
        return workedBefore;
    }
}
