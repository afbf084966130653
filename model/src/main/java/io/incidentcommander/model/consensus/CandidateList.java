// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

import io.incidentcommander.model.codec.CanonicalReader;
import io.incidentcommander.model.codec.CanonicalWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The closed list of actions that a round votes on: at most {@value #MAX}, without repeats, always
 * with {@link Action#ESCALATE} and {@link Action#NO_ACTION}. Immutable.
 */
public final class CandidateList {
    /** The two that are always there included. */
    public static final int MAX = 8;

    private final List<Action> actions;

    private CandidateList(List<Action> actions) {
        this.actions = List.copyOf(actions);
    }

    /**
     * @param ranked the best first; those past the sixth that differ are left out
     */
    public static CandidateList of(Collection<Action> ranked) {
        Set<Action> kept = new LinkedHashSet<>();
        for (Action action : ranked) {
            if (kept.size() < MAX - 2
                    && !action.equals(Action.ESCALATE)
                    && !action.equals(Action.NO_ACTION)) {
                kept.add(action);
            }
        }
        kept.add(Action.ESCALATE);
        kept.add(Action.NO_ACTION);
        return new CandidateList(new ArrayList<>(kept));
    }

    /** This list with the proposals, in their order, as far as there is room. */
    public CandidateList extendedBy(Collection<Action> proposals) {
        List<Action> ranked = new ArrayList<>(actions);
        ranked.addAll(proposals);
        return of(ranked);
    }

    public List<Action> actions() {
        return actions;
    }

    public int size() {
        return actions.size();
    }

    /** The place of the action in {@link #actions}, or -1. */
    public int indexOf(ActionId id) {
        for (int i = 0; i < actions.size(); i++) {
            if (actions.get(i).id().equals(id)) {
                return i;
            }
        }
        return -1;
    }

    void write(CanonicalWriter out) {
        out.int32(actions.size());
        actions.forEach(action -> action.write(out));
    }

    static CandidateList read(CanonicalReader in) throws IOException {
        List<Action> actions = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            actions.add(Action.read(in));
        }
        return ofExactly(actions);
    }

    /**
     * As it was: the order is kept.
     *
     * @throws IllegalArgumentException if that is no list of candidates
     */
    public static CandidateList ofExactly(List<Action> actions) {
        if (!of(actions).actions.equals(actions)) {
            throw new IllegalArgumentException("Not a list of candidates: " + actions);
        }
        return new CandidateList(actions);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CandidateList && ((CandidateList) other).actions.equals(actions);
    }

    @Override
    public int hashCode() {
        return actions.hashCode();
    }

    @Override
    public String toString() {
        return actions.toString();
    }
}
