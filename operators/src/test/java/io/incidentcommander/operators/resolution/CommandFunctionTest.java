// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.resolution;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.correlation.ControlKind;
import io.incidentcommander.model.correlation.ControlReport;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.udfs.resolution.ActionCommand;
import io.incidentcommander.udfs.resolution.ActionStop;
import io.incidentcommander.udfs.resolution.Approval;
import io.incidentcommander.udfs.resolution.AwaitedAction;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.functions.DefaultOpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CommandFunctionTest {
    private static final long USUAL_MILLIS = 60_000;

    private static final ActionId ACTION = new Action("clean", "1", "disk", Map.of()).id();

    private final Table table = new Table();
    private final LinkedBlockingQueue<ControlReport> reports = new LinkedBlockingQueue<>();
    private final CommandFunction function =
            new CommandFunction(() -> table, clock(), USUAL_MILLIS);

    private static ActionClock clock() {
        return new ActionClock() {
            private static final long serialVersionUID = 1L;

            @Override
            public long millis() {
                return 0;
            }

            @Override
            public void pause() {}
        };
    }

    @BeforeEach
    void open() {
        function.open(DefaultOpenContext.INSTANCE);
    }

    @AfterEach
    void close() {
        function.close();
    }

    private ResultFuture<ControlReport> say(ControlUpdate update) {
        Report report = new Report();
        function.asyncInvoke(update, report);
        return report;
    }

    @Test
    void aStopIsTriedOnWhenItsTimeIsUpAndHoldsOnceTheLedgerIsBack() throws Exception {
        ControlUpdate stop = command("s-1", 1, "{command: stop, note: smoke}");
        ResultFuture<ControlReport> said = say(stop);
        table.awaitTries(2);
        function.timeout(stop, said);
        assertThat(reports.take().reason()).contains("not done yet, and tried on");
        assertThat(table.stops).isEmpty();

        table.isAway = false;
        table.stopped.await();
        assertThat(table.stops.values()).extracting(ActionStop::id).containsExactly("s-1");
    }

    @Test
    void whatLetsSomethingBeDoneIsVoidWhenItsTimeIsUp() throws Exception {
        table.isAway = false;
        say(command("s-1", 1, "{command: stop}"));
        assertThat(reports.take().outcome()).isEqualTo(ControlReport.Outcome.APPLIED);
        table.isAway = true;

        ControlUpdate resume = command("s-1", 2, "{command: resume}");
        ResultFuture<ControlReport> said = say(resume);
        table.awaitTries(2);
        function.timeout(resume, said);
        assertThat(reports.take().reason()).contains("say it again");

        // Stops are carried out one after the other: when this is, the other's turn is over.
        table.isAway = false;
        assertThat(reports.take().reason()).contains("say it again");
        say(command("s-2", 1, "{command: stop}"));
        assertThat(reports.take().outcome()).isEqualTo(ControlReport.Outcome.APPLIED);
        assertThat(table.stops).hasSize(1);
        assertThat(table.resumed).hasValue(0);
    }

    @Test
    void anApprovalThatDoesNotSayForHowLongHoldsAsLongAsIsUsualHere() throws Exception {
        table.isAway = false;
        table.awaited =
                Optional.of(new AwaitedAction("acme", "i", 1, "d", ACTION, Set.of(), 900_000));
        String said = "command: approve, decision: d, action: " + ACTION.hex();
        say(command("i", 1, "{" + said + "}"));
        assertThat(reports.take().outcome()).isEqualTo(ControlReport.Outcome.APPLIED);
        say(command("i", 2, "{" + said + ", ttl: 2 min}"));
        assertThat(reports.take().outcome()).isEqualTo(ControlReport.Outcome.APPLIED);
        assertThat(table.approved)
                .extracting(ActionCommand::expiresMillis)
                .containsExactly(USUAL_MILLIS, 120_000L);
    }

    @Test
    void aStopWaitsForNobodyWhoApproves() throws Exception {
        table.isAway = false;
        table.approvers = new CountDownLatch(1);
        say(command("i", 1, "{command: approve, decision: d, action: " + ACTION.hex() + "}"));
        say(command("s-1", 1, "{command: stop}"));
        ControlReport first = reports.poll(30, TimeUnit.SECONDS);
        table.approvers.countDown();
        assertThat(first).as("while the approval is looked up").isNotNull();
        assertThat(first.outcome()).isEqualTo(ControlReport.Outcome.APPLIED);
        assertThat(table.stops).hasSize(1);
    }

    @Test
    void whoeverBeginsHasWrittenBeforeAnythingIsSaid() throws Exception {
        Table ready = new Table();
        ready.isAway = false;
        CommandFunction beginning = new CommandFunction(() -> ready, clock(), USUAL_MILLIS);
        beginning.open(DefaultOpenContext.INSTANCE);
        assertThat(ready.written.poll(30, TimeUnit.SECONDS)).isEqualTo(ActionStop.ALL + 0);
        assertThat(ready.stops).isEmpty();
        beginning.close();
    }

    @Test
    void aStopThatCouldNotBeWrittenIsNotTakenForHeard() throws Exception {
        table.isAway = false;
        table.failing.set(1);
        say(command("s-1", 1, "{command: stop}"));
        assertThat(reports.take().outcome()).isEqualTo(ControlReport.Outcome.APPLIED);
        assertThat(table.stops).hasSize(1);
    }

    @Test
    void whatIsHeardAgainTakesNothingBackThatCameSince() throws Exception {
        table.isAway = false;
        assertThat(outcome("s-1", 1, "stop")).isEqualTo(ControlReport.Outcome.APPLIED);
        assertThat(outcome("s-2", 1, "stop")).isEqualTo(ControlReport.Outcome.APPLIED);
        assertThat(outcome("s-1", 2, "resume")).isEqualTo(ControlReport.Outcome.REFUSED);
        assertThat(table.stops.values()).extracting(ActionStop::id).containsExactly("s-2");
        assertThat(outcome("s-2", 2, "resume")).isEqualTo(ControlReport.Outcome.APPLIED);
        assertThat(outcome("s-1", 1, "stop")).isEqualTo(ControlReport.Outcome.STALE);
        assertThat(outcome("s-2", 1, "stop")).isEqualTo(ControlReport.Outcome.STALE);
        assertThat(table.stops).isEmpty();
    }

    private ControlReport.Outcome outcome(String id, long sequence, String word)
            throws InterruptedException {
        say(command(id, sequence, "{command: " + word + "}"));
        return reports.take().outcome();
    }

    private static ControlUpdate command(String id, long sequence, String body) {
        return ControlUpdate.set(ControlKind.COMMAND, "acme", id, sequence, 0, "cto", body);
    }

    /** Flink takes the first answer; here all are seen. */
    private final class Report implements ResultFuture<ControlReport> {
        @Override
        public void complete(Collection<ControlReport> result) {
            reports.addAll(result);
        }

        @Override
        public void completeExceptionally(Throwable error) {
            throw new AssertionError(error);
        }
    }

    /** A ledger of stops that can be away. */
    private static final class Table implements CommandLedger {
        private final Map<String, ActionStop> stops = new ConcurrentHashMap<>();
        private final Map<String, Long> sequences = new ConcurrentHashMap<>();
        private final AtomicInteger resumed = new AtomicInteger();
        private final CountDownLatch stopped = new CountDownLatch(1);
        private final LinkedBlockingQueue<String> tries = new LinkedBlockingQueue<>();
        private final LinkedBlockingQueue<String> written = new LinkedBlockingQueue<>();
        private final List<ActionCommand> approved = new CopyOnWriteArrayList<>();
        private volatile Optional<AwaitedAction> awaited = Optional.empty();
        private final AtomicInteger failing = new AtomicInteger();
        private volatile CountDownLatch approvers = new CountDownLatch(0);
        private volatile boolean isAway = true;

        void awaitTries(int count) throws InterruptedException {
            for (int i = 0; i < count; i++) {
                assertThat(tries.poll(30, TimeUnit.SECONDS)).isNotNull();
            }
        }

        private void ask() {
            if (isAway) {
                tries.add("a try");
                throw new ActionLedger.LedgerUnreachableException("away", null);
            }
        }

        @Override
        public long sequence(String tenant, String id) {
            if (id.isEmpty()) {
                return rehearsed();
            }
            ask();
            return sequences.getOrDefault(tenant + id, 0L);
        }

        private long rehearsed() {
            if (isAway) {
                throw new ActionLedger.LedgerUnreachableException("away", null);
            }
            return 0;
        }

        @Override
        public void remember(String tenant, String id, long sequence) {
            written.add(tenant + id + sequence);
            sequences.put(tenant + id, sequence);
        }

        @Override
        public Optional<ActionStop> stop(String scope) {
            return Optional.ofNullable(stops.get(scope));
        }

        @Override
        public void turnOn(ActionStop stop) {
            if (failing.getAndDecrement() > 0) {
                throw new ActionLedger.LedgerUnreachableException("away", null);
            }
            stops.put(stop.scope(), stop);
            stopped.countDown();
        }

        @Override
        public void turnOff(ActionStop stop) {
            resumed.incrementAndGet();
            stops.remove(stop.scope());
        }

        @Override
        public Optional<AwaitedAction> awaited(String decisionId) {
            ask();
            try {
                approvers.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return awaited;
        }

        @Override
        public List<Approval> approvals(String decisionId) {
            return List.of();
        }

        @Override
        public boolean isUsed(Approval approval) {
            return false;
        }

        @Override
        public Optional<String> rejection(String decisionId) {
            return Optional.empty();
        }

        @Override
        public boolean approve(ActionCommand approval) {
            return approved.add(approval);
        }

        @Override
        public void reject(AwaitedAction awaited, ActionCommand rejection) {
            throw new AssertionError("nothing waits");
        }

        @Override
        public void close() {}
    }
}
