// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest.repeat;

import io.incidentcommander.udfs.ingest.VolatileFields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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
        return nodes[ROOT].children.isEmpty() && nodes[ROOT].any == DEAD;
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
        int child = nodes[node].children.endingAt(b, end);
        return child == KeyTable.NONE ? nodes[node].any : child;
    }

    /** The node of the key {@code b[from, to)}, given without quotes; {@link #DEAD} if none. */
    int child(int node, byte[] b, int from, int to) {
        int child = nodes[node].children.ofText(b, from, to);
        return child == KeyTable.NONE ? nodes[node].any : child;
    }

    /** The node of a key that none of the paths names; {@link #DEAD} if they name all they mean. */
    int anyChild(int node) {
        return nodes[node].any;
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
        KeyTable children = building.get(parent).children;
        int known = children.of(key);
        if (known != KeyTable.NONE) {
            return known;
        }
        int child = newNode();
        children.add(key, child);
        return child;
    }

    /** Filled while the tree is built, then left alone. */
    private static final class Node {
        private boolean isVolatile;
        private boolean isTime;
        private int any = DEAD; // where keys lead that no child is for
        private int embedded = DEAD;
        private final KeyTable children = new KeyTable();
    }
}
