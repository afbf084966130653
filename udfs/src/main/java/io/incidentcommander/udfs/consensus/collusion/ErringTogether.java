// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.collusion;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Finds agents that err together, in decisions whose outcome was verified. Votes for what was right
 * say nothing here, so honest agents may agree on the truth for ever.
 *
 * <p>Each agent is held against its company: those with whom it erred alike at least three times,
 * and in half of its errors or theirs. Given the agent's votes, whether one errs alike with it says
 * nothing of whether another does, if all err on their own account; so the probabilities of {@link
 * SharedErrors} are multiplied, and the product with the number of ways to choose so many out of
 * all, and with the number of agents and of sizes of company tried (Bonferroni). The more are in
 * it, the fewer errors in common prove it.
 *
 * <p>A decision in which so many voted for one wrong action that fewer than a third cannot have
 * been all of them misled honest agents too, and says nothing.
 */
public final class ErringTogether {
    private static final double CHANCE = 0.001;

    /** Of the votes for one wrong action: a third, and what honest errors may add. */
    private static final double MISLED_MANY = 0.4;

    private ErringTogether() {}

    /**
     * @param decisions the latest whose outcome is known, earliest first; some 20 to 100
     * @return by agent id
     */
    public static List<JointErrors> find(List<JudgedVotes> decisions) {
        ErrorTable table =
                new ErrorTable(
                        decisions.stream()
                                .filter(decision -> decision.mostAlikeInError() <= MISLED_MANY)
                                .collect(Collectors.toList()));
        SharedErrors shared = new SharedErrors(table);
        List<JointErrors> found = new ArrayList<>();
        for (int pivot = 0; pivot < table.agents().size(); pivot++) {
            Map<Integer, Double> company = company(table, shared, pivot);
            if (!company.isEmpty()) {
                hold(table, shared, pivot, company, found);
            }
        }
        return found;
    }

    private static Map<Integer, Double> company(ErrorTable table, SharedErrors shared, int pivot) {
        Map<Integer, Double> company = new TreeMap<>();
        for (int other = 0; other < table.agents().size(); other++) {
            if (other != pivot && table.together(pivot, other)) {
                company.put(other, shared.probability(pivot, other));
            }
        }
        return company;
    }

    /** Of the least probable ones as many as, taken together, are least to be explained. */
    private static void hold(
            ErrorTable table,
            SharedErrors shared,
            int pivot,
            Map<Integer, Double> company,
            List<JointErrors> found) {
        List<Integer> leastFirst =
                company.keySet().stream()
                        .sorted(Comparator.comparing(company::get))
                        .collect(Collectors.toList());
        int others = table.agents().size() - 1;
        double tried = Math.log((double) others * (others + 1));
        double least = Math.log(asPair(shared, pivot, leastFirst.get(0)) * others) + tried;
        int size = 1;
        double log = tried;
        for (int k = 0; k < leastFirst.size(); k++) {
            log += Math.log(company.get(leastFirst.get(k)));
            log += Math.log((double) (others - k) / (k + 1));
            if (log < least) {
                least = log;
                size = k + 1;
            }
        }
        if (least < Math.log(CHANCE)) {
            found.add(accusation(table, pivot, leastFirst.subList(0, size), Math.exp(least)));
        }
    }

    /** Of two, either may be the one whose votes are given. */
    private static double asPair(SharedErrors shared, int one, int other) {
        return 2 * Math.min(shared.probability(one, other), shared.probability(other, one));
    }

    private static JointErrors accusation(
            ErrorTable table, int pivot, List<Integer> company, double chance) {
        String agent = table.agents().get(pivot);
        List<String> names =
                company.stream().map(table.agents()::get).sorted().collect(Collectors.toList());
        List<JudgedVotes> shown = new ArrayList<>();
        int judged = 0;
        for (JudgedVotes decision : table.decisions()) {
            judged += decision.voted(agent) ? 1 : 0;
            if (names.stream().anyMatch(other -> decision.erredAlike(agent, other))) {
                shown.add(decision);
            }
        }
        return new JointErrors(agent, names, shown, judged, chance);
    }
}
