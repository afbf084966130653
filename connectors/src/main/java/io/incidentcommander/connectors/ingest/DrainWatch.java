// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.flink.api.connector.source.SourceSplit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows up to when one reader has provably emitted everything. {@link #tick()} looks, on the
 * probe's thread; all else is called by the task.
 *
 * <p>It looks only while the reader is idle: its last poll found nothing, and its splits are
 * settled. The moment it vouches for is the one before it asked, so the answer stays true however
 * much later the task takes it.
 */
final class DrainWatch<SplitT extends SourceSplit> {
    private static final Logger LOG = LoggerFactory.getLogger(DrainWatch.class);

    private final WallClock clock;
    private final Supplier<DrainProbe<SplitT>> probes;
    private final Map<String, SplitProgress<SplitT>> splits = new ConcurrentHashMap<>();
    private volatile Optional<DrainProbe<SplitT>> probe = Optional.empty();
    private boolean failedBefore;
    private volatile boolean cancelled;
    private volatile boolean idle;
    private volatile boolean settled;
    private volatile OptionalLong drainedUntil = OptionalLong.empty();
    private volatile CompletableFuture<Void> wake = new CompletableFuture<>();

    DrainWatch(WallClock clock, Supplier<DrainProbe<SplitT>> probes) {
        this.clock = clock;
        this.probes = probes;
    }

    SplitProgress<SplitT> add(SplitT split) {
        return splits.computeIfAbsent(split.splitId(), id -> new SplitProgress<>(split));
    }

    Optional<SplitProgress<SplitT>> progress(String splitId) {
        return Optional.ofNullable(splits.get(splitId));
    }

    void remove(String splitId) {
        splits.remove(splitId);
    }

    /** The reader has been given every split that is known to be its own. */
    void settled() {
        settled = true;
    }

    /** The last poll found nothing, or it found something. */
    void idle(boolean nothingFound) {
        idle = nothingFound;
    }

    /** Completed when {@link #takeDrainedUntil()} has something. */
    CompletableFuture<Void> wake() {
        return wake;
    }

    /** The moment (epoch ms) up to which all was emitted, once for each time that was shown. */
    OptionalLong takeDrainedUntil() {
        if (wake.isDone()) {
            wake = new CompletableFuture<>(); // before the answer is read: none is slept through
        }
        OptionalLong taken = drainedUntil;
        drainedUntil = OptionalLong.empty();
        return taken;
    }

    /** Looks, if the reader is idle. */
    void tick() {
        if (!idle || !settled) {
            return;
        }
        long moment = clock.millis();
        if (isDrained()) {
            drainedUntil = OptionalLong.of(moment);
            wake.complete(null);
        }
    }

    /** Ends a look that is under way, from any thread. */
    void cancel() {
        cancelled = true;
        probe.ifPresent(DrainProbe::cancel);
    }

    /** On the probe's thread. */
    void close() {
        probe.ifPresent(DrainProbe::close);
    }

    private boolean isDrained() {
        try {
            if (probe.isEmpty()) {
                probe = Optional.of(probes.get());
            }
            boolean drained = probe.get().isDrained(splits.values());
            failedBefore = false;
            return drained;
        } catch (Exception | LinkageError e) {
            // Not knowing is an answer: time does not advance. The reader itself decides whether an
            // unreachable source fails the job.
            if (!failedBefore && !cancelled) {
                LOG.warn(
                        "Whether the source is drained cannot be known, so no heartbeat is sent",
                        e);
            }
            failedBefore = true;
            return false;
        }
    }
}
