// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.consensus;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.consensus.CandidateList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One incident: four actions to choose from, one of them right, one tempting, one the lie. */
final class SimulatedIncident {
    private static final int ACTIONS = 4;
    private static final double HARD = 0.1;

    private final CandidateList candidates;
    private final List<ActionId> actions = new ArrayList<>();
    private final int right;
    private final int tempting;
    private final int lie;
    private final boolean hard;

    SimulatedIncident(Random random) {
        List<Action> ranked = new ArrayList<>();
        for (int i = 0; i < ACTIONS; i++) {
            ranked.add(new Action("runbook-" + i, "1", "service", Map.of()));
            actions.add(ranked.get(i).id());
        }
        candidates = CandidateList.of(ranked);
        right = random.nextInt(ACTIONS);
        tempting = other(random);
        lie = other(random);
        hard = random.nextDouble() < HARD;
    }

    private int other(Random random) {
        return (right + 1 + random.nextInt(ACTIONS - 1)) % ACTIONS;
    }

    CandidateList candidates() {
        return candidates;
    }

    ActionId right() {
        return actions.get(right);
    }

    /** The wrong action that attackers who act together agree on. */
    ActionId lie() {
        return actions.get(lie);
    }

    ActionId someWrong(Random random) {
        return actions.get(other(random));
    }

    ActionId any(Random random) {
        return actions.get(random.nextInt(ACTIONS));
    }

    /**
     * An honest agent's opinion. It errs in 6 of 100 incidents and in 20 of 100 that are hard, half
     * of the time for what tempts; asked again it looks anew, and errs half as often each time.
     * When it errs it is not sure: its confidence is below 0.6, the least that decides anything.
     *
     * @param round of this deliberation, from 1
     */
    Opinion honest(int round, Random random) {
        double errs = (hard ? 0.2 : 0.06) / (1 << (round - 1));
        if (random.nextDouble() < errs) {
            ActionId action = random.nextBoolean() ? actions.get(tempting) : someWrong(random);
            return new Opinion(action, 0.35 + 0.25 * random.nextDouble());
        }
        return new Opinion(right(), 0.72 + 0.25 * random.nextDouble());
    }
}
