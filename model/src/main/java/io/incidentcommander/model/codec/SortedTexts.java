// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.codec;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * A map of texts in the order of its keys, in one array, as it was read: a tree of a dozen labels
 * costs a node and some comparisons for each. Unmodifiable; equal to any map that says the same.
 */
final class SortedTexts extends AbstractMap<String, String> {
    /** Key, value, key, value. */
    private final String[] texts;

    /**
     * @param texts key, value, key, value ..., by key, no key twice; not to be changed any more
     */
    SortedTexts(String[] texts) {
        this.texts = texts;
    }

    /** Whether the keys, at every second place, are in order and no two are the same. */
    static boolean areSorted(String[] texts) {
        for (int i = 2; i < texts.length; i += 2) {
            if (texts[i - 2].compareTo(texts[i]) >= 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int size() {
        return texts.length / 2;
    }

    @Override
    public boolean containsKey(Object key) {
        return find(key) >= 0;
    }

    @Override
    public String get(Object key) {
        int found = find(key);
        return found < 0 ? null : texts[found + 1];
    }

    @Override
    public Set<Map.Entry<String, String>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return SortedTexts.this.size();
            }

            @Override
            public Iterator<Map.Entry<String, String>> iterator() {
                return new Entries();
            }
        };
    }

    /** Of the key, or some negative number. */
    private int find(Object key) {
        if (!(key instanceof String)) {
            return -1;
        }
        int low = 0;
        int high = texts.length / 2 - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = texts[2 * middle].compareTo((String) key);
            if (order == 0) {
                return 2 * middle;
            }
            low = order < 0 ? middle + 1 : low;
            high = order < 0 ? high : middle - 1;
        }
        return -1;
    }

    private final class Entries implements Iterator<Map.Entry<String, String>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < texts.length;
        }

        @Override
        public Map.Entry<String, String> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            next += 2;
            return new SimpleImmutableEntry<>(texts[next - 2], texts[next - 1]);
        }
    }
}
