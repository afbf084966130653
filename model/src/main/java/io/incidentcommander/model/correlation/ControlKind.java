// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.correlation;

import java.util.Locale;

/** What a control update is about. Ordinals are stored: append, never reorder. */
public enum ControlKind {
    /** One silence, by its id. */
    SILENCE,
    /** A control file as a whole, by its name: rules, catalogue, topology. */
    DOCUMENT,
    /** What a human says to one incident, by its id; not a rule. */
    COMMAND,
    /**
     * Those who call something outside are to start anew, by its name; not a rule. Does the same
     * with and without a body.
     */
    RESET,
    /** That somebody changed a service, by the id of the change; of what is told, not a rule. */
    CHANGE;

    /** The word in a control message. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
