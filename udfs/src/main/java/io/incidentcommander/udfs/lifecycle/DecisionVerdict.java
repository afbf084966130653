// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.lifecycle;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.VerifiedOutcome;
import io.incidentcommander.model.lifecycle.IncidentCourse;
import io.incidentcommander.model.lifecycle.IncidentState;
import io.incidentcommander.model.lifecycle.LifecycleSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the decision that an incident's life follows turned out, as soon as that shows: right once
 * what was decided is verified, wrong if it is not, or if the incident comes back while regressions
 * are watched for. Whatever a human ends, and an action that could not be carried out, says nothing
 * of the decision. Pure; immutable.
 */
public final class DecisionVerdict {
    private final Optional<VerifiedOutcome> followed;
    private final List<VerifiedOutcome> outcomes;

    private DecisionVerdict(Optional<VerifiedOutcome> followed, List<VerifiedOutcome> outcomes) {
        this.followed = followed;
        this.outcomes = List.copyOf(outcomes);
    }

    /**
     * @param before the file before the turn
     * @param last what brought the turn about, empty for a decision; deadlines before it have been
     *     met in the turn too
     * @param made the decision that did so, if one did
     * @param followed as it was after the turn before
     */
    public static DecisionVerdict of(
            LifecycleFile before,
            LifecycleTurn turn,
            Optional<LifecycleSignal> last,
            Optional<Decision> made,
            Optional<VerifiedOutcome> followed,
            LifecyclePolicy policy) {
        Optional<VerifiedOutcome> now = followed;
        List<VerifiedOutcome> outcomes = new ArrayList<>();
        Optional<IncidentState> state = before.course().map(IncidentCourse::state);
        long since = before.course().map(IncidentCourse::phaseSinceMillis).orElse(0L);
        for (int i = 0; i < turn.events().size(); i++) {
            IncidentEvent event = turn.events().get(i);
            IncidentState next = event.incident().state();
            long time = event.eventTimeMillis();
            if (event.kind() == IncidentEventKind.MERGED) {
                break; // another incident goes on with it
            }
            boolean byHuman =
                    i == turn.events().size() - 1
                            && last.equals(Optional.of(LifecycleSignal.TAKEN_OVER));
            if (state.equals(Optional.of(IncidentState.DECIDING)) && isFollowing(next)) {
                now = made.or(before::decision).map(DecisionVerdict::ifItHolds);
            } else if (state.equals(Optional.of(IncidentState.VERIFYING))
                    && next != IncidentState.VERIFYING) {
                if (next == IncidentState.RESOLVED) {
                    now.map(o -> right(o, time)).ifPresent(outcomes::add);
                } else if (!byHuman) {
                    now.map(o -> wrong(o, time)).ifPresent(outcomes::add);
                }
            } else if (state.equals(Optional.of(IncidentState.RESOLVED))
                    && next != IncidentState.RESOLVED) {
                if (time <= since + policy.watchMillis()) {
                    now.map(o -> wrong(o, time)).ifPresent(outcomes::add);
                }
                now = Optional.empty();
            } else if (next == IncidentState.ESCALATED || next == IncidentState.RESOLVED) {
                now = Optional.empty(); // nothing of the decision, or no longer
            }
            since = state.equals(Optional.of(next)) ? since : time;
            state = Optional.of(next);
        }
        return new DecisionVerdict(
                turn.file().course().isEmpty() ? Optional.empty() : now, outcomes);
    }

    private static boolean isFollowing(IncidentState next) {
        return next == IncidentState.RESOLVING || next == IncidentState.VERIFYING;
    }

    private static VerifiedOutcome ifItHolds(Decision decision) {
        return VerifiedOutcome.right(
                decision.tenant(),
                decision.incidentId(),
                decision.attempt(),
                decision.action().id(),
                decision.outcome().decidedAtMillis());
    }

    private static VerifiedOutcome right(VerifiedOutcome followed, long time) {
        return VerifiedOutcome.right(
                followed.tenant(),
                followed.incidentId(),
                followed.attempt(),
                followed.right().orElseThrow(),
                time);
    }

    private static VerifiedOutcome wrong(VerifiedOutcome followed, long time) {
        return VerifiedOutcome.wrong(
                followed.tenant(),
                followed.incidentId(),
                followed.attempt(),
                followed.right().orElseThrow(),
                time);
    }

    /** What will be told if the decision that is followed now turns out right; to be kept. */
    public Optional<VerifiedOutcome> followed() {
        return followed;
    }

    /** To be told, in order. */
    public List<VerifiedOutcome> outcomes() {
        return outcomes;
    }
}
