// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest.repeat;

import java.util.Arrays;

/**
 * Guesses a record's format before it is decoded: the one found right for a record of the same
 * source with the same first key, or else for any record of the source. Where formats share their
 * first key, the first bytes tell them apart; only there are these looked at, since they may be an
 * id that never comes again. A wrong guess costs a decode. Direct mapped, so its size is fixed.
 */
final class FormatHints {
    /** No record like this has been seen. */
    static final int NONE = -1;

    private static final int LONGEST_KEY = 64;
    private static final int SLOTS = 1 << 12;
    private static final int POLICY_BITS = 6;
    static final int MAX_POLICIES = (1 << POLICY_BITS) - 1;

    /** A check of the hash above the policy plus one; 0 if the slot is free. */
    private final int[] slots = new int[SLOTS];

    int guess(String source, byte[] b) {
        long bySource = source.hashCode();
        int guess = lookUp(byBeginning(bySource, b));
        if (guess == NONE) {
            guess = lookUp(byFirstKey(bySource, b));
        }
        return guess != NONE ? guess : lookUp(SegmentHash.mix(bySource, 0));
    }

    void learn(String source, byte[] b, int policy) {
        if (guess(source, b) == policy) {
            return;
        }
        long bySource = source.hashCode();
        long byFirstKey = byFirstKey(bySource, b);
        boolean isNew = lookUp(byFirstKey) == NONE;
        store(isNew ? byFirstKey : byBeginning(bySource, b), policy);
        store(SegmentHash.mix(bySource, 0), policy);
    }

    void clear() {
        Arrays.fill(slots, 0);
    }

    private static long byBeginning(long bySource, byte[] b) {
        boolean whole = b.length >= 2 * Words.BYTES;
        return whole
                ? SegmentHash.mix(SegmentHash.mix(bySource, Words.at(b, 0)), Words.at(b, 8))
                : SegmentHash.of(bySource, b, 0, b.length);
    }

    private static long byFirstKey(long bySource, byte[] b) {
        int limit = Math.min(b.length, LONGEST_KEY);
        int colon = 0;
        while (colon < limit && b[colon] != ':') {
            colon++;
        }
        return SegmentHash.of(SegmentHash.mix(bySource, 1), b, 0, colon);
    }

    private int lookUp(long hash) {
        int slot = slots[(int) hash & (SLOTS - 1)];
        return slot != 0 && (slot ^ check(hash)) >>> POLICY_BITS == 0
                ? (slot & MAX_POLICIES) - 1
                : NONE;
    }

    private void store(long hash, int policy) {
        slots[(int) hash & (SLOTS - 1)] = check(hash) | (policy + 1);
    }

    private static int check(long hash) {
        return (int) (hash >>> 32) & -1 << POLICY_BITS;
    }
}
