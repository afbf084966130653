// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.detection.anomaly;

import io.incidentcommander.model.detection.anomaly.SeriesReading;
import io.incidentcommander.model.ingest.MetricPoint;
import io.incidentcommander.udfs.detection.anomaly.AnomalyPolicy;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Leaves of all points of a series and minute the last one, before they are sent anywhere: who
 * reports every second costs no more than who reports every minute. Hands out what it has when the
 * minute is over, when there is no room, before each checkpoint barrier and at the end of input, so
 * there is no state; who takes it takes the last of several. Bound: {@value #MOST} points.
 */
final class BinSeriesOperator extends AbstractStreamOperator<MetricPoint>
        implements OneInputStreamOperator<MetricPoint, MetricPoint> {
    private static final long serialVersionUID = 1L;
    private static final int MOST = 65_536;

    private transient Map<Bin, MetricPoint> bins;
    private transient long earliestEnd;

    BinSeriesOperator() {
        setChainingStrategy(ChainingStrategy.ALWAYS);
    }

    @Override
    public void open() throws Exception {
        super.open();
        bins = new HashMap<>();
        earliestEnd = Long.MAX_VALUE;
    }

    @Override
    public void processElement(StreamRecord<MetricPoint> element) {
        MetricPoint point = element.getValue();
        if (!Double.isFinite(point.value())) {
            return;
        }
        Bin bin = new Bin(point);
        bins.merge(bin, point, BinSeriesOperator::last);
        earliestEnd = Math.min(earliestEnd, bin.endMillis);
        if (bins.size() >= MOST) {
            flush(Long.MAX_VALUE);
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (earliestEnd <= mark.getTimestamp()) {
            flush(mark.getTimestamp());
        }
        super.processWatermark(mark);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        flush(Long.MAX_VALUE);
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void finish() throws Exception {
        flush(Long.MAX_VALUE);
        super.finish();
    }

    private void flush(long untilMillis) {
        earliestEnd = Long.MAX_VALUE;
        bins.entrySet()
                .removeIf(
                        entry -> {
                            if (entry.getKey().endMillis <= untilMillis) {
                                output.collect(new StreamRecord<>(entry.getValue()));
                                return true;
                            }
                            earliestEnd = Math.min(earliestEnd, entry.getKey().endMillis);
                            return false;
                        });
    }

    private static MetricPoint last(MetricPoint one, MetricPoint other) {
        SeriesReading first = SeriesReading.of(one);
        return first.or(SeriesReading.of(other)).equals(first) ? one : other;
    }

    /** A minute of a series. */
    private static final class Bin {
        private final MetricPoint series;
        private final long endMillis;
        private final int hash;

        Bin(MetricPoint point) {
            series = point;
            endMillis = AnomalyPolicy.MINUTES.lastOf(point.timeMillis());
            hash = Objects.hash(endMillis, point.service(), point.metric(), point.dimensions());
        }

        @Override
        public boolean equals(Object other) {
            if (!(other instanceof Bin)) {
                return false;
            }
            Bin that = (Bin) other;
            return hash == that.hash
                    && endMillis == that.endMillis
                    && series.metric().equals(that.series.metric())
                    && series.service().equals(that.series.service())
                    && series.tenant().equals(that.series.tenant())
                    && series.unit().equals(that.series.unit())
                    && series.dimensions().equals(that.series.dimensions());
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
