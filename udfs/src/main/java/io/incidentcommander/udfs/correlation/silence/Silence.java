// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.silence;

import io.incidentcommander.udfs.correlation.matching.Matchers;
import java.util.Objects;

/**
 * Somebody wants to hear nothing of certain alerts for a while, and says why. In force from its
 * start, up to but not including its end; epoch milliseconds of event time. Immutable.
 */
public final class Silence {
    private final String id;
    private final Matchers matchers;
    private final long startsAtMillis;
    private final long endsAtMillis;
    private final String owner;
    private final String reason;

    /**
     * @throws IllegalArgumentException if it would end before it starts, or match an alert without
     *     labels, or has no owner or reason
     */
    public Silence(
            String id,
            Matchers matchers,
            long startsAtMillis,
            long endsAtMillis,
            String owner,
            String reason) {
        this.id = required("an id", id);
        this.matchers = Objects.requireNonNull(matchers, "matchers");
        this.startsAtMillis = startsAtMillis;
        this.endsAtMillis = endsAtMillis;
        this.owner = required("an owner", owner);
        this.reason = required("a reason", reason);
        if (endsAtMillis <= startsAtMillis) {
            throw new IllegalArgumentException("silence " + id + " must end after it starts");
        }
        if (matchers.matchEmpty()) {
            throw new IllegalArgumentException(
                    "silence "
                            + id
                            + " would silence everything: a matcher is needed that does not match"
                            + " an empty value");
        }
    }

    public String id() {
        return id;
    }

    public Matchers matchers() {
        return matchers;
    }

    public long startsAtMillis() {
        return startsAtMillis;
    }

    public long endsAtMillis() {
        return endsAtMillis;
    }

    public String owner() {
        return owner;
    }

    public String reason() {
        return reason;
    }

    public boolean isInForceAt(long millis) {
        return startsAtMillis <= millis && millis < endsAtMillis;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Silence)) {
            return false;
        }
        Silence that = (Silence) other;
        return id.equals(that.id)
                && matchers.equals(that.matchers)
                && startsAtMillis == that.startsAtMillis
                && endsAtMillis == that.endsAtMillis
                && owner.equals(that.owner)
                && reason.equals(that.reason);
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, startsAtMillis, endsAtMillis);
    }

    @Override
    public String toString() {
        return id + " " + matchers;
    }

    private static String required(String what, String text) {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("a silence needs " + what);
        }
        return text;
    }
}
