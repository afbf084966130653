// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.resolution;

import io.incidentcommander.connectors.resolution.ActionItem;
import io.incidentcommander.connectors.resolution.ActionTable;
import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.operators.resolution.ActionLedger;
import io.incidentcommander.udfs.resolution.Approval;
import io.incidentcommander.udfs.resolution.StepRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * The ledger in an {@link ActionTable}: steps by token, stops, and approvals by decision and
 * number, {@value #MOST_APPROVALS} at most.
 */
public final class TableLedger implements ActionLedger {
    /** The id of the emergency stop: while there is such an item, no step begins. */
    public static final String STOP_ALL = "stop#all";

    private static final int MOST_APPROVALS = 8;
    private static final String ON = "ON";

    private final ActionTable table;

    public TableLedger(ActionTable table) {
        this.table = table;
    }

    @Override
    public Optional<StepRecord> find(UUID token) {
        return asked(() -> table.find(step(token)))
                .map(
                        item ->
                                StepRecord.of(
                                        token,
                                        StepRecord.Status.valueOf(item.status()),
                                        item.timeMillis()));
    }

    @Override
    public boolean intend(StepRecord intent, String what) {
        return asked(
                () ->
                        table.putIfAbsent(
                                new ActionItem(
                                        step(intent.token()),
                                        intent.status().name(),
                                        intent.intentMillis(),
                                        what)));
    }

    @Override
    public void conclude(StepRecord result) {
        asked(
                () -> {
                    String id = step(result.token());
                    String what = table.find(id).map(ActionItem::what).orElse("");
                    return table.replace(
                            new ActionItem(id, result.status().name(), result.intentMillis(), what),
                            StepRecord.Status.INTENT.name());
                });
    }

    @Override
    public boolean isStopped(String incidentId, int attempt) {
        return asked(
                () ->
                        table.find(STOP_ALL).isPresent()
                                || table.find(stopOf(incidentId, attempt)).isPresent());
    }

    @Override
    public void stop(String incidentId, int attempt) {
        asked(
                () ->
                        table.putIfAbsent(
                                new ActionItem(stopOf(incidentId, attempt), ON, 0, "stopped")));
    }

    @Override
    public List<Approval> approvals(String decisionId) {
        List<Approval> approvals = new ArrayList<>();
        for (int n = 1; n <= MOST_APPROVALS; n++) {
            String id = approval(decisionId, n);
            Optional<ActionItem> item = asked(() -> table.find(id));
            if (item.isEmpty()) {
                break;
            }
            approvals.add(
                    new Approval(
                            id,
                            item.get().what(),
                            decisionId,
                            ActionId.ofHex(item.get().status()),
                            item.get().timeMillis()));
        }
        return approvals;
    }

    /**
     * Writes down that a person approves of an action of a decision.
     *
     * @param expiresMillis epoch milliseconds
     * @return false if there are as many approvals as there can be
     */
    public boolean approve(String person, String decisionId, ActionId action, long expiresMillis) {
        for (int n = 1; n <= MOST_APPROVALS; n++) {
            ActionItem item =
                    new ActionItem(approval(decisionId, n), action.hex(), expiresMillis, person);
            if (asked(() -> table.putIfAbsent(item))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean use(Approval approval) {
        String id = "used#" + approval.id();
        return asked(
                () ->
                        table.putIfAbsent(new ActionItem(id, approval.decisionId(), 0, "used"))
                                || table.find(id)
                                        .filter(i -> i.status().equals(approval.decisionId()))
                                        .isPresent());
    }

    @Override
    public void close() {
        table.close();
    }

    private static <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (CompletionException e) {
            throw new LedgerUnreachableException(
                    "the ledger of actions does not answer: " + e.getCause(), e);
        }
    }

    private static String step(UUID token) {
        return "step#" + token;
    }

    private static String stopOf(String incidentId, int attempt) {
        return "stop#" + incidentId + "#" + attempt;
    }

    private static String approval(String decisionId, int n) {
        return "approval#" + decisionId + "#" + n;
    }
}
