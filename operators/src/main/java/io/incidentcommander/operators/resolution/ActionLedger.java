// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.resolution;

import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.udfs.resolution.Approval;
import io.incidentcommander.udfs.resolution.AwaitedAction;
import io.incidentcommander.udfs.resolution.StepRecord;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What survives whoever acts: intents and results of steps, stops, and approvals. Every read sees
 * every write before it. Calls block, for seconds at most. Thread safe.
 */
public interface ActionLedger extends AutoCloseable {
    /**
     * @throws LedgerUnreachableException as all of these, if nobody can say
     */
    Optional<StepRecord> find(UUID token);

    /**
     * Writes an intent on condition that nothing is there for its token.
     *
     * @param what for humans who read the ledger
     * @return whether it was this call that wrote it; false also if nobody can say whose it is
     */
    boolean intend(StepRecord intent, String what);

    /**
     * Writes a result over the intent; one that is there already stays.
     *
     * @return what stands there now
     */
    StepRecord conclude(StepRecord result);

    /** Why no step begins: everything was stopped, or the tenant, or this attempt. Else empty. */
    Optional<String> stopped(String tenant, String incidentId, int attempt);

    /** No further step of this attempt begins. */
    void stop(String incidentId, int attempt);

    /** Writes down that the action waits for people; once more changes nothing. */
    void await(AwaitedAction action);

    List<Approval> approvals(String decisionId);

    /** Who said no to the action that waits under the decision, and why. */
    Optional<String> rejection(String decisionId);

    /**
     * Uses up an approval.
     *
     * @return false if another decision used it before
     */
    boolean use(Approval approval);

    /** Writes down that the action of the decision mended what it was meant for. */
    void worked(String tenant, ActionId action, String decisionId, long millis);

    /** By how many other decisions it did so since then; no more than two are remembered. */
    int timesWorked(String tenant, ActionId action, String exceptDecisionId, long sinceMillis);

    @Override
    void close();

    /** Opens it where it is used. */
    @FunctionalInterface
    interface Opener extends Serializable {
        ActionLedger open();
    }

    /** Nobody can say what the ledger holds. */
    final class LedgerUnreachableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public LedgerUnreachableException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
