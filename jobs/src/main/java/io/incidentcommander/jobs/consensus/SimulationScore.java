// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.consensus;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.consensus.Decision;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Counts what becomes of a simulation's decisions and agents. */
final class SimulationScore {
    private static final int STEADY = 10;

    private final Company company;
    private final int strikesFrom;
    private final Map<String, Integer> roundsToQuarantine = new TreeMap<>();
    private final Set<String> honestQuarantined = new TreeSet<>();
    private int decisions;
    private int wrong;
    private int undecided;
    private int escalated;
    private int lastTrouble = -1;
    private int rounds;

    SimulationScore(Company company, int strikesFrom) {
        this.company = company;
        this.strikesFrom = strikesFrom;
    }

    void count(int number, Decision decision, ActionId right, Set<String> quarantined) {
        rounds++;
        boolean agreed = decision.status().agreed();
        ActionId action = decision.outcome().action();
        boolean handedOver = action.equals(Action.ESCALATE.id());
        decisions += agreed ? 1 : 0;
        undecided += agreed ? 0 : 1;
        escalated += agreed && !handedOver ? 0 : 1;
        boolean isWrong = agreed && !handedOver && !action.equals(right);
        wrong += isWrong ? 1 : 0;
        if (number >= strikesFrom && (isWrong || !agreed)) {
            lastTrouble = trouble(number);
        }
        for (String agent : quarantined) {
            if (company.isByzantine(agent)) {
                roundsToQuarantine.putIfAbsent(agent, Math.max(0, number - strikesFrom));
            } else {
                honestQuarantined.add(agent);
            }
        }
    }

    /** Trouble after ten good decisions in a row is a new one: the first has been got over. */
    private int trouble(int number) {
        boolean overcome = number - Math.max(lastTrouble, strikesFrom - 1) > STEADY;
        return overcome ? lastTrouble : number;
    }

    SimulationResult result(
            SimulationPlan plan, Map<String, Baselines.Score> baselines, Faults faults) {
        return new SimulationResult(
                plan,
                company.byzantine().size(),
                company.byzantinePpm(),
                new int[] {
                    decisions,
                    wrong,
                    undecided,
                    escalated,
                    roundsToQuarantine.size(),
                    honestQuarantined.size(),
                    lastTrouble < 0 ? 0 : Math.min(rounds, lastTrouble + 1) - strikesFrom
                },
                roundsToQuarantine.values().stream().mapToInt(i -> i).sorted().toArray(),
                baselines,
                faults);
    }
}
