// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.resolution;

import io.incidentcommander.udfs.resolution.ActionCommand;
import io.incidentcommander.udfs.resolution.ActionStop;
import io.incidentcommander.udfs.resolution.Approval;
import io.incidentcommander.udfs.resolution.AwaitedAction;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * The part of the ledger that humans write by their commands, and those who act read. Every read
 * sees every write before it. Calls block, for seconds at most, and throw {@link
 * ActionLedger.LedgerUnreachableException} if nobody can say. Thread safe.
 */
public interface CommandLedger extends AutoCloseable {
    /** What waits for approval under a decision. */
    Optional<AwaitedAction> awaited(String decisionId);

    List<Approval> approvals(String decisionId);

    /** Whether an action used it up. */
    boolean isUsed(Approval approval);

    /** Who said no to the action that waits under the decision, and why. */
    Optional<String> rejection(String decisionId);

    /**
     * Writes down that a person approves; one of the same person that is there is replaced.
     *
     * @return false if there are as many approvals as there can be
     */
    boolean approve(ActionCommand approval);

    /** Writes down that a person says no: no step of it begins. */
    void reject(AwaitedAction awaited, ActionCommand rejection);

    /** The stop that is on for the scope. */
    Optional<ActionStop> stop(String scope);

    void turnOn(ActionStop stop);

    /** Takes back exactly this stop. */
    void turnOff(ActionStop stop);

    /** The highest sequence of commands of this tenant and id that was carried out; 0: none. */
    long sequence(String tenant, String id);

    void remember(String tenant, String id, long sequence);

    @Override
    void close();

    /** Opens it where it is used. */
    @FunctionalInterface
    interface Opener extends Serializable {
        CommandLedger open();
    }
}
