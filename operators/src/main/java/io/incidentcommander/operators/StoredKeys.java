// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators;

/**
 * Which keys an operator has written state of, so that whoever meets a key for the first time need
 * not ask the backend, which costs a look into each of its files. Says "maybe" of every key that
 * was written, and of few others: a Bloom filter of 16 bits and three places for each expected key
 * (one other key in 200; with five times as many keys one in two). After a restore, when others
 * wrote, it says "maybe" of all. Never forgets a key.
 *
 * <p>Decides nothing: with it and without it the same is read. Not thread safe.
 */
public final class StoredKeys {
    private static final int BITS_OF_KEY = 16;
    private static final int PLACES = 3;

    private final long[] words;

    private StoredKeys(long[] words) {
        this.words = words;
    }

    /**
     * @param expectedKeys about how many are told apart well; takes 2 to 4 bytes for each
     * @param restored whether the state held something to begin with, as far as Flink knows
     */
    public static StoredKeys of(int expectedKeys, boolean restored) {
        if (restored) {
            return new StoredKeys(new long[0]);
        }
        long bits = Long.highestOneBit(Math.max(64, (long) expectedKeys * BITS_OF_KEY) * 2 - 1);
        return new StoredKeys(new long[Math.toIntExact(bits / Long.SIZE)]);
    }

    /** State of this key has been or is about to be written. */
    public void add(Object key) {
        if (words.length == 0) {
            return;
        }
        long hash = spread(key.hashCode());
        for (int i = 0; i < PLACES; i++) {
            long bit = place(hash, i);
            words[(int) (bit >>> 6)] |= 1L << bit;
        }
    }

    /** False only if no state of this key was ever written. */
    public boolean mayHold(Object key) {
        if (words.length == 0) {
            return true;
        }
        long hash = spread(key.hashCode());
        for (int i = 0; i < PLACES; i++) {
            long bit = place(hash, i);
            if ((words[(int) (bit >>> 6)] & 1L << bit) == 0) {
                return false;
            }
        }
        return true;
    }

    private long place(long hash, int i) {
        return hash + i * (hash >>> 32 | 1) & (long) words.length * Long.SIZE - 1;
    }

    /** The last step of SplitMix64. */
    private static long spread(int hash) {
        long mixed = (hash + 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
