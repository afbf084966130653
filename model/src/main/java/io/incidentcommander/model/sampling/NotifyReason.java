// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.sampling;

/** Why an alert goes on although, or because, it is known. Ordinals are stored: append only. */
public enum NotifyReason {
    /** Not known, or quiet for longer than the quiet period. */
    NEW("first of its fingerprint"),
    /** More severe than anything since it began to fire. */
    ESCALATED("more severe than before"),
    /** Fires again after it was resolved. */
    RETURNED("fires again after it was resolved"),
    RESOLVED("resolved"),
    /** Storms again after a pause that its rate does not explain. */
    RESUMED("storms again after a pause");

    private final String words;

    NotifyReason(String words) {
        this.words = words;
    }

    /** For an explanation. */
    public String words() {
        return words;
    }
}
