// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import java.util.HashMap;
import java.util.Map;

/**
 * How far event time has come, over the partitions that one subtask reads. A function of records
 * and heartbeats alone: nothing but they moves it, so backpressure cannot.
 *
 * <ul>
 *   <li>A partition has come as far as its latest event, or, if a heartbeat of its source said that
 *       all was read, as far as the heartbeat; less the allowed disorder.
 *   <li>An event in the future counts as of its arrival: one wrong clock must not make everybody
 *       else late.
 *   <li>A partition that brought nothing while others brought {@code idleMillis} worth of arrivals
 *       no longer holds the clock back.
 * </ul>
 *
 * <p>Bounded by the number of partitions; one idle for {@value #FORGOTTEN_AFTER} times {@code
 * idleMillis} is forgotten. Not thread safe. Times in epoch milliseconds.
 */
public final class EventClock {
    /** The clock stands at no time at all. */
    public static final long NOT_STARTED = Long.MIN_VALUE;

    private static final int FORGOTTEN_AFTER = 60;

    /** Stands for a source that is drained and has not brought anything; no partition's name. */
    private static final String NO_PARTITION = "\0";

    private final long disorderMillis;
    private final long idleMillis;
    private final Map<String, Map<String, Partition>> sources = new HashMap<>();
    private long latestArrival = NOT_STARTED;
    private String lastSource = "";
    private String lastName = "";
    private Partition lastPartition;

    /**
     * @param disorderMillis how much later than its successors an event may come
     * @param idleMillis see above
     */
    public EventClock(long disorderMillis, long idleMillis) {
        this.disorderMillis = disorderMillis;
        this.idleMillis = idleMillis;
    }

    /** A record came with an alert of this time. */
    @SuppressWarnings("ReferenceEquality")
    public void observe(String source, String name, long eventMillis, long arrivalMillis) {
        if (source != lastSource || name != lastName || lastPartition == null) {
            lastPartition = partitionOf(source, name);
            lastSource = source;
            lastName = name;
        }
        lastPartition.reached =
                Math.max(lastPartition.reached, Math.min(eventMillis, arrivalMillis));
        lastPartition.arrival = Math.max(lastPartition.arrival, arrivalMillis);
        latestArrival = Math.max(latestArrival, arrivalMillis);
    }

    /** All that the source had up to this time has been read. */
    public void drained(String source, long nowMillis) {
        latestArrival = Math.max(latestArrival, nowMillis);
        Map<String, Partition> partitions = sources.computeIfAbsent(source, s -> new HashMap<>());
        if (partitions.isEmpty()) {
            partitions.put(NO_PARTITION, new Partition());
        }
        for (Partition partition : partitions.values()) {
            partition.reached = Math.max(partition.reached, nowMillis);
            partition.arrival = Math.max(partition.arrival, nowMillis);
        }
    }

    /**
     * No event before this is expected, or {@link #NOT_STARTED}. May go back; a caller keeps on.
     */
    public long time() {
        long least = Long.MAX_VALUE;
        boolean any = false;
        for (Map<String, Partition> partitions : sources.values()) {
            partitions
                    .values()
                    .removeIf(p -> latestArrival - p.arrival > FORGOTTEN_AFTER * idleMillis);
            for (Partition partition : partitions.values()) {
                if (latestArrival - partition.arrival <= idleMillis) {
                    least = Math.min(least, partition.reached);
                    any = true;
                }
            }
        }
        lastPartition = null;
        return any ? least - disorderMillis : NOT_STARTED;
    }

    private Partition partitionOf(String source, String name) {
        Map<String, Partition> partitions = sources.computeIfAbsent(source, s -> new HashMap<>());
        partitions.remove(NO_PARTITION);
        return partitions.computeIfAbsent(name, n -> new Partition());
    }

    private static final class Partition {
        private long reached = Long.MIN_VALUE / 2;
        private long arrival = Long.MIN_VALUE / 2;
    }
}
