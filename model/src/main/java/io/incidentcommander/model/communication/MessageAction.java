// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.communication;

import java.util.Locale;

/** What a message does at its receiver. Ordinals are stored: append, never reorder. */
public enum MessageAction {
    /** The first of its incident for this contact. */
    ANNOUNCE,
    /** Takes the place of the one before, where the channel can do that. */
    UPDATE,
    /** A person has it: the channel stops calling others. */
    ACKNOWLEDGE,
    RESOLVE;

    /** Lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
