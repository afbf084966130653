// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest.repeat;

import it.unimi.dsi.fastutil.longs.Long2ObjectOpenHashMap;

/**
 * Remembers templates by digest, within bounds. Two generations: what is new or used goes into the
 * young one; when that holds half of what is allowed it becomes the old one, and what was old and
 * went unused is forgotten. So a template in use stays, and nothing is ever searched for a victim.
 *
 * <p>A digest leads to one template at most, the latest: a collision costs a decode, never a wrong
 * answer, since a template only answers for a record whose bytes it has compared. Looking up
 * allocates nothing but, now and then, room in the young generation. Not thread safe.
 */
final class RepeatCache<V> {
    private final int maxEntries;
    private final long maxBytes;
    private Long2ObjectOpenHashMap<Template<V>> young = new Long2ObjectOpenHashMap<>();
    private Long2ObjectOpenHashMap<Template<V>> old = new Long2ObjectOpenHashMap<>();
    private Template<V> lastOld; // what was found last, if the old generation had it; else null
    private long youngBytes;
    private long oldBytes;

    /** Bounds for both generations together. */
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
        Template<V> template = young.get(digest);
        lastOld = template == null ? old.get(digest) : null;
        return template == null ? lastOld : template;
    }

    /** Keeps the template found last from being forgotten with its generation. */
    void used(long digest, Template<V> template) {
        if (template == lastOld && old.get(digest) == template) {
            lastOld = null;
            oldBytes -= template.weight();
            old.remove(digest);
            putYoung(digest, template);
        }
    }

    /** Replaces what the digest led to. Left out if it alone would fill a generation. */
    void put(long digest, Template<V> template) {
        if (template.weight() > maxBytes / 2) {
            return;
        }
        Template<V> replaced = old.remove(digest);
        oldBytes -= replaced == null ? 0 : replaced.weight();
        putYoung(digest, template);
    }

    int size() {
        return young.size() + old.size();
    }

    long bytes() {
        return youngBytes + oldBytes;
    }

    void clear() {
        young = new Long2ObjectOpenHashMap<>();
        old = new Long2ObjectOpenHashMap<>();
        lastOld = null;
        youngBytes = 0;
        oldBytes = 0;
    }

    private void putYoung(long digest, Template<V> template) {
        Template<V> replaced = young.remove(digest);
        youngBytes -= replaced == null ? 0 : replaced.weight();
        if (young.size() + 1 > maxEntries / 2 || youngBytes + template.weight() > maxBytes / 2) {
            turnOver();
        }
        young.put(digest, template);
        youngBytes += template.weight();
    }

    private void turnOver() {
        Long2ObjectOpenHashMap<Template<V>> emptied = old;
        emptied.clear();
        old = young;
        oldBytes = youngBytes;
        young = emptied;
        youngBytes = 0;
    }
}
