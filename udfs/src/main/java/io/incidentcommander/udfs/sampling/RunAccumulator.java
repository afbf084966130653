// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.sampling;

import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Fingerprint;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.sampling.AlertRun;

/**
 * Adds up the repeats of one alert in one state. Adding allocates nothing: the first and the last
 * are kept as their parts and become ids when the run is taken.
 */
public final class RunAccumulator {
    private final AlertBundle bundle;
    private final String tenant;
    private final Fingerprint fingerprint;
    private final String source;
    private final Severity severity;
    private final AlertStatus status;
    private final byte[] encoded;
    private final Mark first = new Mark();
    private final Mark last = new Mark();
    private long sliceMillis;
    private long count;

    RunAccumulator(AlertBundle bundle, Alert alert, byte[] encoded) {
        this.bundle = bundle;
        this.tenant = alert.tenant();
        this.fingerprint = alert.fingerprint();
        this.source = alert.id().source();
        this.severity = alert.severity();
        this.status = alert.status();
        this.encoded = encoded;
    }

    /**
     * One more alert, at this event time (epoch ms), with the id (source, partition, offset,
     * index).
     */
    public void add(long eventTimeMillis, String partition, long offset, int index) {
        if (count == 0) {
            bundle.began(this);
            begin(eventTimeMillis, partition, offset, index);
        } else if (bundle.slices().startOf(eventTimeMillis) != sliceMillis) {
            bundle.completed(take());
            begin(eventTimeMillis, partition, offset, index);
        } else {
            extend(eventTimeMillis, partition, offset, index);
        }
    }

    /** The run so far; afterwards this is empty. */
    AlertRun take() {
        AlertRun run =
                new AlertRun(
                        tenant,
                        fingerprint,
                        severity,
                        status,
                        sliceMillis,
                        count,
                        first.millis,
                        first.id(source),
                        last.millis,
                        last.id(source),
                        encoded);
        count = 0;
        return run;
    }

    private void begin(long millis, String partition, long offset, int index) {
        sliceMillis = bundle.slices().startOf(millis);
        count = 1;
        first.set(millis, partition, offset, index);
        last.set(millis, partition, offset, index);
    }

    private void extend(long millis, String partition, long offset, int index) {
        if (last.isBefore(millis, partition, offset, index)) {
            if (isToBeTold()) {
                bundle.listener().absorbed(last.id(source), first.id(source));
            }
            last.set(millis, partition, offset, index);
        } else if (first.isBefore(millis, partition, offset, index)) {
            if (bundle.listener() != AlertBundle.RepeatListener.NONE) {
                bundle.listener()
                        .absorbed(new AlertId(source, partition, offset, index), first.id(source));
            }
        } else {
            AlertId before = isToBeTold() ? first.id(source) : null;
            first.set(millis, partition, offset, index);
            if (before != null) {
                bundle.listener().absorbed(before, first.id(source));
            }
        }
        count++;
    }

    /** Whether the mark that gives way is absorbed: a single alert stays on as the other mark. */
    private boolean isToBeTold() {
        return count > 1 && bundle.listener() != AlertBundle.RepeatListener.NONE;
    }

    /** A time and an id in parts. */
    private static final class Mark {
        private long millis;
        private String partition = "";
        private long offset;
        private int index;

        void set(long newMillis, String newPartition, long newOffset, int newIndex) {
            millis = newMillis;
            partition = newPartition;
            offset = newOffset;
            index = newIndex;
        }

        /** By time, partition, offset, index: the order of {@link AlertRun#BY_FIRST}. */
        boolean isBefore(long thatMillis, String thatPartition, long thatOffset, int thatIndex) {
            if (millis != thatMillis) {
                return millis < thatMillis;
            }
            int byPartition = partition.compareTo(thatPartition);
            if (byPartition != 0) {
                return byPartition < 0;
            }
            return offset != thatOffset ? offset < thatOffset : index < thatIndex;
        }

        AlertId id(String source) {
            return new AlertId(source, partition, offset, index);
        }
    }
}
