// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.ingest;

import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.udfs.ingest.SkewEstimate;
import java.util.HashMap;
import java.util.Map;

/**
 * Corrects event times against arrivals: skew by partition, then the clamp to [arrival - past,
 * arrival + future]. Live only. Its state is what the estimates hold, by partition.
 */
final class ArrivalTime {
    private final long pastMillis;
    private final long futureMillis;
    private final Map<PartitionId, SkewEstimate> estimates = new HashMap<>();
    private final Map<PartitionId, SkewEstimate> restored = new HashMap<>();
    private String lastSource = "";
    private String lastPartition = "";
    private SkewEstimate last;

    ArrivalTime(long pastMillis, long futureMillis) {
        this.pastMillis = pastMillis;
        this.futureMillis = futureMillis;
    }

    /** Takes the alert in as a witness, and says when it happened. */
    long correct(long originalMillis, RawRecord record) {
        if (!record.hasArrival()) {
            return originalMillis;
        }
        long arrival = record.arrivalMillis();
        long corrected = estimateOf(record).correct(originalMillis, arrival);
        return Math.max(arrival - pastMillis, Math.min(arrival + futureMillis, corrected));
    }

    /** The estimates of the partitions that were read since the start. */
    Map<PartitionId, SkewEstimate> estimates() {
        return estimates;
    }

    /** Restored estimates wait until their partition is read here. */
    void restore(PartitionId partition, SkewEstimate estimate) {
        restored.put(partition, estimate);
    }

    @SuppressWarnings("ReferenceEquality")
    private SkewEstimate estimateOf(RawRecord record) {
        if (last == null || record.source() != lastSource || record.partition() != lastPartition) {
            PartitionId id = new PartitionId(record.source(), record.partition());
            last = estimates.computeIfAbsent(id, i -> restored.getOrDefault(i, new SkewEstimate()));
            lastSource = record.source();
            lastPartition = record.partition();
        }
        return last;
    }
}
