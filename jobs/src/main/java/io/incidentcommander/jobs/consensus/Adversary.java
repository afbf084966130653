// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.consensus;

import io.incidentcommander.model.consensus.ActionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What Byzantine agents say, by the attack. They know the truth and each other. */
final class Adversary {
    private static final double SURE = 0.95;

    private final SimulationPlan plan;

    Adversary(SimulationPlan plan) {
        this.plan = plan;
    }

    /** Whether Byzantine agents, as such, misbehave in this decision of the simulation. */
    boolean strikes(int decision) {
        switch (plan.attack()) {
            case ON_OFF:
                return decision >= strikesFrom();
            case SLEEPER:
                return decision >= plan.rounds() / 10 && decision % 4 == 3;
            case COPYCAT:
                return decision % 3 == 2;
            default:
                return true;
        }
    }

    /** The first decision in which they strike. */
    int strikesFrom() {
        if (plan.attack() == Attack.ON_OFF) {
            return plan.rounds() / 3;
        }
        int first = 0;
        while (first < plan.rounds() && !strikes(first)) {
            first++;
        }
        return first;
    }

    /**
     * The opinions one agent sends in one round, in order: the first counts, unless the core is
     * deceived. Empty for silence.
     *
     * @param copied what an honest agent says in this round
     */
    List<Opinion> opinions(
            int decision, int round, SimulatedIncident incident, Opinion copied, Random random) {
        List<Opinion> said = new ArrayList<>();
        double drawn = random.nextDouble();
        ActionId alone = incident.someWrong(random);
        switch (plan.attack()) {
            case RANDOM:
                said.add(new Opinion(incident.any(random), drawn));
                break;
            case ALWAYS_WRONG:
                said.add(new Opinion(alone, 0.8));
                break;
            case CONSTANT_CONFIDENCE:
                said.add(new Opinion(drawn < 0.5 ? alone : incident.right(), 0.8));
                break;
            case OVERCONFIDENT:
                said.add(new Opinion(drawn < 0.6 ? alone : incident.right(), 1));
                break;
            case ON_OFF:
            case SLEEPER:
                said.add(
                        strikes(decision)
                                ? new Opinion(incident.lie(), SURE)
                                : new Opinion(incident.right(), 0.72 + 0.25 * drawn));
                break;
            case COPYCAT:
                said.add(strikes(decision) ? new Opinion(incident.lie(), SURE) : copied);
                break;
            case EQUIVOCATION:
                said.add(new Opinion(incident.right(), 0.85));
                said.add(new Opinion(incident.lie(), SURE));
                break;
            case WITHHOLDING:
                break;
            default: // COLLUSION, SYBIL, REPLAY, SLANDER
                said.add(new Opinion(incident.lie(), SURE));
        }
        return said;
    }

    /** Whether old votes, of whomever, are sent again in each round. */
    boolean repeatsVotes() {
        return plan.attack() == Attack.REPLAY || plan.attack() == Attack.SLANDER;
    }

    /** Whether votes are forged in the names of honest agents. */
    boolean forgesVotes() {
        return plan.attack() == Attack.SLANDER;
    }
}
