// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.resolution;

import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.resolution.ActionOrder;
import io.incidentcommander.udfs.resolution.ActionPlan;
import io.incidentcommander.udfs.resolution.Approval;
import io.incidentcommander.udfs.resolution.AtMostOnce.Known;
import io.incidentcommander.udfs.resolution.AwaitedAction;
import io.incidentcommander.udfs.resolution.PlanStep;
import io.incidentcommander.udfs.resolution.Playbook;
import io.incidentcommander.udfs.resolution.StepRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A ledger and effects that write down what happens to them, and outlive whoever acts. Steps end as
 * soon as they are sent. Thread safe.
 */
final class RecordedWorld implements ActionLedger, Effects {
    private final Map<UUID, StepRecord> steps = new HashMap<>();
    private final Set<String> stops = new HashSet<>();
    private final List<Approval> approvals = new ArrayList<>();
    private final Map<String, String> used = new HashMap<>();
    private final List<String> sent = new ArrayList<>();
    private final Set<String> failing = new HashSet<>();
    private final Map<UUID, Known> known = new HashMap<>();
    private final Map<String, Deque<Known>> answers = new HashMap<>();
    private final Map<String, Integer> hidden = new HashMap<>();
    private Consumer<PlanStep> onSend = step -> {};
    private Runnable moment = () -> {};
    private final Map<String, Runnable> whileSending = new HashMap<>();
    private final Map<String, Runnable> whileGranting = new HashMap<>();
    private final Set<String> worked = new HashSet<>();
    private final Map<UUID, String> doneByAnother = new HashMap<>();
    private boolean stopped;
    private boolean unreachable;
    private int handsOpen;

    synchronized RecordedWorld onSend(Consumer<PlanStep> what) {
        onSend = what;
        return this;
    }

    /** Before and after whatever leaves something behind. */
    synchronized void atEachMoment(Runnable what) {
        moment = what;
    }

    private synchronized <T> T around(Supplier<T> what) {
        moment.run();
        T left = what.get();
        moment.run();
        return left;
    }

    /** Outside of any lock. */
    synchronized void whileSending(String step, Runnable what) {
        whileSending.put(step, what);
    }

    /** Before the step may be sent. Outside of any lock. */
    synchronized void whileGranting(String step, Runnable what) {
        whileGranting.put(step, what);
    }

    private synchronized Runnable whileGranting(PlanStep step) {
        return whileGranting.getOrDefault(step.name(), () -> {});
    }

    private synchronized Runnable whileSending(PlanStep step) {
        return whileSending.getOrDefault(step.name(), () -> {});
    }

    synchronized RecordedWorld failing(String step) {
        failing.add(step);
        return this;
    }

    /** What is answered to the next sendings of the step; what is not refused happens. */
    synchronized RecordedWorld answering(String step, Known... inTurn) {
        answers.put(step, new ArrayDeque<>(List.of(inTurn)));
        return this;
    }

    /** The next so many times somebody looks for the step, it is not to be seen yet. */
    synchronized RecordedWorld hiding(String step, int times) {
        hidden.put(step, times);
        return this;
    }

    /** Somebody else begins and ends the step just before its intent is written here. */
    synchronized void doneByAnother(String step, UUID token) {
        doneByAnother.put(token, step);
    }

    synchronized Set<String> approvalsUsed() {
        return new HashSet<>(used.keySet());
    }

    synchronized void stopAll() {
        stopped = true;
    }

    synchronized void reach(boolean isReachable) {
        unreachable = !isReachable;
    }

    synchronized void approve(Approval approval) {
        approvals.add(approval);
    }

    /** Names of the steps that had an effect, in order. */
    synchronized List<String> sent() {
        return new ArrayList<>(sent);
    }

    synchronized int handsOpen() {
        return handsOpen;
    }

    @Override
    public synchronized Optional<StepRecord> find(UUID token) {
        if (unreachable) {
            throw new LedgerUnreachableException("away", new IllegalStateException("away"));
        }
        return Optional.ofNullable(steps.get(token));
    }

    @Override
    public synchronized boolean intend(StepRecord intent, String what) {
        String step = doneByAnother.remove(intent.token());
        if (step != null) {
            steps.put(intent.token(), intent);
            sent.add(step);
            known.put(intent.token(), Known.SUCCEEDED);
        }
        return around(() -> steps.putIfAbsent(intent.token(), intent) == null);
    }

    @Override
    public synchronized StepRecord conclude(StepRecord result) {
        return around(
                () ->
                        steps.merge(
                                result.token(),
                                result,
                                (known, r) -> known.status().isFinal() ? known : r));
    }

    @Override
    public synchronized Optional<String> stopped(String tenant, String incidentId, int attempt) {
        return stopped || stops.contains(incidentId + attempt)
                ? Optional.of("stopped")
                : Optional.empty();
    }

    @Override
    public void await(AwaitedAction action) {}

    @Override
    public Optional<String> rejection(String decisionId) {
        return Optional.empty();
    }

    @Override
    public synchronized void stop(String incidentId, int attempt) {
        stops.add(incidentId + attempt);
    }

    @Override
    public synchronized List<Approval> approvals(String decisionId) {
        return new ArrayList<>(approvals);
    }

    @Override
    public synchronized boolean use(Approval approval) {
        return around(
                () ->
                        used.merge(approval.id(), approval.decisionId(), (by, now) -> by)
                                .equals(approval.decisionId()));
    }

    @Override
    public synchronized void worked(
            String tenant, ActionId action, String decisionId, long millis) {
        around(() -> worked.add(decisionId));
    }

    @Override
    public synchronized int timesWorked(
            String tenant, ActionId action, String exceptDecisionId, long sinceMillis) {
        return (int) worked.stream().filter(made -> !made.equals(exceptDecisionId)).count();
    }

    @Override
    public String mode() {
        return "recorded";
    }

    @Override
    public Optional<String> insteadOf(ActionPlan plan) {
        return Optional.empty();
    }

    @Override
    public synchronized Hands forAction(Playbook playbook, ActionOrder order) {
        handsOpen++;
        return new RecordedHands();
    }

    @Override
    public void close() {}

    private final class RecordedHands implements Hands {
        @Override
        public boolean isReady(PlanStep step, BooleanSupplier stopped) {
            whileGranting(step).run();
            return true;
        }

        @Override
        public Known start(PlanStep step) {
            whileSending(step).run();
            return around(() -> sent(step));
        }

        private Known sent(PlanStep step) {
            synchronized (RecordedWorld.this) {
                Deque<Known> inTurn = answers.getOrDefault(step.name(), new ArrayDeque<>());
                Known answer = inTurn.isEmpty() ? Known.RUNNING : inTurn.poll();
                if (answer == Known.FAILED) {
                    return answer;
                }
                sent.add(step.name());
                known.put(
                        step.token(),
                        failing.contains(step.name()) ? Known.FAILED : Known.SUCCEEDED);
                onSend.accept(step);
                return answer;
            }
        }

        @Override
        public Known lookUp(PlanStep step) {
            synchronized (RecordedWorld.this) {
                int left = hidden.merge(step.name(), -1, Integer::sum);
                return left >= 0 ? Known.UNKNOWN : known.getOrDefault(step.token(), Known.UNKNOWN);
            }
        }

        @Override
        public void close() {
            synchronized (RecordedWorld.this) {
                handsOpen--;
            }
        }
    }
}
