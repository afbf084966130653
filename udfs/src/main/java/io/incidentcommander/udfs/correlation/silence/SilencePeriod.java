// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.silence;

import io.incidentcommander.udfs.correlation.calendar.TimeText;
import java.util.Objects;

/**
 * When a silence really is in force: its own time, less what passed before it was told of, less
 * what remained when it was changed or withdrawn. Epoch milliseconds, from inclusive, until
 * exclusive. Immutable.
 */
public final class SilencePeriod {
    private final Silence silence;
    private final long fromMillis;
    private final long untilMillis;

    private SilencePeriod(Silence silence, long fromMillis, long untilMillis) {
        this.silence = Objects.requireNonNull(silence, "silence");
        this.fromMillis = fromMillis;
        this.untilMillis = untilMillis;
    }

    /** Told of at {@code effectiveMillis}. */
    public static SilencePeriod of(Silence silence, long effectiveMillis) {
        return new SilencePeriod(
                silence,
                Math.max(effectiveMillis, silence.startsAtMillis()),
                silence.endsAtMillis());
    }

    /** Changed or withdrawn at that time. */
    public SilencePeriod endedAt(long millis) {
        return new SilencePeriod(silence, fromMillis, Math.min(untilMillis, millis));
    }

    public Silence silence() {
        return silence;
    }

    public long untilMillis() {
        return untilMillis;
    }

    public boolean isEmpty() {
        return untilMillis <= fromMillis;
    }

    public boolean holdsAt(long millis) {
        return fromMillis <= millis && millis < untilMillis;
    }

    /** Which, whose, until when and why, for whoever asks at night. */
    public String words() {
        return "silence "
                + silence.id()
                + " of "
                + silence.owner()
                + " until "
                + TimeText.of(untilMillis)
                + ": "
                + silence.reason();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SilencePeriod
                && ((SilencePeriod) other).silence.equals(silence)
                && ((SilencePeriod) other).fromMillis == fromMillis
                && ((SilencePeriod) other).untilMillis == untilMillis;
    }

    @Override
    public int hashCode() {
        return Objects.hash(silence, fromMillis, untilMillis);
    }

    @Override
    public String toString() {
        return words();
    }
}
