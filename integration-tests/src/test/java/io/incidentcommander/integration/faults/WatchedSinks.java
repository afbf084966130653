// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.faults;

import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.operators.OperatorUids;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * {@link ObservedSinks} that look at what deduplication lets pass: whether it comes behind the
 * watermark, and, if asked, not before a stall is over, in the subtask that stalls.
 */
final class WatchedSinks extends ObservedSinks {
    private static final Map<Integer, Watch> WATCHES = new ConcurrentHashMap<>();
    private static final AtomicInteger IDS = new AtomicInteger();

    private final int id;

    private WatchedSinks(Observation observation, int id) {
        super(observation);
        this.id = id;
    }

    static WatchedSinks of(Observation observation, Watch watch) {
        return new WatchedSinks(observation, watch.id);
    }

    @Override
    public void notable(DataStream<NotableAlert> alerts) {
        alerts.sinkTo(new WatchingSink(id)).name("watch").uid(OperatorUids.NOTABLE_SINK);
    }

    /** What was seen. Thread safe. */
    static final class Watch {
        private final int id = IDS.incrementAndGet();
        private final int stallingSubtask;
        private final String stallingPartition;
        private final CompletableFuture<Void> stallBegan = new CompletableFuture<>();
        private final CompletableFuture<Void> stallEnds = new CompletableFuture<>();
        private final List<String> late = new ArrayList<>();

        private Watch(int stallingSubtask, String stallingPartition) {
            this.stallingSubtask = stallingSubtask;
            this.stallingPartition = stallingPartition;
            WATCHES.put(id, this);
        }

        static Watch only() {
            return new Watch(-1, "");
        }

        /** Its first alert of this partition waits until {@link #endStall}. */
        static Watch stalling(int subtask, String partition) {
            return new Watch(subtask, partition);
        }

        void awaitStall() throws Exception {
            stallBegan.get(180, TimeUnit.SECONDS);
        }

        void endStall() {
            stallEnds.complete(null);
        }

        /** Alerts whose time the watermark had passed. */
        synchronized List<String> late() {
            return List.copyOf(late);
        }

        private synchronized void saw(NotableAlert alert, long watermark) {
            if (alert.alert().eventTimeMillis() <= watermark) {
                long behind = watermark - alert.alert().eventTimeMillis();
                late.add(alert.alert().id() + " is " + behind + " ms behind");
            }
        }

        private void stall(int subtask, NotableAlert alert) {
            if (subtask != stallingSubtask
                    || !alert.alert().id().partition().equals(stallingPartition)) {
                return;
            }
            stallBegan.complete(null);
            try {
                stallEnds.get(180, TimeUnit.SECONDS);
            } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
                throw new IllegalStateException("Nobody ended the stall", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static final class WatchingSink implements Sink<NotableAlert> {
        private static final long serialVersionUID = 1L;

        private final int id;

        WatchingSink(int id) {
            this.id = id;
        }

        @Override
        public SinkWriter<NotableAlert> createWriter(WriterInitContext context) {
            int subtask = context.getTaskInfo().getIndexOfThisSubtask();
            return new SinkWriter<>() {
                @Override
                public void write(NotableAlert alert, Context written) {
                    Watch watch = WATCHES.get(id);
                    watch.stall(subtask, alert);
                    watch.saw(alert, written.currentWatermark());
                }

                @Override
                public void flush(boolean endOfInput) {}

                @Override
                public void close() {}
            };
        }

        @Override
        @Deprecated
        public SinkWriter<NotableAlert> createWriter(InitContext context) {
            throw new UnsupportedOperationException("Flink creates writers by WriterInitContext");
        }
    }
}
