// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.ingest;

import io.incidentcommander.datagen.storm.Schedule;
import io.incidentcommander.datagen.storm.StormClock;
import io.incidentcommander.datagen.storm.StormContent;
import io.incidentcommander.datagen.storm.StormScript;
import io.incidentcommander.model.ingest.RawRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The built-in generator as a transport. Parallel; positions are checkpointed, so that a restored
 * job emits the records it would have emitted, with the same offsets.
 *
 * <p>Paced, it is an open loop: each record carries its intended time as arrival and as timestamp,
 * also when it is sent late. Unpaced, it sends as fast as the job takes records, and they carry the
 * time of sending. In virtual time there is no clock: records carry epoch plus offset and are sent
 * at once; two runs are equal to the byte.
 */
public final class GeneratorSource
        implements Source<RawRecord, GeneratorSplit, GeneratorCheckpoint> {
    private static final long serialVersionUID = 1L;

    private final StormPlan plan;

    private GeneratorSource(StormPlan plan) {
        this.plan = plan;
    }

    public static Builder builder(StormContent content) {
        return new Builder(content);
    }

    /** A script with its schedule, to its end. */
    public static Builder builder(StormScript script) {
        return new Builder(script).schedule(script.schedule()).records(script.records());
    }

    @Override
    public Boundedness getBoundedness() {
        return plan.isBounded() ? Boundedness.BOUNDED : Boundedness.CONTINUOUS_UNBOUNDED;
    }

    @Override
    public SourceReader<RawRecord, GeneratorSplit> createReader(SourceReaderContext context) {
        return new GeneratorReader(plan);
    }

    @Override
    public SplitEnumerator<GeneratorSplit, GeneratorCheckpoint> createEnumerator(
            SplitEnumeratorContext<GeneratorSplit> context) {
        long start = plan.startMillis();
        int partitions = context.currentParallelism();
        List<GeneratorSplit> splits = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            splits.add(new GeneratorSplit(i, partitions, start, 0));
        }
        return new GeneratorEnumerator(context, splits);
    }

    @Override
    public SplitEnumerator<GeneratorSplit, GeneratorCheckpoint> restoreEnumerator(
            SplitEnumeratorContext<GeneratorSplit> context, GeneratorCheckpoint checkpoint) {
        return new GeneratorEnumerator(context, checkpoint.unassigned());
    }

    @Override
    public SimpleVersionedSerializer<GeneratorSplit> getSplitSerializer() {
        return new GeneratorSplitSerializer();
    }

    @Override
    public SimpleVersionedSerializer<GeneratorCheckpoint> getEnumeratorCheckpointSerializer() {
        return new GeneratorCheckpoint.Serializer();
    }

    /** Collects the values; unless told otherwise unbounded and as fast as it goes. */
    public static final class Builder {
        private final StormContent content;
        private String sourceId = "generator";
        private Optional<Schedule> schedule = Optional.empty();
        private long records = Long.MAX_VALUE;
        private Optional<Duration> duration = Optional.empty();
        private Optional<Long> virtualEpochMillis = Optional.empty();
        private StormClock clock = StormClock.system();

        private Builder(StormContent content) {
            this.content = Objects.requireNonNull(content, "content");
        }

        public Builder sourceId(String id) {
            this.sourceId = id;
            return this;
        }

        /** Records per second over all partitions; 0: as fast as it goes. */
        public Builder rate(long perSecond) {
            return perSecond == 0 ? unpaced() : schedule(Schedule.rate(perSecond));
        }

        public Builder schedule(Schedule schedule) {
            this.schedule = Optional.of(schedule);
            return this;
        }

        /** As fast as it goes. */
        public Builder unpaced() {
            this.schedule = Optional.empty();
            return this;
        }

        /** Ends after this many records over all partitions. */
        public Builder records(long count) {
            this.records = count;
            return this;
        }

        /** Ends with the last record that is meant to be sent within this time; needs a rate. */
        public Builder lasting(Duration time) {
            this.duration = Optional.of(time);
            return this;
        }

        /** No clock: record n is of {@code epochMillis} plus its offset; needs a rate. */
        public Builder inVirtualTime(long epochMillis) {
            this.virtualEpochMillis = Optional.of(epochMillis);
            return this;
        }

        public Builder clock(StormClock clock) {
            this.clock = clock;
            return this;
        }

        /**
         * @throws IllegalArgumentException if a time is asked for without a rate
         */
        public GeneratorSource build() {
            if (!schedule.isPresent() && (duration.isPresent() || virtualEpochMillis.isPresent())) {
                throw new IllegalArgumentException(
                        "A duration or virtual time needs a rate: set rate or schedule");
            }
            long within =
                    duration.isPresent()
                            ? schedule.get().recordsWithin(duration.get())
                            : Long.MAX_VALUE;
            return new GeneratorSource(
                    new StormPlan(
                            sourceId,
                            content,
                            schedule,
                            Math.min(records, within),
                            virtualEpochMillis,
                            clock));
        }
    }
}
