// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.consensus;

import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.Finding;
import io.incidentcommander.model.consensus.FindingKind;
import io.incidentcommander.model.consensus.Roster;
import io.incidentcommander.model.consensus.Seat;
import io.incidentcommander.model.consensus.SignedVote;
import io.incidentcommander.udfs.consensus.RoundPolicy;
import io.incidentcommander.udfs.consensus.Step;
import java.util.Optional;

/**
 * What must hold after each step of one deliberation, by name: ONE decision, IN TIME, by TWO THIRDS
 * of the power, WANTED by an honest agent while less than a third lies; FAIR, no proof against an
 * honest agent; reputations within BOUNDS; never fewer than the LEAST voters; RESTORED, the same
 * state after a restore.
 */
final class Invariants {
    private static final int LEAST_VOTERS = 3;

    private final Company company;
    private final AgentBook book;
    private final String where;
    private Optional<Decision> decision = Optional.empty();

    /**
     * @param where what finds the step again: the seed and the decision
     */
    Invariants(Company company, AgentBook book, String where) {
        this.company = company;
        this.book = book;
        this.where = where;
    }

    void check(Step step, long nowMillis) {
        for (Finding finding : step.findings()) {
            require(
                    finding.kind().blame() != FindingKind.Blame.PROVEN
                            || company.isByzantine(finding.agent()),
                    "FAIR: proof against an honest agent: " + finding);
        }
        Roster roster = step.deliberation().terms().roster();
        require(
                roster.votingAgents() >= Math.min(LEAST_VOTERS, company.agents().size()),
                "LEAST: only " + roster.votingAgents() + " agents vote");
        require(book.isWithinBounds(nowMillis), "BOUNDS: a reputation outside [0,1]");
        if (step.decision().isPresent()) {
            require(decision.isEmpty(), "ONE: a second decision");
            decision = step.decision();
            check(decision.get());
        }
    }

    private void check(Decision made) {
        long after = made.outcome().decidedAtMillis() - openedAtMillis(made);
        require(
                after >= 0 && after <= RoundPolicy.MAX_DEADLOCK_MILLIS,
                "IN TIME: decided after " + after + " ms");
        if (made.status().agreed()) {
            Roster roster = made.certificate().last().terms().roster();
            require(
                    3L * made.outcome().support().powerPpm() > 2L * roster.eligiblePpm(),
                    "TWO THIRDS: decided by " + made.outcome().support());
            require(
                    3 * byzantinePpm(roster) >= Seat.WHOLE_PPM || isWantedByAnHonestAgent(made),
                    "WANTED: liars alone had " + made.outcome().action() + " decided");
        }
    }

    private static long openedAtMillis(Decision made) {
        return made.certificate().last().terms().openedAtMillis();
    }

    private int byzantinePpm(Roster roster) {
        return roster.seats().stream()
                .filter(seat -> company.isByzantine(seat.agent()))
                .mapToInt(Seat::powerPpm)
                .sum();
    }

    private boolean isWantedByAnHonestAgent(Decision made) {
        for (SignedVote vote : made.certificate().last().votes()) {
            if (!company.isByzantine(vote.agent())
                    && vote.action().equals(made.outcome().action())) {
                return true;
            }
        }
        return false;
    }

    /** Of a step that was made before, and lost. */
    void checkAgain(Step step) {
        require(
                step.decision().isEmpty() || step.decision().equals(decision),
                "ONE: another decision after a restore");
    }

    void checkRestored(boolean same) {
        require(same, "RESTORED: state differs after what came came again");
    }

    private void require(boolean holds, String invariant) {
        if (!holds) {
            throw new IllegalStateException(where + ": " + invariant);
        }
    }
}
