// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest.repeat;

import io.incidentcommander.udfs.ingest.VolatileFields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The volatile paths of one format as a tree of keys, laid out for a scanner that stands at a colon
 * and wants to know whether the key before it leads anywhere. A node is a number; arrays do not
 * show in paths, so the elements of an array share its node. Immutable.
 *
 * <p>A key is matched by its bytes, quotes included. A key written with escapes therefore never
 * matches: its value counts as one that must be equal, which is always safe.
 */
final class VolatilePaths {
    /** No volatile value at or below here. */
    static final int DEAD = -1;

    static final int ROOT = 0;

    private static final int WORD = 8;
    private static final long ENDING_BITS = 0x9E3779B97F4A7C15L;

    private final List<Node> building = new ArrayList<>();
    private final Node[] nodes;
    private final int timePaths;

    private VolatilePaths(VolatileFields fields) {
        building.add(new Node());
        timePaths = fields.timePaths().size();
        fields.timePaths().forEach(path -> building.get(add(path)).isTime = true);
        fields.paths().forEach(this::add);
        nodes = building.toArray(new Node[0]);
        building.clear();
    }

    static VolatilePaths of(VolatileFields fields) {
        return new VolatilePaths(fields);
    }

    /** Whether every byte counts, so that there is nothing to look for. */
    boolean isEmpty() {
        return nodes[ROOT].children.length == 0 && nodes[ROOT].any == DEAD;
    }

    boolean hasTimes() {
        return timePaths > 0;
    }

    int timePaths() {
        return timePaths;
    }

    boolean isTime(int node) {
        return nodes[node].isTime;
    }

    boolean isVolatile(int node) {
        return nodes[node].isVolatile;
    }

    /** The root of the document in the string at this node; {@link #DEAD} if none is looked for. */
    int embedded(int node) {
        return nodes[node].embedded;
    }

    /**
     * The node of the key whose closing quote is at {@code end - 1}, below {@code node}; {@link
     * #DEAD} if the key leads nowhere.
     */
    int child(int node, byte[] b, int end) {
        Node parent = nodes[node];
        long last = lastWord(b, end);
        if ((parent.endings >>> ending(last) & 1) == 0) {
            return parent.any;
        }
        for (int i = 0; i < parent.children.length; i++) {
            if (((last ^ parent.tails[i]) & parent.masks[i]) == 0
                    && isWhole(parent.keys[i], b, end)) {
                return parent.children[i];
            }
        }
        return parent.any;
    }

    /** The node of the key {@code b[from, to)}, given without quotes; {@link #DEAD} if none. */
    int child(int node, byte[] b, int from, int to) {
        Node parent = nodes[node];
        for (int i = 0; i < parent.children.length; i++) {
            byte[] key = parent.keys[i];
            if (Arrays.equals(key, 1, key.length - 1, b, from, to)) {
                return parent.children[i];
            }
        }
        return parent.any;
    }

    /** Six bits of the last three bytes, to turn most keys away at once. */
    private static int ending(long last) {
        return (int) ((last >>> 40) * ENDING_BITS >>> 58);
    }

    private static long lastWord(byte[] b, int end) {
        if (end >= WORD) {
            return Words.at(b, end - WORD);
        }
        long word = 0;
        for (int i = 0; i < end; i++) {
            word |= (b[i] & 0xFFL) << (WORD - end + i) * 8;
        }
        return word;
    }

    /**
     * The last word is known to be equal. A quote right after a backslash is no opening quote, so
     * this would be but the end of a longer key.
     */
    private static boolean isWhole(byte[] key, byte[] b, int end) {
        int from = end - key.length;
        if (from < 1 || b[from - 1] == '\\') {
            return false;
        }
        for (int i = 0; i < key.length - WORD; i++) {
            if (key[i] != b[from + i]) {
                return false;
            }
        }
        return true;
    }

    private int add(String path) {
        int node = ROOT;
        for (String key : path.split("/", -1)) {
            node = step(node, key);
        }
        building.get(node).isVolatile = true;
        return node;
    }

    private int step(int node, String key) {
        Node parent = building.get(node);
        if (key.equals(VolatileFields.ANY)) {
            parent.any = parent.any == DEAD ? newNode() : parent.any;
            return parent.any;
        }
        if (key.equals(VolatileFields.EMBEDDED)) {
            parent.embedded = parent.embedded == DEAD ? newNode() : parent.embedded;
            return parent.embedded;
        }
        return childOrNew(node, ('"' + key + '"').getBytes(StandardCharsets.UTF_8));
    }

    private int newNode() {
        building.add(new Node());
        return building.size() - 1;
    }

    private int childOrNew(int parent, byte[] key) {
        Node node = building.get(parent);
        int known = child(building.toArray(new Node[0]), parent, key);
        if (known != DEAD) {
            return known;
        }
        int child = newNode();
        node.add(key, child);
        return child;
    }

    private static int child(Node[] nodes, int parent, byte[] key) {
        for (int i = 0; i < nodes[parent].children.length; i++) {
            if (Arrays.equals(nodes[parent].keys[i], key)) {
                return nodes[parent].children[i];
            }
        }
        return DEAD;
    }

    /** Filled while the tree is built, then left alone. */
    private static final class Node {
        private boolean isVolatile;
        private boolean isTime;
        private int any = DEAD; // where keys lead that no child is for
        private int embedded = DEAD;
        private long endings; // a bit for each ending of a child's key
        private int[] children = {};
        private byte[][] keys = {};
        private long[] tails = {};
        private long[] masks = {};

        void add(byte[] key, int child) {
            int n = children.length;
            children = Arrays.copyOf(children, n + 1);
            keys = Arrays.copyOf(keys, n + 1);
            tails = Arrays.copyOf(tails, n + 1);
            masks = Arrays.copyOf(masks, n + 1);
            children[n] = child;
            keys[n] = key;
            tails[n] = lastWord(key, key.length);
            endings |= 1L << ending(tails[n]);
            masks[n] = key.length >= WORD ? -1L : -1L << (WORD - key.length) * 8;
        }
    }
}
