// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.resolution;

import java.util.List;
import java.util.Set;

/** What stands around an action at the time of asking. Immutable. */
public final class ActionSurroundings {
    private final long nowMillis;
    private final boolean stopped;
    private final boolean frozen;
    private final List<Approval> approvals;
    private final Set<String> usedApprovals;

    /**
     * @param nowMillis event time, epoch milliseconds
     * @param stopped the emergency stop is on
     * @param frozen a change freeze covers the service
     * @param approvals that were given, whatever they are for
     * @param usedApprovals ids of those that an action has used up
     */
    public ActionSurroundings(
            long nowMillis,
            boolean stopped,
            boolean frozen,
            List<Approval> approvals,
            Set<String> usedApprovals) {
        this.nowMillis = nowMillis;
        this.stopped = stopped;
        this.frozen = frozen;
        this.approvals = List.copyOf(approvals);
        this.usedApprovals = Set.copyOf(usedApprovals);
    }

    long nowMillis() {
        return nowMillis;
    }

    boolean isStopped() {
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
}
