// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest.repeat;

import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongArrayFIFOQueue;
import java.util.Arrays;

/**
 * Remembers templates by digest, within bounds. When there is no room the one that has been here
 * longest leaves, unless it was used since it was last in turn: then it goes to the end of the row
 * once more. So a template in use stays, all of the room serves, and each that comes looks at few:
 * a mark is taken away for every step, and one is set by a use only. Once there is no room a digest
 * has to come twice to be let in, lest what never repeats drives out what does.
 *
 * <p>A digest leads to one template at most, the latest: a collision costs a decode, never a wrong
 * answer, since a template only answers for a record whose bytes it has compared. Looking up
 * allocates nothing. Not thread safe.
 */
final class RepeatCache<V> {
    private static final int TURNED_AWAY = 1 << 16;

    private final int maxEntries;
    private final long maxBytes;
    private final Long2ObjectOpenHashMap<Template<V>> byDigest = new Long2ObjectOpenHashMap<>();

    /** Each digest once, the one in turn first. */
    private final LongArrayFIFOQueue row = new LongArrayFIFOQueue();

    /** By a part of it, the digest that was turned away last. */
    private final long[] turnedAway = new long[TURNED_AWAY];

    private long bytes;

    RepeatCache(int maxEntries, long maxBytes) {
        if (maxEntries < 2 || maxBytes < 2L * Template.OVERHEAD_BYTES) {
            throw new IllegalArgumentException(
                    "Room for two templates at least: " + maxEntries + ", " + maxBytes);
        }
        this.maxEntries = maxEntries;
        this.maxBytes = maxBytes;
    }

    /** The template of this digest, or null; whether it matches is for the caller to ask. */
    Template<V> find(long digest) {
        return byDigest.get(digest);
    }

    /**
     * Whether a template of this digest is to be put; if there is no room, and the digest leads to
     * none, only when it is asked for again.
     *
     * @param weight of the template, at most
     */
    boolean admits(long digest, long weight) {
        if (hasRoom(1, weight) || byDigest.containsKey(digest)) {
            return true;
        }
        int place = (int) (digest >>> 32) & TURNED_AWAY - 1;
        if (turnedAway[place] == digest) {
            return true;
        }
        turnedAway[place] = digest;
        return false;
    }

    /** Replaces what the digest led to. Left out if it alone would take half of the room. */
    void put(long digest, Template<V> template) {
        if (template.weight() > maxBytes / 2) {
            return;
        }
        Template<V> replaced = byDigest.get(digest);
        if (replaced == null) {
            makeRoom(1, template.weight());
            row.enqueue(digest);
            bytes += template.weight();
        } else {
            bytes += template.weight() - replaced.weight();
        }
        byDigest.put(digest, template);
        makeRoom(0, 0);
    }

    int size() {
        return byDigest.size();
    }

    long bytes() {
        return bytes;
    }

    void clear() {
        byDigest.clear();
        row.clear();
        Arrays.fill(turnedAway, 0);
        bytes = 0;
    }

    /** Each in turn leaves, or goes to the end of the row. */
    private void makeRoom(int entries, long weight) {
        while (!hasRoom(entries, weight)) {
            long first = row.dequeueLong();
            Template<V> template = byDigest.get(first);
            if (template.takeMark()) {
                row.enqueue(first);
            } else {
                byDigest.remove(first);
                bytes -= template.weight();
            }
        }
    }

    private boolean hasRoom(int entries, long weight) {
        return byDigest.size() + entries <= maxEntries && bytes + weight <= maxBytes;
    }
}
