// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.communication;

import java.util.Locale;

/** A road to people. Ordinals are stored: append, never reorder. */
public enum ChannelKind {
    SLACK,
    PAGERDUTY,
    EMAIL,
    WEBHOOK,
    LOG;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** Lower case: in files, topics and keys. */
    public String word() {
        return word;
    }
}
