// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.integration.faults.PacedSource;
import io.incidentcommander.integration.faults.Storms;
import io.incidentcommander.jobs.local.CallbackSink;
import io.incidentcommander.model.detection.DetectionEvent;
import io.incidentcommander.model.detection.DetectionEvent.Kind;
import io.incidentcommander.model.detection.PatternKind;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.operators.detection.DetectPatterns;
import io.incidentcommander.operators.detection.DetectionKeys;
import io.incidentcommander.operators.detection.PatternCatalogue;
import io.incidentcommander.udfs.detection.PatternSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A pattern is replaced by a new version from a savepoint: what the old version had begun is gone,
 * the new one works, and another pattern goes on in the middle of its match.
 */
class PatternUpgradeITCase {
    private static final PatternSpec NEXT_CASCADE =
            new PatternSpec(PatternKind.CASCADE, 3, Duration.ofMinutes(5), 2);
    private static final int HALF = 1_500;

    /** A reader that is held stops somewhere between, for it finishes its batch. */
    private static final int GOES_ON = 2_700;

    private static final Queue<PatternMatch> FOUND = new ConcurrentLinkedQueue<>();
    private static final AtomicLong SEEN = new AtomicLong();

    @TempDir Path directory;

    @Test
    void theNewVersionBeginsAnewAndTheRestGoesOn() throws Exception {
        FOUND.clear();
        SEEN.set(0);
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.BIND_PORT, "0");
        try (MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(configuration)
                                .setNumSlotsPerTaskManager(1)
                                .build())) {
            cluster.start();
            JobGraph before =
                    graph(
                            PacedSource.heldAfter(GoldenSavepoint.storm(), HALF),
                            PatternCatalogue.CASCADE);
            cluster.submitJob(before).get(5, TimeUnit.MINUTES);
            long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
            while ((SEEN.get() < HALF || !allRun(cluster, before))
                    && System.nanoTime() < deadline) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20)); // the other core works
            }
            String savepoint =
                    cluster.stopWithSavepoint(
                                    before.getJobID(),
                                    directory.toUri().toString(),
                                    false,
                                    SavepointFormatType.CANONICAL)
                            .get(5, TimeUnit.MINUTES);
            assertThat(FOUND).as("before the savepoint").isEmpty();

            JobGraph after = graph(GoldenSavepoint.storm(), NEXT_CASCADE);
            after.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(savepoint, true));
            cluster.executeJobBlocking(after);
        }
        assertThat(FOUND.stream().map(PatternMatch::patternId).collect(Collectors.toList()))
                .containsExactlyInAnyOrder("storm", "cascade");
        PatternMatch storm = of("storm");
        assertThat(storm.firstMillis()).isLessThan(time(HALF));
        assertThat(storm.lastMillis()).isGreaterThan(time(HALF));
        assertThat(storm.words()).startsWith("20 alerts of cart");
        PatternMatch cascade = of("cascade");
        assertThat(cascade.version()).isEqualTo(3);
        assertThat(cascade.services()).containsExactly("disk", "db", "orders");
    }

    /** A savepoint is refused as long as a task is only being deployed. */
    private static boolean allRun(MiniCluster cluster, JobGraph job) throws Exception {
        for (AccessExecutionVertex task :
                cluster.getExecutionGraph(job.getJobID()).get().getAllExecutionVertices()) {
            if (task.getExecutionState() != ExecutionState.RUNNING) {
                return false;
            }
        }
        return true;
    }

    private static PatternMatch of(String id) {
        return FOUND.stream().filter(m -> m.patternId().equals(id)).findFirst().orElseThrow();
    }

    private static JobGraph graph(Source<RawRecord, ?, ?> source, PatternSpec cascade) {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
        env.enableCheckpointing(600_000);
        env.setMaxParallelism(128);
        KeyedStream<DetectionEvent, String> events =
                env.fromSource(source, WatermarkStrategy.noWatermarks(), "storm")
                        .uid("storm")
                        .map(record -> event(record.offset()))
                        .returns(DetectionEvent.class)
                        .uid("events")
                        .assignTimestampsAndWatermarks(
                                WatermarkStrategy.<DetectionEvent>forMonotonousTimestamps()
                                        .withTimestampAssigner((e, t) -> e.eventTimeMillis()))
                        .uid("time")
                        .keyBy(DetectionKeys.TENANT, Types.STRING);
        DetectPatterns.of(cascade, events)
                .union(DetectPatterns.of(PatternCatalogue.STORM, events))
                .sinkTo(new CallbackSink<>(match -> FOUND.add(match)))
                .uid("found");
        return env.getStreamGraph().getJobGraph();
    }

    /**
     * Around the savepoint: 20 alerts of one storm, and a cascade of which the old version sees
     * two. A second cascade lies wholly behind it.
     */
    private static DetectionEvent event(long n) {
        SEEN.accumulateAndGet(n + 1, Math::max);
        switch ((int) n) {
            case HALF - 20:
                return onset(n, "search", List.of());
            case HALF - 15:
                return onset(n, "web", List.of("search"));
            case GOES_ON + 15:
                return onset(n, "ads", List.of("search"));
            case GOES_ON + 100:
                return onset(n, "disk", List.of());
            case GOES_ON + 110:
                return onset(n, "db", List.of("disk"));
            case GOES_ON + 120:
                return onset(n, "orders", List.of("db", "disk"));
            default:
                return ofCart(n);
        }
    }

    private static DetectionEvent ofCart(long n) {
        if (n >= HALF - 10 && n < HALF) {
            return crowd(n, n - (HALF - 10));
        }
        return n >= GOES_ON && n < GOES_ON + 10
                ? crowd(n, n - GOES_ON + 10)
                : of(Kind.CLEARED, n, "cart");
    }

    private static DetectionEvent crowd(long n, long before) {
        AlertId id = new AlertId(Storms.SOURCE, "p", n, 0);
        return DetectionEvent.crowd(id, "acme", "cart", time(n), 1, before);
    }

    private static DetectionEvent of(Kind kind, long n, String service) {
        return new DetectionEvent(
                kind,
                new AlertId(Storms.SOURCE, "p", n, 0),
                "acme",
                service,
                "rule",
                time(n),
                Double.NaN,
                List.of());
    }

    private static DetectionEvent onset(long n, String service, List<String> dependsOn) {
        return new DetectionEvent(
                Kind.ONSET,
                new AlertId(Storms.SOURCE, "p", n, 0),
                "acme",
                service,
                "rule",
                time(n),
                Double.NaN,
                dependsOn);
    }

    private static long time(long n) {
        return Storms.EPOCH + 100 * (Math.min(n, HALF) + Math.max(0, n - GOES_ON));
    }
}
