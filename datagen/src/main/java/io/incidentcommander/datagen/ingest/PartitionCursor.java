// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.ingest;

import io.incidentcommander.datagen.storm.RecordStream;
import io.incidentcommander.model.ingest.RawRecord;

/** A partition being emitted: the next record and when it is meant to go. Not thread safe. */
final class PartitionCursor {
    private final StormPlan plan;
    private final GeneratorSplit split;
    private final RecordStream stream;
    private final String name;
    private long next;
    private long dueNanos;

    PartitionCursor(StormPlan plan, GeneratorSplit split) {
        this.plan = plan;
        this.split = split;
        this.stream = plan.content().open(split.partition(), split.partitions());
        this.name = split.splitId();
        moveTo(split.next());
    }

    boolean isAtEnd() {
        return dueNanos == Long.MAX_VALUE;
    }

    /** Intended time of the next record, after the start of the storm (ns). */
    long dueNanos() {
        return dueNanos;
    }

    /** Intended time of the next record (epoch ms). */
    long dueMillis() {
        return StormPlan.millisAt(split.startMillis(), dueNanos);
    }

    /** Makes the next record and moves on. */
    RawRecord take(long timeMillis) {
        byte[] bytes = stream.render(next, timeMillis);
        RawRecord record = RawRecord.of(plan.sourceId(), name, next, timeMillis, bytes);
        moveTo(next + 1);
        return record;
    }

    GeneratorSplit position() {
        return new GeneratorSplit(split.partition(), split.partitions(), split.startMillis(), next);
    }

    private void moveTo(long sequence) {
        next = sequence;
        long record = sequence * split.partitions() + split.partition();
        dueNanos = plan.has(record) ? plan.offsetNanos(record) : Long.MAX_VALUE;
    }
}
