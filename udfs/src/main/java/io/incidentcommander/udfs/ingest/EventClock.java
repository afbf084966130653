// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import java.util.HashMap;
import java.util.Map;

/**
 * How far event time has come, over the partitions that one subtask reads. A function of records
 * and heartbeats alone: nothing but they moves it, so backpressure cannot.
 *
 * <ul>
 *   <li>A partition has come as far as its latest event, or, if a heartbeat of it or of its source
 *       said that all was read, as far as the heartbeat; less the allowed disorder.
 *   <li>An event in the future counts as of its arrival: one wrong clock must not make everybody
 *       else late.
 *   <li>A partition that brought nothing while others brought {@code idleMillis} worth of arrivals
 *       no longer holds the clock back. A leap of the arrivals counts for a sixtieth of that at
 *       most: where one partition begins years behind another, neither is silent.
 *   <li>A partition that is assigned and has not been read yet holds the clock where it is.
 * </ul>
 *
 * <p>Bounded by the number of partitions; one idle for {@value #FORGOTTEN_AFTER} times {@code
 * idleMillis} is forgotten. Not thread safe. Times in epoch milliseconds.
 */
public final class EventClock {
    /** The clock stands at no time at all. */
    public static final long NOT_STARTED = Long.MIN_VALUE;

    private static final int FORGOTTEN_AFTER = 60;
    private static final int LEAPS_TO_IDLE = 60;
    private static final long UNREAD = Long.MIN_VALUE;

    /** Stands for a source that is drained and has not brought anything; no partition's name. */
    private static final String NO_PARTITION = "\0";

    private final long disorderMillis;
    private final long idleMillis;
    private final Map<String, Map<String, Partition>> sources = new HashMap<>();
    private long latestArrival = NOT_STARTED;

    /** How much arrivals have advanced in all, leaps cut short (ms). */
    private long activity;

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

    /** The partition is going to be read, from wherever it is. */
    public void assigned(String source, String name) {
        partitionOf(source, name).seenAt = activity;
        lastPartition = null;
    }

    /** A record came with an alert of this time. */
    @SuppressWarnings("ReferenceEquality")
    public void observe(String source, String name, long eventMillis, long arrivalMillis) {
        if (source != lastSource || name != lastName || lastPartition == null) {
            lastPartition = partitionOf(source, name);
            lastSource = source;
            lastName = name;
        }
        arrived(arrivalMillis);
        lastPartition.reach(Math.min(eventMillis, arrivalMillis), activity);
    }

    /** All that the source had up to this time has been read. */
    public void drained(String source, long nowMillis) {
        arrived(nowMillis);
        Map<String, Partition> partitions = sources.computeIfAbsent(source, s -> new HashMap<>());
        if (partitions.isEmpty()) {
            partitions.put(NO_PARTITION, new Partition());
        }
        for (Partition partition : partitions.values()) {
            partition.reach(nowMillis, activity);
        }
    }

    /** All that the partition had up to this time has been read. */
    public void drained(String source, String name, long nowMillis) {
        arrived(nowMillis);
        partitionOf(source, name).reach(nowMillis, activity);
        lastPartition = null;
    }

    /**
     * No event before this is expected, or {@link #NOT_STARTED}. May go back; a caller keeps on.
     */
    public long time() {
        long least = Long.MAX_VALUE;
        boolean any = false;
        for (Map<String, Partition> partitions : sources.values()) {
            partitions.values().removeIf(p -> isSilent(p, FORGOTTEN_AFTER));
            for (Partition partition : partitions.values()) {
                if (!isSilent(partition, 1)) {
                    least = Math.min(least, partition.reached);
                    any = true;
                }
            }
        }
        lastPartition = null;
        return any && least != UNREAD ? least - disorderMillis : NOT_STARTED;
    }

    private boolean isSilent(Partition partition, int times) {
        return activity - partition.seenAt > times * idleMillis;
    }

    private void arrived(long arrivalMillis) {
        if (latestArrival == NOT_STARTED) {
            latestArrival = arrivalMillis;
        } else if (arrivalMillis > latestArrival) {
            long leap = Math.max(1, idleMillis / LEAPS_TO_IDLE);
            activity += Math.min(leap, arrivalMillis - latestArrival);
            latestArrival = arrivalMillis;
        }
    }

    private Partition partitionOf(String source, String name) {
        Map<String, Partition> partitions = sources.computeIfAbsent(source, s -> new HashMap<>());
        partitions.remove(NO_PARTITION);
        return partitions.computeIfAbsent(name, n -> new Partition());
    }

    private static final class Partition {
        private long reached = UNREAD;
        private long seenAt;

        void reach(long millis, long activity) {
            reached = Math.max(reached, millis);
            seenAt = activity;
        }
    }
}
