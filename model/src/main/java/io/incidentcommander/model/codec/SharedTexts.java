// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.codec;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Short texts that were read before, by their bytes: tenants, services, names and values of labels
 * are the same few in alert after alert. Whoever reads one again gets the same object, which knows
 * its hash and is equal at a glance, and nothing is decoded.
 *
 * <p>One place for each hash, the latest text in it, so that what strangers send cannot make it
 * grow: at most {@value #PLACES} texts of {@value #LONGEST} bytes. Thread safe: entries are
 * immutable, and whoever does not see another's entry makes one.
 */
final class SharedTexts {
    static final int LONGEST = 40;
    static final int PLACES = 8_192;

    private static final Entry NONE = new Entry(new byte[0], "");
    private static final int MULTIPLIER = 0x9E3779B1;

    private final Entry[] entries = new Entry[PLACES];

    SharedTexts() {
        Arrays.fill(entries, NONE);
    }

    /** The text of these bytes, which are UTF-8 and must not be changed any more. */
    String text(byte[] utf8) {
        if (utf8.length > LONGEST) {
            return new String(utf8, StandardCharsets.UTF_8);
        }
        int place = place(utf8);
        Entry entry = entries[place];
        if (!Arrays.equals(entry.utf8, utf8)) {
            entry = new Entry(utf8, new String(utf8, StandardCharsets.UTF_8));
            entries[place] = entry;
        }
        return entry.text;
    }

    private static int place(byte[] utf8) {
        int hash = utf8.length;
        for (byte b : utf8) {
            hash = 31 * hash + b;
        }
        return hash * MULTIPLIER >>> 32 - Integer.numberOfTrailingZeros(PLACES);
    }

    private static final class Entry {
        private final byte[] utf8;
        private final String text;

        Entry(byte[] utf8, String text) {
            this.utf8 = utf8;
            this.text = text;
        }
    }
}
