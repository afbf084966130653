// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.resolution;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether what a person says about an action counts: it is for that action of that decision of that
 * incident, has not expired, is not the person's own wish, and was not used before. Pure. {@link
 * ResolutionPolicy} looks again when the approval is used.
 */
public final class ApprovalRules {
    private ApprovalRules() {}

    /**
     * @param command APPROVE or REJECT
     * @param awaited what waits under the decision of the command
     * @param known approvals of that decision
     * @param used ids of those that were used
     * @param rejection who said no before, and why
     * @param nowMillis epoch milliseconds
     */
    public static CommandAnswer judge(
            ActionCommand command,
            Optional<AwaitedAction> awaited,
            List<Approval> known,
            Set<String> used,
            Optional<String> rejection,
            long nowMillis) {
        if (command.expiresMillis() <= nowMillis) {
            return CommandAnswer.refused(
                    "it has expired at " + Instant.ofEpochMilli(command.expiresMillis()));
        }
        if (awaited.isEmpty()) {
            return CommandAnswer.notYet(
                    "no action of decision " + command.decisionId() + " waits for approval");
        }
        Optional<CommandAnswer> mistaken = mistaken(command, awaited.get());
        if (mistaken.isPresent()) {
            return mistaken.get();
        }
        if (rejection.isPresent()) {
            return CommandAnswer.stale("rejected by " + rejection.get());
        }
        return command.kind() == ActionCommand.Kind.REJECT
                ? reject(used)
                : approve(command, awaited.get(), known, used, nowMillis);
    }

    private static Optional<CommandAnswer> mistaken(ActionCommand command, AwaitedAction awaited) {
        if (!awaited.tenant().equals(command.update().tenant())
                || !awaited.incidentId().equals(command.update().id())) {
            return Optional.of(
                    CommandAnswer.refused(
                            "decision " + command.decisionId() + " is about another incident"));
        }
        return awaited.action().equals(command.action())
                ? Optional.empty()
                : Optional.of(
                        CommandAnswer.refused(
                                "what waits is action "
                                        + awaited.action().hex()
                                        + ", not "
                                        + command.action().hex()));
    }

    private static CommandAnswer reject(Set<String> used) {
        return used.isEmpty()
                ? CommandAnswer.applied("it is not carried out")
                : CommandAnswer.refused("it has begun; who takes the incident over stops it");
    }

    private static CommandAnswer approve(
            ActionCommand command,
            AwaitedAction awaited,
            List<Approval> known,
            Set<String> used,
            long nowMillis) {
        if (awaited.requesters().contains(command.person())) {
            return CommandAnswer.refused(
                    command.person() + " asked for it: somebody else has to approve of it");
        }
        if (nowMillis >= awaited.deadlineMillis()) {
            return CommandAnswer.refused(
                    "it waited until " + Instant.ofEpochMilli(awaited.deadlineMillis()));
        }
        for (Approval approval : known) {
            if (approval.person().equals(command.person())
                    && approval.action().equals(command.action())) {
                if (used.contains(approval.id())) {
                    return CommandAnswer.stale("it was used");
                }
                if (approval.expiresMillis() >= command.expiresMillis()) {
                    return CommandAnswer.stale("it is known");
                }
            }
        }
        return CommandAnswer.applied(
                "it holds until " + Instant.ofEpochMilli(command.expiresMillis()));
    }
}
