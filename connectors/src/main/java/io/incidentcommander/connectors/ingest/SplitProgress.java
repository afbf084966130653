// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.flink.api.connector.source.SourceSplit;

/** How far a reader has emitted one of its splits. Written by the task, read by the probe. */
public final class SplitProgress<SplitT extends SourceSplit> {
    private static final long NOTHING = Long.MIN_VALUE;

    private final SplitT split;
    private final AtomicLong lastOffset = new AtomicLong(NOTHING);

    SplitProgress(SplitT split) {
        this.split = split;
    }

    /** As it was assigned or restored. */
    public SplitT split() {
        return split;
    }

    /** Offset of the last record emitted; empty if none was since the split was assigned. */
    public OptionalLong lastOffset() {
        long offset = lastOffset.get();
        return offset == NOTHING ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    void emitted(long offset) {
        lastOffset.lazySet(offset);
    }
}
