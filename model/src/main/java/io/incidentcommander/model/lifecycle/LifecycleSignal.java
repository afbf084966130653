// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.lifecycle;

import java.util.Locale;

/** What can happen to an incident. Ordinals are stored: append, never reorder. */
public enum LifecycleSignal {
    /** Correlation tells of it for the first time. */
    OPENED,
    /** It grew, or is seen in another light. */
    UPDATED,
    /** Correlation has heard nothing of it for as long as it waits. */
    QUIET,
    /** Another incident took it over. */
    MERGED,
    DIAGNOSED,
    /** Nobody could say what it is. */
    DIAGNOSIS_FAILED,
    /** The agents agreed on an action that may run. */
    ACTION_DECIDED,
    /** The agents agreed that nothing is to be done. */
    NO_ACTION_DECIDED,
    /** The agents want a human, or could not agree. */
    HUMAN_DECIDED,
    /** A step of the action is done; more follow. */
    STEP_DONE,
    ACTION_DONE,
    /** The action was refused by policy, or failed; rolled back or not. */
    ACTION_FAILED,
    /** The signs of the incident are gone. */
    VALIDATED,
    /** They are still there after the action. */
    NOT_VALIDATED,
    /** The same problem is back for the first time. */
    RETURNED,
    /** It is back although it was mended twice. */
    RETURNED_AGAIN,
    /** A human takes it into hand. */
    TAKEN_OVER,
    /** The human gives it back. */
    HANDED_BACK,
    /** The human has mended it. */
    MENDED_BY_HUMAN,
    /** A human says how bad it is; that stands. */
    SEVERITY_SET,
    /** A human has seen it. */
    ACKNOWLEDGED,
    /** The time of the phase is over. */
    DEADLINE,
    /** As DEADLINE, after the last reminder. */
    LAST_DEADLINE,
    /** The action waits for people to approve of it. */
    APPROVAL_WANTED;

    /** The word in drawings and events. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
