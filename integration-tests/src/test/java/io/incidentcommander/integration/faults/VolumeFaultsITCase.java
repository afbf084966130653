// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.datagen.ingest.GeneratorSource;
import io.incidentcommander.datagen.storm.StormSpec;
import io.incidentcommander.integration.faults.Fault.Moment;
import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.ingest.RawRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.connector.source.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Too much of one thing, and too many things. */
class VolumeFaultsITCase {
    private static final long SEED = 13;
    private static final String SOURCE = "storm";

    private static Cluster cluster;

    @TempDir Path savepoints;

    @BeforeAll
    static void start() throws Exception {
        cluster = Cluster.start(1, 2);
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    @Test
    void aHotKeyIsOneStoryAndKeepsWhatIsCritical() throws Exception {
        HotStorm storm = new HotStorm(20_000);
        Outcome alone = hot(storm, 1);
        alone.accountsFor(Map.of(SOURCE, (long) storm.records.size()));

        assertThat(hot(storm, 2)).as("seed %d", SEED).isEqualTo(alone);
        assertThat(
                        hot(
                                storm,
                                2,
                                Fault.taskFails(Moment.RECORD, 9_000),
                                Fault.taskFails(Moment.DURING_CHECKPOINT, 3)))
                .as("seed %d", SEED)
                .isEqualTo(alone);
        assertThat(count(alone, Disposition.DUPLICATE)).isGreaterThan(storm.records.size() * 3 / 4);
        assertThat(count(alone, Disposition.SAMPLED_OUT)).isPositive();
    }

    private static Outcome hot(HotStorm storm, int parallelism, Fault... faults) throws Exception {
        try (Observation seen = new Observation(faults)) {
            Outcome outcome =
                    Outcome.of(
                            cluster,
                            TopologyJob.recorded()
                                    .source(
                                            SOURCE,
                                            PacedSource.byCheckpoints(
                                                    ScriptedSource.of(storm.records), 2_000))
                                    .parallelism(parallelism),
                            seen);
            assertThat(storm.critical)
                    .as("seed %d: CRITICAL is never sampled out", SEED)
                    .noneMatch(id -> seen.fates().get(id) == Disposition.SAMPLED_OUT);
            return outcome;
        }
    }

    private static long count(Outcome outcome, Disposition disposition) {
        return outcome.counts(SOURCE).alerts(disposition);
    }

    /**
     * 80 % one alert, the rest all different and of the same service; of these so many are CRITICAL
     * that they alone are more than a second's sample.
     */
    private static final class HotStorm {
        private final List<RawRecord> records = new ArrayList<>();
        private final Set<String> critical = new HashSet<>();

        HotStorm(int size) {
            Random random = new Random(SEED);
            for (int i = 0; i < size; i++) {
                boolean hot = random.nextInt(10) < 8;
                boolean worst = !hot && random.nextInt(4) > 0;
                String partition = "p" + i % 2;
                long time = Storms.EPOCH + i;
                String json =
                        String.format(
                                "{\"name\":\"%s\",\"service\":\"hot\",\"host\":\"h\","
                                        + "\"severity\":\"%s\",\"time\":\"%s\"}",
                                hot ? "hot" : "cold-" + i,
                                worst ? "critical" : "high",
                                Instant.ofEpochMilli(time));
                records.add(RawRecord.of(SOURCE, partition, i / 2, time, json.getBytes(UTF_8)));
                if (worst) {
                    critical.add(SOURCE + ":" + partition + ":" + i / 2 + ":0");
                }
            }
        }
    }

    /**
     * 10,000 new fingerprints a second of event time, each remembered for 5 s: after 100 s and a
     * million of them state is what it was after 20 s.
     */
    @Test
    void aMillionFingerprintsLeaveStateAsLargeAsTwoHundredThousand() throws Exception {
        long few = 200_000;
        long many = 1_000_000;
        Path early = leg(Optional.empty(), few, few);
        Path late = leg(Optional.of(early), many, many - few);

        assertThat(bytes(early)).isGreaterThan(1 << 20);
        assertThat(bytes(late)).isLessThan(bytes(early) * 5 / 4);
    }

    /** Reads on to so many records, and stops there. */
    private Path leg(Optional<Path> from, long until, long more) throws Exception {
        try (Observation seen = Observation.withoutFates()) {
            TopologyJob job =
                    TopologyJob.live()
                            .withoutFaults()
                            .source(SOURCE, PacedSource.heldAfter(novelties(), more / 2))
                            .option("checkpoint.interval", "2 s")
                            // More than a JobManager keeps in its memory.
                            .option("checkpoint.directory", savepoints.toUri().toString())
                            .option("sampling.dedup.quiet", "5 s")
                            .option("sampling.late-memory", "5 s");
            from.ifPresent(job::from);
            JobID id = cluster.submit(job, seen);
            seen.await(
                    until + " records",
                    Duration.ofMinutes(10),
                    o -> o.counts(SOURCE).recordsIn() >= until);
            Path savepoint = cluster.stop(id, savepoints);
            assertThat(seen.ledger().imbalance()).isEmpty();
            assertThat(seen.counts(SOURCE).alerts()).isGreaterThanOrEqualTo(until);
            return savepoint;
        }
    }

    private static Source<RawRecord, ?, ?> novelties() {
        return GeneratorSource.builder(
                        StormSpec.canonicalOnly(StormSpec.LEAST_BYTES).toBuilder()
                                .seed(SEED)
                                .fingerprints(1_100_000)
                                .duplicateRatio(0)
                                .build())
                .sourceId(SOURCE)
                .rate(10_000)
                .records(1_100_000)
                .inVirtualTime(Storms.EPOCH)
                .build();
    }

    private static long bytes(Path savepoint) throws IOException {
        try (Stream<Path> files = Files.walk(savepoint)) {
            long sum = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sum += Files.size(file);
            }
            return sum;
        }
    }
}
