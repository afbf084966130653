// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import java.util.Map;
import java.util.TreeMap;

/** Keeps maps of a sender's making within bounds. */
final class BoundedText {
    private BoundedText() {}

    /**
     * Cuts the map to its first {@code maxEntries} keys and each key and value to {@code maxLength}
     * characters, in place.
     *
     * @return how many entries were dropped or shortened
     */
    static int bound(TreeMap<String, String> map, int maxEntries, int maxLength) {
        if (map.size() <= maxEntries && !hasLongText(map, maxLength)) {
            return 0;
        }
        int cut = Math.max(0, map.size() - maxEntries);
        TreeMap<String, String> kept = new TreeMap<>();
        int seen = 0;
        for (Map.Entry<String, String> entry : map.entrySet()) {
            if (seen++ == maxEntries) {
                break;
            }
            String key = entry.getKey();
            String value = entry.getValue();
            if (key.length() > maxLength || value.length() > maxLength) {
                cut++;
            }
            kept.put(Fields.shorten(key, maxLength), Fields.shorten(value, maxLength));
        }
        map.clear();
        map.putAll(kept);
        return cut;
    }

    private static boolean hasLongText(Map<String, String> map, int maxLength) {
        for (Map.Entry<String, String> entry : map.entrySet()) {
            if (entry.getKey().length() > maxLength || entry.getValue().length() > maxLength) {
                return true;
            }
        }
        return false;
    }
}
