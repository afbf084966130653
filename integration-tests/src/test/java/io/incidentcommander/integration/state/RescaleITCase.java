// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.integration.faults.Cluster;
import io.incidentcommander.integration.faults.Observation;
import io.incidentcommander.integration.faults.PacedSource;
import io.incidentcommander.integration.faults.Storms;
import io.incidentcommander.integration.faults.TopologyJob;
import io.incidentcommander.model.audit.Ledger;
import io.incidentcommander.model.ingest.RawRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.connector.source.Source;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parallelism changes speed, never results: 1, 2, 4 and 1 again, by savepoints. */
class RescaleITCase {
    private static final long SEED = 21;
    private static final long RECORDS = 4_000;
    private static final long LEG = 1_000;

    private static Cluster cluster;

    @TempDir Path savepoints;

    @BeforeAll
    static void start() throws Exception {
        cluster = Cluster.start(1, 4);
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hashmap", "rocksdb"})
    void rescalingChangesNothing(String backend) throws Exception {
        TreeMap<String, String> events = new TreeMap<>();
        Optional<Path> from = Optional.empty();
        long read = 0;
        for (int parallelism : new int[] {1, 2, 4}) {
            read += LEG;
            from = Optional.of(leg(backend, parallelism, from, read, events));
        }
        Ledger ledger = last(backend, from, events);

        TreeMap<String, String> undisturbed = new TreeMap<>();
        assertThat(ledger).isEqualTo(last(backend, Optional.empty(), undisturbed));
        assertThat(events).isNotEmpty().isEqualTo(undisturbed);
        assertThat(ledger.imbalanceAgainst(Map.of(Storms.SOURCE, RECORDS))).isEmpty();
    }

    private Path leg(
            String backend,
            int parallelism,
            Optional<Path> from,
            long read,
            SortedMap<String, String> events)
            throws Exception {
        try (Observation seen = new Observation()) {
            JobID job =
                    cluster.submit(
                            job(PacedSource.heldAfter(Storms.of(SEED, RECORDS), LEG), backend, from)
                                    .parallelism(parallelism),
                            seen);
            seen.await(
                    "a checkpoint with " + read + " records at parallelism " + parallelism,
                    Duration.ofMinutes(5),
                    o -> o.counts(Storms.SOURCE).recordsIn() >= read);
            Path savepoint = cluster.stop(job, savepoints);
            events.putAll(seen.incidents().hashes());
            return savepoint;
        }
    }

    private static Ledger last(
            String backend, Optional<Path> from, SortedMap<String, String> events)
            throws Exception {
        try (Observation seen = new Observation()) {
            cluster.run(job(Storms.of(SEED, RECORDS), backend, from).parallelism(1), seen);
            events.putAll(seen.incidents().hashes());
            assertThat(seen.counts(Storms.SOURCE).pending()).isZero();
            return seen.ledger();
        }
    }

    private static TopologyJob job(
            Source<RawRecord, ?, ?> source, String backend, Optional<Path> from) {
        TopologyJob job =
                TopologyJob.recorded()
                        .withoutFaults()
                        .source(Storms.SOURCE, source)
                        .backend(backend);
        from.ifPresent(job::from);
        return job;
    }
}
