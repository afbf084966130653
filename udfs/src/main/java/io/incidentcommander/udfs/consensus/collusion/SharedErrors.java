// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.collusion;

/**
 * How probable it is that an agent errs alike with another as often as it did, if it errs on its
 * own account.
 *
 * <p>Given are the other's votes and how often the agent erred in all. Where it errs is chance, by
 * how many of those that keep neither's company erred in the decision; and what it then votes for
 * is chance, by how many of these voted for the other's wrong action. So a decision that misled
 * everybody explains that it misled these two. The number of errors in common then has the
 * distribution of a conditional Bernoulli sampling (Fisher's exact test with unequal odds), which
 * is computed exactly.
 */
final class SharedErrors {
    /** Votes that the general rate of like errors weighs against those of one decision. */
    private static final double PRIOR_VOTES = 2;

    private final ErrorTable table;
    private final double same;

    SharedErrors(ErrorTable table) {
        this.table = table;
        this.same = table.sameWhenBothWrong();
    }

    /**
     * @param pivot whose votes are given
     * @return probability of at least as many errors in common as were seen, in [0,1]
     */
    double probability(int pivot, int agent) {
        int errors = table.errors(agent);
        int seen = table.alike(pivot, agent);
        // [errors so far][of these, alike]; alike beyond what was seen counts as seen
        double[][] odds = new double[errors + 1][seen + 1];
        odds[0][0] = 1;
        for (int d = 0; d < table.decisions().size(); d++) {
            if (table.voted(d, agent)) {
                add(odds, d, pivot, agent);
            }
        }
        double all = 0;
        for (double of : odds[errors]) {
            all += of;
        }
        return all > 0 ? odds[errors][seen] / all : 1;
    }

    private void add(double[][] odds, int d, int pivot, int agent) {
        boolean given = table.erred(d, pivot);
        double others = 1; // one in two erred, before anybody is looked at
        double wrong = 0.5;
        double alike = 0;
        double erring = 0;
        for (int k = 0; k < table.agents().size(); k++) {
            if (table.voted(d, k) && isOutside(k, pivot, agent)) {
                boolean erred = table.erred(d, k);
                others++;
                wrong += erred ? 1 : 0;
                erring += erred ? 1 : 0;
                alike += table.erredAlike(d, pivot, k) ? 1 : 0;
            }
        }
        double errs = wrong / (others - wrong);
        double errsAlike = given ? errs * (alike + PRIOR_VOTES * same) / (erring + PRIOR_VOTES) : 0;
        int seen = odds[0].length - 1;
        for (int e = odds.length - 1; e > 0; e--) {
            for (int a = seen; a >= 0; a--) {
                odds[e][a] += odds[e - 1][a] * (errs - errsAlike);
                if (a > 0) {
                    odds[e][a] += odds[e - 1][a - 1] * errsAlike;
                }
                if (a == seen) {
                    odds[e][a] += odds[e - 1][a] * errsAlike;
                }
            }
        }
    }

    private boolean isOutside(int k, int pivot, int agent) {
        return k != pivot && k != agent && !table.together(pivot, k) && !table.together(agent, k);
    }
}
