// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest.repeat;

import java.util.Arrays;

/**
 * A record that was decoded in full, and what its owner made of it. Immutable; keeps the record's
 * own bytes.
 */
final class Template<V> {
    /** What an entry costs beside its bytes: objects, spans, and its place in a table. */
    static final int OVERHEAD_BYTES = 160;

    private final String source;
    private final int policy;
    private final byte[] bytes;
    private final int[] spans;
    private final V value;

    Template(String source, int policy, byte[] bytes, DeliveryScanner scanned, V value) {
        this.source = source;
        this.policy = policy;
        this.bytes = bytes;
        this.spans = Arrays.copyOf(scanned.spans(), scanned.spanEnds());
        this.value = value;
    }

    /**
     * Whether the record is of the same source and was scanned by the same policy, and all its
     * bytes but the volatile values are the same.
     */
    boolean matches(String otherSource, int otherPolicy, byte[] other, DeliveryScanner scanned) {
        return policy == otherPolicy
                && spans.length == scanned.spanEnds()
                && source.equals(otherSource)
                && segmentsEqual(other, scanned.spans());
    }

    V value() {
        return value;
    }

    /** Bytes held, about. */
    long weight() {
        return OVERHEAD_BYTES + bytes.length + 4L * spans.length;
    }

    private boolean segmentsEqual(byte[] other, int[] otherSpans) {
        int from = 0;
        int otherFrom = 0;
        for (int i = 0; i < spans.length; i += 2) {
            if (!Arrays.equals(bytes, from, spans[i], other, otherFrom, otherSpans[i])) {
                return false;
            }
            from = spans[i + 1];
            otherFrom = otherSpans[i + 1];
        }
        return Arrays.equals(bytes, from, bytes.length, other, otherFrom, other.length);
    }
}
