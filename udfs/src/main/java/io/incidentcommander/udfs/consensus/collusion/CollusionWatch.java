// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.collusion;

import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.consensus.FindingKind;
import io.incidentcommander.model.consensus.JudgedHistory;
import io.incidentcommander.model.consensus.VotesCast;
import io.incidentcommander.model.consensus.reputation.Evidence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Looks for agents that err together ({@link ErringTogether}) among the last {@value
 * JudgedHistory#MOST} judged decisions, whenever one is added in which two erred alike: nothing
 * else adds to the proof. Who is accused, is so for that decision; a piece of evidence for each.
 * Pure.
 */
public final class CollusionWatch {
    private CollusionWatch() {}

    /**
     * Takes an outcome in; late, repeated and contradictory ones included: what was verified later
     * stands.
     *
     * @param right the action that was right, if that is known
     * @param wrong the action that failed, if only that is known
     */
    public static Seen judged(
            JudgedHistory before,
            VotesCast votes,
            Optional<ActionId> right,
            Optional<ActionId> wrong,
            long verifiedAtMillis) {
        Optional<ActionId> held =
                before.entry(votes.decisionId()).flatMap(JudgedHistory.Entry::right);
        boolean refuted = right.isEmpty() && held.isPresent() && held.equals(wrong);
        if (right.isEmpty() && !refuted) {
            return new Seen(before, Map.of()); // nothing is said of who was right
        }
        JudgedHistory after = before.with(votes, right, verifiedAtMillis);
        return new Seen(after, after.count() > before.count() ? accused(after) : Map.of());
    }

    private static Map<String, JointErrors> accused(JudgedHistory history) {
        List<JudgedVotes> decisions = new ArrayList<>();
        for (JudgedHistory.Entry entry : history.entries()) {
            if (entry.right().isPresent()) {
                Map<String, String> actions = new TreeMap<>();
                entry.votes()
                        .actionByAgent()
                        .forEach((agent, action) -> actions.put(agent, action.hex()));
                decisions.add(
                        new JudgedVotes(
                                entry.votes().decisionId(), entry.right().get().hex(), actions));
            }
        }
        JudgedVotes newest = decisions.get(decisions.size() - 1);
        if (!newest.anyErredAlike()) {
            return Map.of();
        }
        Map<String, JointErrors> accused = new TreeMap<>();
        for (JointErrors found : ErringTogether.find(decisions)) {
            if (found.newest().equals(newest.decisionId())) {
                accused.put(found.agent(), found);
            }
        }
        return accused;
    }

    /** What is known afterwards, and who is accused of what. Immutable. */
    public static final class Seen {
        private final JudgedHistory history;
        private final Map<String, JointErrors> accused;

        private Seen(JudgedHistory history, Map<String, JointErrors> accused) {
            this.history = history;
            this.accused = accused;
        }

        public JudgedHistory history() {
            return history;
        }

        /** By agent, what it did with whom. */
        public Map<String, JointErrors> accused() {
            return Collections.unmodifiableMap(accused);
        }

        /** To be held against one of the accused. */
        public Evidence evidence(String agent, long nowMillis) {
            return new Evidence(
                    "collusion " + agent + " " + accused.get(agent).newest(),
                    FindingKind.COLLUSION.name(),
                    FindingKind.COLLUSION.points(),
                    nowMillis);
        }
    }
}
