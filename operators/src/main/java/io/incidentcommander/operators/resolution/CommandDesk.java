// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.resolution;

import io.incidentcommander.udfs.resolution.ActionCommand;
import io.incidentcommander.udfs.resolution.ActionStop;
import io.incidentcommander.udfs.resolution.Approval;
import io.incidentcommander.udfs.resolution.ApprovalRules;
import io.incidentcommander.udfs.resolution.AwaitedAction;
import io.incidentcommander.udfs.resolution.CommandAnswer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Carries out commands about actions in the ledger; the same command twice does what it does once.
 * A stop is written before its sequence: whoever dies in between stops once more, and no command of
 * an old stop takes back a newer one.
 */
final class CommandDesk {
    private final CommandLedger ledger;

    CommandDesk(CommandLedger ledger) {
        this.ledger = ledger;
    }

    /**
     * Reads and writes in the ledger as a stop does, and says nothing: the id of a command is never
     * empty. So the first stop finds all at hand, and a ledger that would not take one is known
     * before it is said.
     */
    void rehearse() {
        long sequence = ledger.sequence(ActionStop.ALL, "");
        ledger.stop(ActionStop.ALL);
        ledger.remember(ActionStop.ALL, "", sequence);
    }

    /**
     * @param nowMillis epoch milliseconds
     */
    CommandAnswer take(ActionCommand command, long nowMillis) {
        switch (command.kind()) {
            case STOP:
            case RESUME:
                return gate(command);
            default:
                return consent(command, nowMillis);
        }
    }

    private CommandAnswer consent(ActionCommand command, long nowMillis) {
        Optional<AwaitedAction> awaited = ledger.awaited(command.decisionId());
        List<Approval> known = ledger.approvals(command.decisionId());
        Set<String> used =
                known.stream().filter(ledger::isUsed).map(Approval::id).collect(Collectors.toSet());
        CommandAnswer answer =
                ApprovalRules.judge(
                        command,
                        awaited,
                        known,
                        used,
                        ledger.rejection(command.decisionId()),
                        nowMillis);
        if (answer.kind() != CommandAnswer.Kind.APPLIED) {
            return answer;
        }
        if (command.kind() == ActionCommand.Kind.REJECT) {
            ledger.reject(awaited.orElseThrow(), command);
            return answer;
        }
        return ledger.approve(command)
                ? answer
                : CommandAnswer.refused("there are too many approvals of this decision");
    }

    private CommandAnswer gate(ActionCommand command) {
        ActionStop said = ActionStop.of(command);
        long sequence = command.update().sequence();
        if (ledger.sequence(said.scope(), said.id()) >= sequence) {
            return CommandAnswer.stale("a later or the same sequence of this stop is known");
        }
        CommandAnswer answer =
                command.kind() == ActionCommand.Kind.STOP ? turnOn(said) : turnOff(said);
        if (answer.kind() == CommandAnswer.Kind.APPLIED) {
            ledger.remember(said.scope(), said.id(), sequence);
        }
        return answer;
    }

    private CommandAnswer turnOn(ActionStop stop) {
        ledger.turnOn(stop);
        return CommandAnswer.applied(stop.toString());
    }

    private CommandAnswer turnOff(ActionStop said) {
        Optional<ActionStop> on = ledger.stop(said.scope());
        if (on.isEmpty()) {
            return CommandAnswer.stale("nothing is stopped");
        }
        if (!on.get().id().equals(said.id())) {
            return CommandAnswer.refused(on.get() + "; it is that id which has to be named");
        }
        ledger.turnOff(on.get());
        return CommandAnswer.applied("the stop of " + on.get().person() + " is over");
    }
}
