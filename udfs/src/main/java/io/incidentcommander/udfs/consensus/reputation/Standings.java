// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.reputation;

import io.incidentcommander.model.consensus.reputation.AgentStanding;
import io.incidentcommander.model.consensus.reputation.Evidence;
import io.incidentcommander.model.consensus.reputation.JudgedOutcome;
import io.incidentcommander.model.consensus.reputation.OutcomeVerdict;
import io.incidentcommander.model.consensus.reputation.TrustPhase;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Decides how far agents are trusted. Pure: the same standing, report and time give the same
 * result.
 *
 * <p>What an agent's outcomes and evidence come to does not depend on the order in which they are
 * reported, nor on how often: kept are the latest outcomes by time of decision and the strongest
 * evidence, each once. Only the phase has a history: {@link #at} is called before a round, never
 * within one, so that power changes between rounds only.
 */
public final class Standings implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Comparator<JudgedOutcome> BY_TIME =
            Comparator.comparingLong(JudgedOutcome::decidedAtMillis)
                    .thenComparing(JudgedOutcome::decisionId);

    private final StandingPolicy policy;

    public Standings(StandingPolicy policy) {
        this.policy = policy;
    }

    public StandingPolicy policy() {
        return policy;
    }

    /**
     * In [0,1]; quarantined agents have one too, moved by the outcomes of their powerless votes.
     */
    public Reputation reputation(AgentStanding standing, long nowMillis) {
        return policy.reputation().reputation(standing.outcomes(), nowMillis);
    }

    /** 0 to 100, from conduct that has not been answered for by a quarantine. */
    public Suspicion suspicion(AgentStanding standing, long nowMillis) {
        return policy.suspicion()
                .suspicion(
                        standing.outcomes(),
                        standing.evidence(),
                        standing.servedMillis(),
                        nowMillis);
    }

    /** What an agent's power is multiplied with before capping: 0 in quarantine, at most 1. */
    public double powerFactor(AgentStanding standing, long nowMillis) {
        if (standing.phase() == TrustPhase.QUARANTINED) {
            return 0;
        }
        double factor = policy.reputation().powerFactor(reputation(standing, nowMillis));
        return standing.phase() == TrustPhase.PROBATION
                ? factor * policy.quarantine().probationPower()
                : factor;
    }

    /** Takes a verified outcome in; late, repeated and contradictory ones included. */
    public StandingChange judged(AgentStanding standing, JudgedOutcome outcome) {
        List<JudgedOutcome> known = new ArrayList<>(standing.outcomes());
        Intake intake = Intake.COUNTED;
        for (int i = 0; i < known.size(); i++) {
            JudgedOutcome earlier = known.get(i);
            if (earlier.decisionId().equals(outcome.decisionId())) {
                if (!replaces(outcome, earlier)) {
                    return new StandingChange(
                            standing,
                            outcome.verdict() == earlier.verdict()
                                    ? Intake.DUPLICATE
                                    : Intake.SUPERSEDED);
                }
                intake =
                        outcome.verdict() == earlier.verdict()
                                ? Intake.DUPLICATE
                                : Intake.CORRECTED;
                known.remove(i);
                break;
            }
        }
        known.add(outcome);
        known.sort(BY_TIME);
        if (known.size() > policy.reputation().outcomesKept()) {
            if (known.remove(0) == outcome) {
                return new StandingChange(standing, Intake.FORGOTTEN);
            }
        }
        return new StandingChange(standing.withOutcomes(known), intake);
    }

    /** Verified later stands; at the same time, WRONG does. A total order, so any order agrees. */
    private static boolean replaces(JudgedOutcome next, JudgedOutcome known) {
        if (next.verifiedAtMillis() != known.verifiedAtMillis()) {
            return next.verifiedAtMillis() > known.verifiedAtMillis();
        }
        return next.verdict() == OutcomeVerdict.WRONG && known.verdict() == OutcomeVerdict.RIGHT;
    }

    /**
     * Takes evidence in; the same id counts once, as its strongest report has it, of reports that
     * are alike the earlier: a total order, so any order agrees.
     */
    public StandingChange suspected(AgentStanding standing, Evidence evidence) {
        Comparator<Evidence> strongestFirst =
                Comparator.comparingDouble(policy.suspicion()::lasting)
                        .reversed()
                        .thenComparing(Evidence::evidenceId)
                        .thenComparing(Evidence::kind)
                        .thenComparing(Evidence::atMillis)
                        .thenComparing(Evidence::points);
        List<Evidence> known = new ArrayList<>(standing.evidence());
        for (int i = 0; i < known.size(); i++) {
            if (known.get(i).evidenceId().equals(evidence.evidenceId())) {
                if (strongestFirst.compare(known.get(i), evidence) <= 0) {
                    return new StandingChange(standing, Intake.DUPLICATE);
                }
                known.remove(i);
                break;
            }
        }
        known.add(evidence);
        known.sort(strongestFirst);
        if (known.size() > policy.suspicion().evidenceKept()) {
            if (known.remove(known.size() - 1) == evidence) {
                return new StandingChange(standing, Intake.FORGOTTEN);
            }
        }
        return new StandingChange(standing.withEvidence(known), Intake.COUNTED);
    }

    /**
     * The standing at a time: into quarantine when suspicion is at the limit, out of it into
     * probation when its time is up, and from probation back to trust or to a longer quarantine.
     * Called again with the same time, it changes nothing.
     */
    public AgentStanding at(AgentStanding standing, long nowMillis) {
        AgentStanding now = standing;
        if (now.phase() == TrustPhase.QUARANTINED && nowMillis >= now.untilMillis()) {
            now = onProbation(now);
        }
        double limit =
                now.phase() == TrustPhase.PROBATION
                        ? policy.suspicion().probationLimit()
                        : policy.suspicion().limit();
        if (now.phase() != TrustPhase.QUARANTINED && suspicion(now, nowMillis).points() >= limit) {
            return quarantined(now, nowMillis);
        }
        if (now.phase() == TrustPhase.PROBATION && nowMillis >= now.untilMillis()) {
            return now.inPhase(
                    TrustPhase.TRUSTED,
                    now.untilMillis(),
                    AgentStanding.OPEN_ENDED,
                    now.servedMillis(),
                    now.offences());
        }
        return now;
    }

    private AgentStanding quarantined(AgentStanding standing, long nowMillis) {
        return standing.inPhase(
                TrustPhase.QUARANTINED,
                nowMillis,
                nowMillis + policy.quarantine().lengthMillis(standing.offences()),
                nowMillis,
                standing.offences() + 1);
    }

    private AgentStanding onProbation(AgentStanding standing) {
        return standing.inPhase(
                TrustPhase.PROBATION,
                standing.untilMillis(),
                standing.untilMillis() + policy.quarantine().probationMillis(),
                standing.servedMillis(),
                standing.offences());
    }
}
