// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import io.incidentcommander.connectors.resilience.RetryDelay;
import java.io.Serializable;
import java.time.Duration;

/** How the event sink bounds, times and repeats its calls. Immutable; begins with the defaults. */
public final class EventSinkOptions implements Serializable {
    private static final long serialVersionUID = 1L;

    private final int maxInFlight;
    private final int maxPendingEvents;
    private final long maxPendingBytes;
    private final int maxPredecessorWaits;
    private final long requestTimeoutMillis;
    private final RetryDelay backoff;
    private final boolean spare;

    private EventSinkOptions(
            int maxInFlight,
            int maxPendingEvents,
            long maxPendingBytes,
            int maxPredecessorWaits,
            long requestTimeoutMillis,
            RetryDelay backoff,
            boolean spare) {
        if (maxInFlight <= 0 || maxPendingEvents <= 0 || maxPendingBytes <= 0) {
            throw new IllegalArgumentException("The bounds of the event sink are positive");
        }
        this.maxInFlight = maxInFlight;
        this.maxPendingEvents = maxPendingEvents;
        this.maxPendingBytes = maxPendingBytes;
        this.maxPredecessorWaits = maxPredecessorWaits;
        this.requestTimeoutMillis = requestTimeoutMillis;
        this.backoff = backoff;
        this.spare = spare;
    }

    /**
     * 50 appends under way, 10,000 events or 64 MiB unwritten, 5 s a call, delays from 100 ms to 5
     * s, and 60 such delays (about 4 min) for a predecessor to come.
     */
    public static EventSinkOptions defaults() {
        return new EventSinkOptions(
                50,
                10_000,
                64L << 20,
                60,
                5_000,
                RetryDelay.of(
                        RetryDelay.Growth.EXPONENTIAL,
                        Duration.ofMillis(100),
                        Duration.ofMillis(5_000)),
                false);
    }

    /** Appends under way at once, all incidents together. */
    public EventSinkOptions withMaxInFlight(int appends) {
        return new EventSinkOptions(
                appends,
                maxPendingEvents,
                maxPendingBytes,
                maxPredecessorWaits,
                requestTimeoutMillis,
                backoff,
                spare);
    }

    /** How much may be unwritten, hence in state, before the sink blocks: whichever comes first. */
    public EventSinkOptions withMaxPending(int events, long bytes) {
        return new EventSinkOptions(
                maxInFlight,
                events,
                bytes,
                maxPredecessorWaits,
                requestTimeoutMillis,
                backoff,
                spare);
    }

    /** How often an event is tried that finds the chain behind its predecessor. */
    public EventSinkOptions withMaxPredecessorWaits(int waits) {
        return new EventSinkOptions(
                maxInFlight,
                maxPendingEvents,
                maxPendingBytes,
                waits,
                requestTimeoutMillis,
                backoff,
                spare);
    }

    /** How long one append may take, the look at what is there included. */
    public EventSinkOptions withRequestTimeout(Duration timeout) {
        return new EventSinkOptions(
                maxInFlight,
                maxPendingEvents,
                maxPendingBytes,
                maxPredecessorWaits,
                timeout.toMillis(),
                backoff,
                spare);
    }

    /** Delays before tries after the first: doubling from {@code first} up to {@code cap}. */
    public EventSinkOptions withBackoff(Duration first, Duration cap) {
        return new EventSinkOptions(
                maxInFlight,
                maxPendingEvents,
                maxPendingBytes,
                maxPredecessorWaits,
                requestTimeoutMillis,
                RetryDelay.of(RetryDelay.Growth.EXPONENTIAL, first, cap),
                spare);
    }

    /**
     * For a store that is not the only one: it never holds up the job. Where another would block it
     * leaves events out, where another would fail the job it tries on, and at the end of input it
     * tries each event {@code maxPredecessorWaits} times. What is left out is rejected, counted and
     * logged, and so is what builds on it: the chain there stays whole, and short.
     */
    public EventSinkOptions asSpare() {
        return new EventSinkOptions(
                maxInFlight,
                maxPendingEvents,
                maxPendingBytes,
                maxPredecessorWaits,
                requestTimeoutMillis,
                backoff,
                true);
    }

    boolean isSpare() {
        return spare;
    }

    int maxInFlight() {
        return maxInFlight;
    }

    int maxPendingEvents() {
        return maxPendingEvents;
    }

    long maxPendingBytes() {
        return maxPendingBytes;
    }

    int maxPredecessorWaits() {
        return maxPredecessorWaits;
    }

    long requestTimeoutMillis() {
        return requestTimeoutMillis;
    }

    RetryDelay backoff() {
        return backoff;
    }
}
