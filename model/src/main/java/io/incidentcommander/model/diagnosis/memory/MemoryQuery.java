// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis.memory;

import java.util.Objects;

/** What is looked for: patterns of the same tenant that did not come from this incident. */
public final class MemoryQuery {
    /** Patterns asked for unless said otherwise. */
    public static final int DEFAULT_COUNT = 5;

    private final String tenant;
    private final String incidentId;
    private final String text;
    private final int count;

    /**
     * @param incidentId patterns of it, and derived from it, are not found
     * @param text how the incident looks, in words
     * @param count patterns wanted, at least 1
     */
    public MemoryQuery(String tenant, String incidentId, String text, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("At least one pattern, not " + count);
        }
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.incidentId = Objects.requireNonNull(incidentId, "incidentId");
        this.text = Objects.requireNonNull(text, "text");
        this.count = count;
    }

    public String tenant() {
        return tenant;
    }

    public String incidentId() {
        return incidentId;
    }

    public String text() {
        return text;
    }

    public int count() {
        return count;
    }

    @Override
    public String toString() {
        return count + " like " + incidentId + " of " + tenant;
    }
}
