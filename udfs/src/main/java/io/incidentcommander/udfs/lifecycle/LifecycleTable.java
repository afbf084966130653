// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.lifecycle;

import static io.incidentcommander.model.lifecycle.IncidentState.DECIDING;
import static io.incidentcommander.model.lifecycle.IncidentState.DETECTED;
import static io.incidentcommander.model.lifecycle.IncidentState.DIAGNOSING;
import static io.incidentcommander.model.lifecycle.IncidentState.ESCALATED;
import static io.incidentcommander.model.lifecycle.IncidentState.RESOLVED;
import static io.incidentcommander.model.lifecycle.IncidentState.RESOLVING;
import static io.incidentcommander.model.lifecycle.IncidentState.VERIFYING;

import io.incidentcommander.model.lifecycle.IncidentState;
import io.incidentcommander.model.lifecycle.LifecycleSignal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The life of an incident, all of it: which signal leads from which state to which. What is not a
 * row does not happen. docs/lifecycle.md draws it.
 */
public final class LifecycleTable {
    private static final List<Transition> ROWS = new ArrayList<>();
    private static final Map<IncidentState, Map<LifecycleSignal, Transition>> BY_STATE =
            new EnumMap<>(IncidentState.class);

    static {
        // The road.
        row(DETECTED, LifecycleSignal.DEADLINE, DIAGNOSING); // siblings had time to join
        row(DIAGNOSING, LifecycleSignal.DIAGNOSED, DECIDING);
        row(DIAGNOSING, LifecycleSignal.DIAGNOSIS_FAILED, DECIDING);
        row(DIAGNOSING, LifecycleSignal.DEADLINE, DECIDING);
        row(DECIDING, LifecycleSignal.ACTION_DECIDED, RESOLVING);
        row(DECIDING, LifecycleSignal.NO_ACTION_DECIDED, VERIFYING);
        row(RESOLVING, LifecycleSignal.ACTION_DONE, VERIFYING);
        row(VERIFYING, LifecycleSignal.VALIDATED, RESOLVED);
        end(RESOLVED, LifecycleSignal.DEADLINE); // the regression watch is over

        // To a human.
        row(DECIDING, LifecycleSignal.HUMAN_DECIDED, ESCALATED);
        row(DECIDING, LifecycleSignal.DEADLINE, ESCALATED);
        row(RESOLVING, LifecycleSignal.ACTION_FAILED, ESCALATED);
        row(RESOLVING, LifecycleSignal.DEADLINE, ESCALATED);
        row(VERIFYING, LifecycleSignal.NOT_VALIDATED, ESCALATED);
        row(VERIFYING, LifecycleSignal.DEADLINE, ESCALATED);
        row(RESOLVED, LifecycleSignal.RETURNED_AGAIN, ESCALATED);
        row(ESCALATED, LifecycleSignal.DEADLINE, ESCALATED); // a reminder
        end(ESCALATED, LifecycleSignal.LAST_DEADLINE);

        // Back from a human, and back again.
        row(ESCALATED, LifecycleSignal.HANDED_BACK, DIAGNOSING);
        row(ESCALATED, LifecycleSignal.MENDED_BY_HUMAN, RESOLVED);
        row(ESCALATED, LifecycleSignal.VALIDATED, RESOLVED);
        row(RESOLVED, LifecycleSignal.RETURNED, DETECTED);

        // By itself.
        row(DETECTED, LifecycleSignal.QUIET, RESOLVED);
        row(DIAGNOSING, LifecycleSignal.QUIET, RESOLVED);
        row(DECIDING, LifecycleSignal.QUIET, RESOLVED);
        row(RESOLVING, LifecycleSignal.QUIET, RESOLVING); // what was begun is finished
        row(VERIFYING, LifecycleSignal.QUIET, RESOLVED);
        row(ESCALATED, LifecycleSignal.QUIET, RESOLVED);

        // News that changes no state.
        row(DECIDING, LifecycleSignal.DIAGNOSED, DECIDING); // late, and useful all the same
        row(RESOLVING, LifecycleSignal.APPROVAL_WANTED, RESOLVING);
        row(RESOLVING, LifecycleSignal.STEP_DONE, RESOLVING);
        row(ESCALATED, LifecycleSignal.STEP_DONE, ESCALATED);
        row(RESOLVED, LifecycleSignal.STEP_DONE, RESOLVED);
        for (IncidentState again : List.of(DETECTED, DIAGNOSING, DECIDING, VERIFYING)) {
            row(again, LifecycleSignal.STEP_DONE, again); // what was done before is taken back
            row(again, LifecycleSignal.ACTION_FAILED, ESCALATED); // or cannot be
        }
        row(ESCALATED, LifecycleSignal.ACTION_DONE, ESCALATED);
        row(ESCALATED, LifecycleSignal.ACTION_FAILED, ESCALATED);
        row(RESOLVED, LifecycleSignal.UPDATED, RESOLVED); // of before it was resolved
        for (IncidentState open :
                List.of(DETECTED, DIAGNOSING, DECIDING, RESOLVING, VERIFYING, ESCALATED)) {
            row(open, LifecycleSignal.UPDATED, open);
            row(open, LifecycleSignal.SEVERITY_SET, open);
            row(open, LifecycleSignal.ACKNOWLEDGED, open);
            row(open, LifecycleSignal.TAKEN_OVER, ESCALATED);
            end(open, LifecycleSignal.MERGED);
        }
        end(RESOLVED, LifecycleSignal.MERGED);
    }

    private LifecycleTable() {}

    /** All rows, in the order in which they are told. */
    public static List<Transition> rows() {
        return Collections.unmodifiableList(ROWS);
    }

    /** Empty: in this state the signal means nothing. */
    public static Optional<Transition> at(IncidentState state, LifecycleSignal signal) {
        return Optional.ofNullable(BY_STATE.getOrDefault(state, Map.of()).get(signal));
    }

    private static void row(IncidentState from, LifecycleSignal signal, IncidentState to) {
        add(new Transition(from, signal, Optional.of(to)));
    }

    private static void end(IncidentState from, LifecycleSignal signal) {
        add(new Transition(from, signal, Optional.empty()));
    }

    private static void add(Transition row) {
        ROWS.add(row);
        Transition before =
                BY_STATE.computeIfAbsent(row.from(), from -> new EnumMap<>(LifecycleSignal.class))
                        .put(row.signal(), row);
        if (before != null) {
            throw new IllegalStateException(before + " and " + row);
        }
    }
}
