// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.collusion;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * An agent that erred alike with others more often than chance explains: the proof. Whoever has the
 * certificates of the decisions it names can count again, and finds the signed votes there.
 * Immutable.
 */
public final class JointErrors {
    private static final int NAMED = 8;

    private final String agent;
    private final List<String> company;
    private final List<JudgedVotes> decisions;
    private final int judged;
    private final double chance;

    /**
     * @param company with whom, by agent id
     * @param decisions in which the agent and at least one of them voted for the same wrong action,
     *     earliest first
     * @param judged decisions in which the agent voted
     * @param chance that some agent would do so in good faith, in [0,1]
     */
    JointErrors(
            String agent,
            List<String> company,
            List<JudgedVotes> decisions,
            int judged,
            double chance) {
        this.agent = agent;
        this.company = List.copyOf(company);
        this.decisions = List.copyOf(decisions);
        this.judged = judged;
        this.chance = chance;
    }

    public String agent() {
        return agent;
    }

    public List<String> company() {
        return company;
    }

    /** In which they erred alike, earliest first. */
    public List<JudgedVotes> decisions() {
        return decisions;
    }

    public double chance() {
        return chance;
    }

    /** The newest of {@link #decisions}: there is no further proof until there is another. */
    public String newest() {
        return decisions.get(decisions.size() - 1).decisionId();
    }

    /** One line; names the newest {@value #NAMED} decisions. */
    @Override
    public String toString() {
        return String.format(
                        Locale.ROOT,
                        "erred alike with %s in %d of %d decisions, which chance explains at %.1e;"
                                + " votes are in the certificates of: ",
                        String.join(", ", company),
                        decisions.size(),
                        judged,
                        chance)
                + decisions.stream()
                        .skip(Math.max(0, decisions.size() - NAMED))
                        .map(
                                decision ->
                                        decision.decisionId()
                                                + " (voted "
                                                + decision.actionOf(agent)
                                                + ", right was "
                                                + decision.right()
                                                + ")")
                        .collect(Collectors.joining(", "));
    }
}
