// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.resolution;

import io.incidentcommander.connectors.resolution.ActionItem;
import io.incidentcommander.connectors.resolution.ActionTable;
import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.operators.resolution.ActionLedger;
import io.incidentcommander.operators.resolution.CommandLedger;
import io.incidentcommander.udfs.resolution.ActionCommand;
import io.incidentcommander.udfs.resolution.ActionStop;
import io.incidentcommander.udfs.resolution.Approval;
import io.incidentcommander.udfs.resolution.AwaitedAction;
import io.incidentcommander.udfs.resolution.StepRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The ledger in an {@link ActionTable}: steps by token, stops, and approvals by decision and
 * number, {@value #MOST_APPROVALS} at most.
 */
public final class TableLedger implements ActionLedger, CommandLedger {
    /**
     * The id of the emergency stop: while there is such an item, and it is not OFF, none begins.
     */
    public static final String STOP_ALL = "stop#all";

    private static final String AWAITED = "awaited#";
    private static final String OFF = "OFF";
    private static final String STEP = "step#";

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

    /** What became of every step that ever was begun; for a replay. */
    public Map<UUID, StepRecord.Status> steps() {
        Map<UUID, StepRecord.Status> steps = new TreeMap<>();
        for (ActionItem item : asked(() -> table.all(STEP))) {
            steps.put(
                    UUID.fromString(item.id().substring(STEP.length())),
                    StepRecord.Status.valueOf(item.status()));
        }
        return steps;
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
    public StepRecord conclude(StepRecord result) {
        String id = step(result.token());
        boolean written =
                asked(
                        () -> {
                            String what = table.find(id).map(ActionItem::what).orElse("");
                            return table.replace(
                                    new ActionItem(
                                            id,
                                            result.status().name(),
                                            result.intentMillis(),
                                            what),
                                    StepRecord.Status.INTENT.name());
                        });
        return written ? result : find(result.token()).orElse(result);
    }

    @Override
    public Optional<String> stopped(String tenant, String incidentId, int attempt) {
        return stop(ActionStop.ALL)
                .or(() -> stop(tenant))
                .map(ActionStop::toString)
                .or(
                        () ->
                                asked(() -> table.find(stopOf(incidentId, attempt)))
                                        .map(item -> "stopped: " + item.what()));
    }

    @Override
    public Optional<ActionStop> stop(String scope) {
        return asked(() -> table.find(gate(scope)))
                .filter(item -> !item.status().equals(OFF))
                .map(
                        item ->
                                item.names().size() == 2
                                        ? new ActionStop(
                                                scope,
                                                item.names().get(0),
                                                item.names().get(1),
                                                item.what())
                                        : new ActionStop(scope, "", "hand", item.what()));
    }

    @Override
    public void turnOn(ActionStop stop) {
        write(gate(stop, ON));
    }

    @Override
    public void turnOff(ActionStop stop) {
        write(gate(stop, OFF));
    }

    private static ActionItem gate(ActionStop stop, String status) {
        return new ActionItem(
                gate(stop.scope()), status, 0, stop.note(), List.of(stop.id(), stop.person()));
    }

    private static String gate(String scope) {
        return scope.equals(ActionStop.ALL) ? STOP_ALL : "stop#tenant#" + scope;
    }

    @Override
    public long sequence(String tenant, String id) {
        return asked(() -> table.find(command(tenant, id))).map(ActionItem::timeMillis).orElse(0L);
    }

    @Override
    public void remember(String tenant, String id, long sequence) {
        write(new ActionItem(command(tenant, id), "HEARD", sequence, "the newest sequence"));
    }

    private static String command(String tenant, String id) {
        return "command#" + tenant + "#" + id;
    }

    private void write(ActionItem item) {
        asked(
                () -> {
                    table.put(item);
                    return true;
                });
    }

    @Override
    public void stop(String incidentId, int attempt) {
        asked(
                () ->
                        table.putIfAbsent(
                                new ActionItem(
                                        stopOf(incidentId, attempt),
                                        ON,
                                        0,
                                        "the incident went on without it")));
    }

    @Override
    public void await(AwaitedAction action) {
        List<String> names = new ArrayList<>();
        names.add(action.tenant());
        names.add(action.incidentId());
        names.add(Integer.toString(action.attempt()));
        names.addAll(action.requesters());
        asked(
                () ->
                        table.putIfAbsent(
                                new ActionItem(
                                        awaitedUnder(action.decisionId()),
                                        action.action().hex(),
                                        action.deadlineMillis(),
                                        "waits for approval",
                                        names)));
    }

    @Override
    public Optional<AwaitedAction> awaited(String decisionId) {
        return asked(() -> table.find(awaitedUnder(decisionId))).map(TableLedger::awaited);
    }

    /** All that ever waited for approval, what is over included; for people. */
    public List<AwaitedAction> awaited() {
        return asked(() -> table.all(AWAITED)).stream()
                .map(TableLedger::awaited)
                .collect(Collectors.toList());
    }

    private static AwaitedAction awaited(ActionItem item) {
        return new AwaitedAction(
                item.names().get(0),
                item.names().get(1),
                Integer.parseInt(item.names().get(2)),
                item.id().substring(AWAITED.length()),
                ActionId.ofHex(item.status()),
                Set.copyOf(item.names().subList(3, item.names().size())),
                item.timeMillis());
    }

    @Override
    public Optional<String> rejection(String decisionId) {
        return asked(() -> table.find(rejected(decisionId))).map(ActionItem::what);
    }

    @Override
    public void reject(AwaitedAction awaited, ActionCommand rejection) {
        String why = rejection.note().isEmpty() ? "" : ": " + rejection.note();
        ActionItem item =
                new ActionItem(
                        rejected(awaited.decisionId()),
                        awaited.action().hex(),
                        rejection.update().effectiveMillis(),
                        rejection.person() + why);
        asked(() -> table.putIfAbsent(item));
        stop(awaited.incidentId(), awaited.attempt());
    }

    @Override
    public boolean isUsed(Approval approval) {
        return asked(() -> table.find("used#" + approval.id())).isPresent();
    }

    @Override
    public boolean approve(ActionCommand approval) {
        return approve(
                approval.person(),
                approval.decisionId(),
                approval.action(),
                approval.expiresMillis());
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
     * Writes down that a person approves of an action of a decision; an approval of the same person
     * that is there is replaced.
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
            boolean own =
                    asked(() -> table.find(item.id()))
                            .filter(known -> known.what().equals(person))
                            .filter(known -> known.status().equals(action.hex()))
                            .isPresent();
            if (own) {
                return asked(() -> table.replace(item, action.hex()));
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

    /** The last one and the one before; whoever dies between the two writes them once more. */
    @Override
    public void worked(String tenant, ActionId action, String decisionId, long millis) {
        Optional<ActionItem> last = asked(() -> table.find(workedAs(tenant, action, 1)));
        if (last.filter(item -> item.status().equals(decisionId)).isPresent()) {
            return;
        }
        last.ifPresent(
                item ->
                        write(
                                new ActionItem(
                                        workedAs(tenant, action, 2),
                                        item.status(),
                                        item.timeMillis(),
                                        item.what())));
        write(new ActionItem(workedAs(tenant, action, 1), decisionId, millis, "it worked"));
    }

    @Override
    public int timesWorked(
            String tenant, ActionId action, String exceptDecisionId, long sinceMillis) {
        Set<String> decisions = new TreeSet<>();
        for (int n = 1; n <= 2; n++) {
            String id = workedAs(tenant, action, n);
            asked(() -> table.find(id))
                    .filter(item -> item.timeMillis() >= sinceMillis)
                    .map(ActionItem::status)
                    .ifPresent(decisions::add);
        }
        decisions.remove(exceptDecisionId);
        return decisions.size();
    }

    private static String workedAs(String tenant, ActionId action, int n) {
        return "worked#" + tenant + "#" + action.hex() + "#" + n;
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
        return STEP + token;
    }

    private static String awaitedUnder(String decisionId) {
        return AWAITED + decisionId;
    }

    private static String rejected(String decisionId) {
        return "rejected#" + decisionId;
    }

    private static String stopOf(String incidentId, int attempt) {
        return "stop#" + incidentId + "#" + attempt;
    }

    private static String approval(String decisionId, int n) {
        return "approval#" + decisionId + "#" + n;
    }
}
