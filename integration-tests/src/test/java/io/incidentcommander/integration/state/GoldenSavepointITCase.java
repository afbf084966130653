// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.integration.faults.Cluster;
import io.incidentcommander.integration.faults.Observation;
import io.incidentcommander.integration.faults.Storms;
import io.incidentcommander.integration.faults.TopologyJob;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Savepoints of earlier releases go on as if nothing had happened. */
class GoldenSavepointITCase {
    /** Flink's CEP looks for what its versions before 1.18 kept, and leaves the empty state. */
    private static final String LEFT_BY_CEP = "/sharedBuffer-entries";

    @ParameterizedTest(name = "{0} on {1}")
    @CsvSource({"0.1.0,hashmap", "0.1.0,rocksdb"})
    void aRecordedRunHasTheSameResultAsAnUninterruptedOne(String release, String backend)
            throws Exception {
        Path golden = golden(release).resolve("recorded");
        try (Cluster cluster = Cluster.start(1, 1);
                Observation uninterrupted = new Observation();
                Observation continued = new Observation()) {
            cluster.run(GoldenSavepoint.recorded(GoldenSavepoint.storm(), backend), uninterrupted);
            cluster.run(
                    GoldenSavepoint.recorded(GoldenSavepoint.storm(), backend)
                            .from(savepoint(golden)),
                    continued);

            TreeMap<String, String> events = new TreeMap<>(continued.incidents().hashes());
            assertThat(events).as("events after the savepoint").isNotEmpty();
            events.putAll(eventsBefore(golden));
            assertThat(events).isEqualTo(uninterrupted.incidents().hashes());
            assertThat(continued.ledger()).isEqualTo(uninterrupted.ledger());
            assertExact(continued);
        }
    }

    @ParameterizedTest(name = "{0} on {1}")
    @CsvSource({"0.1.0,hashmap", "0.1.0,rocksdb"})
    void aLiveRunLosesNothingAndContradictsNothing(String release, String backend)
            throws Exception {
        Path golden = golden(release).resolve("live");
        try (Cluster cluster = Cluster.start(1, 1);
                Observation continued = new Observation()) {
            cluster.run(
                    GoldenSavepoint.live(GoldenSavepoint.storm(), backend).from(savepoint(golden)),
                    continued);

            assertThat(continued.incidents().hashes())
                    .as("events after the savepoint")
                    .isNotEmpty()
                    .doesNotContainKeys(eventsBefore(golden).keySet().toArray(String[]::new));
            assertExact(continued);
        }
    }

    /**
     * Every operator of every stage goes on from what the release kept, and keeps no other states:
     * one that is new is not in the release's savepoint, which is made anew before the release.
     */
    @ParameterizedTest(name = "{0} on {1}")
    @CsvSource({"0.1.0,hashmap", "0.1.0,rocksdb"})
    void allStagesGoOnAndKeepTheStatesOfTheRelease(
            String release, String backend, @TempDir Path directory) throws Exception {
        Path golden = golden(release).resolve("whole");
        TopologyJob job =
                WholeTopology.of(directory.resolve("keys"), List.of())
                        .job(backend, GoldenSavepoint.RECORDS)
                        .from(savepoint(golden));
        try (Cluster cluster = Cluster.start(1, 1);
                Observation continued = new Observation()) {
            JobID id = cluster.submit(job, continued);
            continued.await(
                    "the rest of the input in a checkpoint",
                    Duration.ofMinutes(5),
                    o ->
                            o.counts(Storms.SOURCE).recordsIn() == GoldenSavepoint.RECORDS
                                    && o.counts(Signals.SOURCE).recordsIn() == Signals.ALL);
            Path stopped = cluster.stop(id, directory);

            assertThat(continued.ledger().imbalance()).isEmpty();
            assertThat(continued.incidents().hashes())
                    .isNotEmpty()
                    .doesNotContainKeys(eventsBefore(golden).keySet().toArray(String[]::new));
            List<String> uids = WholeTopology.uids(job);
            assertThat(uids).containsAll(lines(golden, GoldenSavepoint.UIDS));
            assertThat(SavedState.read(stopped, uids).keySet())
                    .filteredOn(state -> !state.endsWith(LEFT_BY_CEP))
                    .containsExactlyElementsOf(lines(golden, GoldenSavepoint.STATES));
        }
    }

    private static List<String> lines(Path golden, String file) throws Exception {
        return Files.readAllLines(golden.resolve(file));
    }

    private static void assertExact(Observation seen) {
        assertThat(seen.ledger().imbalanceAgainst(Map.of(Storms.SOURCE, GoldenSavepoint.RECORDS)))
                .isEmpty();
        assertThat(seen.counts(Storms.SOURCE).pending()).as("pending").isZero();
    }

    static Path golden(String release) throws Exception {
        URL url = GoldenSavepointITCase.class.getResource("/golden/" + release);
        return Path.of(url.toURI());
    }

    static Path savepoint(Path golden) throws Exception {
        try (Stream<Path> entries = Files.list(golden)) {
            List<Path> savepoints = entries.filter(Files::isDirectory).toList();
            assertThat(savepoints)
                    .as(
                            "savepoints in %s; what an earlier build left there is to be deleted",
                            golden)
                    .hasSize(1);
            return savepoints.get(0);
        }
    }

    private static SortedMap<String, String> eventsBefore(Path golden) throws Exception {
        TreeMap<String, String> events = new TreeMap<>();
        for (String line : Files.readAllLines(golden.resolve(GoldenSavepoint.EVENTS))) {
            String[] parts = line.split(" ");
            events.put(parts[0], parts[1]);
        }
        return events;
    }
}
