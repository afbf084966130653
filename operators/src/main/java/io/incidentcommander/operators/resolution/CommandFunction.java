// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.resolution;

import io.incidentcommander.model.correlation.ControlReport;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.udfs.resolution.ActionCommand;
import io.incidentcommander.udfs.resolution.CommandAnswer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * From commands about actions to what became of them. A command is carried out in the ledger, which
 * those who act ask before every effect. Stops have a thread of their own and wait for nobody; who
 * approves of what is still on its way is heard again for some seconds. While the ledger is away, a
 * command is tried until it is there; past the time-out those that let something be done are given
 * up, and those that forbid it are tried on. Commands under way are state of Flink's and begin
 * again after a restore, which changes nothing that is done.
 */
public final class CommandFunction extends RichAsyncFunction<ControlUpdate, ControlReport> {
    private static final Logger LOG = LoggerFactory.getLogger(CommandFunction.class);
    private static final long serialVersionUID = 1L;

    /** How often, and how long apart, an approval is tried whose action is not known yet. */
    private static final int TRIES = 20;

    private static final long AGAIN_MILLIS = 250;

    private static final String TOO_LATE = "the ledger could not be reached in time: say it again";
    private static final String STILL_TRIED =
            "the ledger could not be reached in time: it is not done yet, and tried on";

    /** Approvals under way at once; further ones have to be said again. */
    private static final int MOST_CONSENTS = 128;

    private final CommandLedger.Opener ledgers;
    private final ActionClock clock;
    private final long approvalMillis;

    private transient CommandLedger ledger;
    private transient CommandDesk desk;
    private transient ScheduledExecutorService stops;
    private transient ScheduledExecutorService consents;
    private transient AtomicInteger consenting;

    /** What was reported as given up, and is still in line. */
    private transient Set<ResultFuture<ControlReport>> givenUp;

    /**
     * @param approvalMillis how long an approval holds that does not say it
     */
    public CommandFunction(CommandLedger.Opener ledgers, ActionClock clock, long approvalMillis) {
        this.ledgers = ledgers;
        this.clock = clock;
        this.approvalMillis = approvalMillis;
    }

    @Override
    public void open(OpenContext context) {
        ledger = ledgers.open();
        desk = new CommandDesk(ledger);
        consenting = new AtomicInteger();
        givenUp = ConcurrentHashMap.newKeySet();
        stops = Executors.newSingleThreadScheduledExecutor(r -> new Thread(r, "action-stops"));
        consents =
                Executors.newSingleThreadScheduledExecutor(r -> new Thread(r, "action-consents"));
        stops.execute(this::rehearse);
    }

    private void rehearse() {
        try {
            desk.rehearse();
        } catch (RuntimeException e) {
            LOG.error("An emergency stop could not be written now", e);
        }
    }

    @Override
    public void asyncInvoke(ControlUpdate update, ResultFuture<ControlReport> result) {
        ActionCommand command = ActionCommand.read(update, approvalMillis);
        if (command.kind() == ActionCommand.Kind.STOP
                || command.kind() == ActionCommand.Kind.RESUME) {
            stops.execute(
                    () -> take(command, 1, stops, result, answer -> end(command, answer, result)));
        } else if (consenting.incrementAndGet() > MOST_CONSENTS) {
            consenting.decrementAndGet();
            end(command, CommandAnswer.refused("too many at once: say it again"), result);
        } else {
            consents.execute(
                    () ->
                            take(
                                    command,
                                    1,
                                    consents,
                                    result,
                                    answer -> {
                                        consenting.decrementAndGet();
                                        end(command, answer, result);
                                    }));
        }
    }

    private void take(
            ActionCommand command,
            int round,
            ScheduledExecutorService thread,
            ResultFuture<ControlReport> result,
            Consumer<CommandAnswer> end) {
        if (givenUp.remove(result)) {
            end.accept(CommandAnswer.refused(TOO_LATE));
            return;
        }
        try {
            CommandAnswer answer = desk.take(command, clock.millis());
            if (answer.kind() == CommandAnswer.Kind.NOT_YET && round < TRIES) {
                again(command, round + 1, thread, result, end);
            } else {
                end.accept(answer);
            }
        } catch (ActionLedger.LedgerUnreachableException e) {
            LOG.error("{} is not carried out yet: {}", command, e.getMessage());
            again(command, round, thread, result, end);
        } catch (RuntimeException e) {
            LOG.error("{} ended in an error", command, e);
            end.accept(CommandAnswer.refused("an error: " + e));
        }
    }

    private void again(
            ActionCommand command,
            int round,
            ScheduledExecutorService thread,
            ResultFuture<ControlReport> result,
            Consumer<CommandAnswer> end) {
        try {
            thread.schedule(
                    () -> take(command, round, thread, result, end),
                    AGAIN_MILLIS,
                    TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.info("{} is left to the next who hears it", command);
        }
    }

    /** Whatever lets something be done is void from now on: nobody counts on it any more. */
    @Override
    public void timeout(ControlUpdate update, ResultFuture<ControlReport> result) {
        ActionCommand command = ActionCommand.read(update);
        if (command.kind() == ActionCommand.Kind.APPROVE
                || command.kind() == ActionCommand.Kind.RESUME) {
            givenUp.add(result);
            end(command, CommandAnswer.refused(TOO_LATE), result);
        } else {
            end(command, CommandAnswer.refused(STILL_TRIED), result);
        }
    }

    private static void end(
            ActionCommand command, CommandAnswer answer, ResultFuture<ControlReport> result) {
        LOG.warn("{}: {}", command, answer);
        result.complete(
                List.of(
                        new ControlReport(
                                command.update().toString(),
                                command.person(),
                                outcome(answer.kind()),
                                answer.reason(),
                                command.update().effectiveMillis())));
    }

    private static ControlReport.Outcome outcome(CommandAnswer.Kind kind) {
        switch (kind) {
            case APPLIED:
                return ControlReport.Outcome.APPLIED;
            case STALE:
                return ControlReport.Outcome.STALE;
            default:
                return ControlReport.Outcome.REFUSED;
        }
    }

    @Override
    public void close() {
        if (stops != null) {
            stops.shutdownNow();
            consents.shutdownNow();
        }
        if (ledger != null) {
            ledger.close();
        }
    }
}
