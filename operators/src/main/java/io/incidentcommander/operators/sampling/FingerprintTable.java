// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.sampling;

/**
 * Slots by (tenant, fingerprint): one array, looked through from the place that the fingerprint
 * says. In a storm each run is looked up here, and in a map of boxed keys that is four places in
 * memory one after the other. Not thread safe.
 */
final class FingerprintTable {
    private static final int LEAST = 1_024;

    private FingerprintSlot[] slots = new FingerprintSlot[LEAST];
    private int size;

    /** The slot, or null. */
    FingerprintSlot find(String tenant, long high, long low) {
        int at = place(high, low);
        while (slots[at] != null) {
            if (slots[at].isOf(tenant, high, low)) {
                return slots[at];
            }
            at = at + 1 & slots.length - 1;
        }
        return null;
    }

    /** A slot that is not here yet. */
    void add(FingerprintSlot slot) {
        if (2 * (size + 1) > slots.length) {
            FingerprintSlot[] before = slots;
            slots = new FingerprintSlot[2 * before.length];
            for (FingerprintSlot moving : before) {
                if (moving != null) {
                    put(moving);
                }
            }
        }
        put(slot);
        size++;
    }

    /** Takes out one that is here; those that had to make way for it move up. */
    void remove(FingerprintSlot slot) {
        int gap = indexOf(slot);
        slots[gap] = null;
        size--;
        int at = gap + 1 & slots.length - 1;
        while (slots[at] != null) {
            FingerprintSlot moving = slots[at];
            slots[at] = null;
            put(moving);
            at = at + 1 & slots.length - 1;
        }
    }

    int size() {
        return size;
    }

    void forEach(WorkingSet.Action action) throws Exception {
        for (FingerprintSlot slot : slots) {
            if (slot != null) {
                action.on(slot);
            }
        }
    }

    private void put(FingerprintSlot slot) {
        slots[free(place(slot.high(), slot.low()))] = slot;
    }

    private int free(int from) {
        int at = from;
        while (slots[at] != null) {
            at = at + 1 & slots.length - 1;
        }
        return at;
    }

    @SuppressWarnings("ReferenceEquality")
    private int indexOf(FingerprintSlot slot) {
        int at = place(slot.high(), slot.low());
        while (slots[at] != slot) {
            at = at + 1 & slots.length - 1;
        }
        return at;
    }

    /** A fingerprint is a hash itself, but a sender may have made it up. */
    private int place(long high, long low) {
        long mixed = (high ^ Long.rotateLeft(low, 32)) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & slots.length - 1;
    }
}
