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
 * Looks for agents that err together ({@link ErringTogether}) as outcomes become known: at every
 * fifth decision that is judged, among the last {@value JudgedHistory#MOST}. One piece of evidence
 * an agent in twenty decisions, however many it erred together with. Pure.
 */
public final class CollusionWatch {
    private static final int LOOK_EVERY = 5;
    private static final int EVIDENCE_ONCE_IN = 20;

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
        boolean looks = after.count() > before.count() && after.count() % LOOK_EVERY == 0;
        return new Seen(after, looks ? accused(after) : Map.of());
    }

    private static Map<String, JointErrors> accused(JudgedHistory history) {
        List<JudgedVotes> decisions = new ArrayList<>();
        for (JudgedHistory.Entry entry : history.entries()) {
            if (entry.right().isPresent()) {
                Map<String, String> actions = new TreeMap<>();
                entry.votes()
                        .actionByAgent()
                        .forEach((agent, action) -> actions.put(agent, action.hex()));
                decisions.add(new JudgedVotes(entry.right().get().hex(), actions));
            }
        }
        Map<String, JointErrors> accused = new TreeMap<>();
        for (JointErrors pair : ErringTogether.find(decisions)) {
            accused.merge(pair.one(), pair, CollusionWatch::worse);
            accused.merge(pair.other(), pair, CollusionWatch::worse);
        }
        return accused;
    }

    private static JointErrors worse(JointErrors one, JointErrors other) {
        return other.together() - other.expected() > one.together() - one.expected() ? other : one;
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

        /** By agent, what it did with whom: of several the one that chance explains least. */
        public Map<String, JointErrors> accused() {
            return Collections.unmodifiableMap(accused);
        }

        /** To be held against one of the accused. */
        public Evidence evidence(String agent, long nowMillis) {
            return new Evidence(
                    "collusion " + agent + " " + history.count() / EVIDENCE_ONCE_IN,
                    FindingKind.COLLUSION.name(),
                    FindingKind.COLLUSION.points(),
                    nowMillis);
        }
    }
}
