// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.sampling;

import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Fingerprint;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.sampling.AlertRun;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Collapses repeats before the shuffle: one {@link RunAccumulator} per (tenant, fingerprint,
 * source, severity, status), emptied into {@link AlertRun}s by {@link #flush}.
 *
 * <p>Accumulators outlive a flush, so that who knows a repeat by other means can keep hold of one
 * and add to it without looking it up. Forgetting one is harmless: a second one for the same alert
 * gives a second run, and runs merge. Bounded by the number of accumulators that are remembered,
 * and by the number of runs that are due, of which the caller learns by {@link #isFull}. Not thread
 * safe.
 */
public final class AlertBundle {
    private final Slices slices;
    private final int maxRuns;
    private final int maxRemembered;
    private final Sameness sameness;
    private final RepeatListener listener;
    private final Map<Key, RunAccumulator> remembered = new HashMap<>();
    private final List<RunAccumulator> filled = new ArrayList<>();
    private final List<AlertRun> completed = new ArrayList<>();

    /** Which alerts of a fingerprint, source, severity and status go into one run. */
    public enum Sameness {
        /** All of them; the run carries the content of whichever came first: for live input. */
        FINGERPRINT,
        /**
         * Those that say the same but for id and time, so that the run carries its first alert's
         * own content, whatever the order and distribution of the input: for finite input.
         */
        CONTENT
    }

    /** By {@link Sameness#FINGERPRINT}. */
    public AlertBundle(Slices slices, int maxRuns, int maxRemembered, RepeatListener listener) {
        this(slices, maxRuns, maxRemembered, Sameness.FINGERPRINT, listener);
    }

    /**
     * @param maxRuns runs due at which the bundle counts as full
     * @param maxRemembered accumulators remembered, with {@link Sameness#FINGERPRINT} across
     *     flushes
     */
    public AlertBundle(
            Slices slices,
            int maxRuns,
            int maxRemembered,
            Sameness sameness,
            RepeatListener listener) {
        this.slices = Objects.requireNonNull(slices, "slices");
        this.maxRuns = maxRuns;
        this.maxRemembered = maxRemembered;
        this.sameness = Objects.requireNonNull(sameness, "sameness");
        this.listener = Objects.requireNonNull(listener, "listener");
    }

    /**
     * The accumulator for alerts like this one.
     *
     * @param encoded the alert by {@code Alert.AlertCodec}, called for only if it is not known
     */
    public RunAccumulator accumulatorOf(Alert alert, AlertEncoder encoded) {
        Key key = new Key(alert, sameness);
        RunAccumulator known = remembered.get(key);
        if (known != null) {
            return known;
        }
        if (remembered.size() >= maxRemembered) {
            remembered.clear();
        }
        RunAccumulator fresh = new RunAccumulator(this, alert, encoded.encode(alert));
        remembered.put(key, fresh);
        return fresh;
    }

    /** Whether enough runs are due to be worth a flush. */
    public boolean isFull() {
        return filled.size() + completed.size() >= maxRuns;
    }

    public boolean isEmpty() {
        return filled.isEmpty() && completed.isEmpty();
    }

    /** Hands out all that was added since the last flush. */
    public void flush(Consumer<AlertRun> out) {
        completed.forEach(out);
        completed.clear();
        for (RunAccumulator accumulator : filled) {
            out.accept(accumulator.take());
        }
        filled.clear();
        if (sameness == Sameness.CONTENT) {
            remembered.clear();
        }
    }

    Slices slices() {
        return slices;
    }

    RepeatListener listener() {
        return listener;
    }

    void began(RunAccumulator accumulator) {
        filled.add(accumulator);
    }

    void completed(AlertRun run) {
        completed.add(run);
    }

    /** Encodes an alert; a function of its own so that it runs only for alerts not yet known. */
    @FunctionalInterface
    public interface AlertEncoder {
        byte[] encode(Alert alert);
    }

    /** Told of each alert that a run absorbs, that is which is neither its first nor its last. */
    @FunctionalInterface
    public interface RepeatListener {
        /** For runs in which repeats are explained in sum. */
        RepeatListener NONE = (repeat, representative) -> {};

        void absorbed(AlertId repeat, AlertId representative);
    }

    private static final class Key {
        private final String tenant;
        private final Fingerprint fingerprint;
        private final String source;
        private final Severity severity;
        private final AlertStatus status;
        private final Optional<Alert> content;

        Key(Alert alert, Sameness sameness) {
            this.tenant = alert.tenant();
            this.fingerprint = alert.fingerprint();
            this.source = alert.id().source();
            this.severity = alert.severity();
            this.status = alert.status();
            this.content =
                    sameness == Sameness.CONTENT
                            ? Optional.of(withoutIdAndTime(alert))
                            : Optional.empty();
        }

        private static Alert withoutIdAndTime(Alert alert) {
            return alert.toBuilder()
                    .id(new AlertId(alert.id().source(), "", 0, 0))
                    .eventTimeMillis(0)
                    .originalTimeMillis(0)
                    .build();
        }

        @Override
        public boolean equals(Object other) {
            if (!(other instanceof Key)) {
                return false;
            }
            Key that = (Key) other;
            return fingerprint.equals(that.fingerprint)
                    && severity == that.severity
                    && status == that.status
                    && source.equals(that.source)
                    && tenant.equals(that.tenant)
                    && content.equals(that.content);
        }

        @Override
        public int hashCode() {
            return fingerprint.hashCode() * 31 + severity.ordinal() * 7 + status.ordinal();
        }
    }
}
