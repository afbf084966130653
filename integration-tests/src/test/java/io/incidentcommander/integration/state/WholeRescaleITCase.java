// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.integration.faults.Cluster;
import io.incidentcommander.integration.faults.Observation;
import io.incidentcommander.integration.faults.Storms;
import io.incidentcommander.integration.faults.TopologyJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every stage in one job, stopped and gone on with by savepoints at parallelism 1, 2 and 4. */
class WholeRescaleITCase {
    private static final int[] PARALLELISMS = {1, 2, 4};
    private static final long LEG = GoldenSavepoint.RECORDS / PARALLELISMS.length;

    @TempDir Path directory;

    @Test
    void allStagesGoOnAtAnyParallelismAndContradictNothing() throws Exception {
        WholeTopology whole = WholeTopology.of(directory.resolve("keys"), List.of());
        Optional<Path> from = Optional.empty();
        TreeMap<String, String> told = new TreeMap<>();
        try (Cluster cluster = Cluster.start(1, 4)) {
            for (int leg = 0; leg < PARALLELISMS.length; leg++) {
                int parallelism = PARALLELISMS[leg];
                long read = LEG * (leg + 1);
                TopologyJob job = whole.job("rocksdb", LEG).parallelism(parallelism);
                from.ifPresent(job::from);
                try (Observation seen = new Observation()) {
                    JobID id = cluster.submit(job, seen);
                    seen.await(
                            read + " records in a checkpoint at parallelism " + parallelism,
                            Duration.ofMinutes(5),
                            o -> o.counts(Storms.SOURCE).recordsIn() >= read);
                    from = Optional.of(cluster.stop(id, directory));
                    Map<String, String> now = seen.incidents().hashes();
                    assertThat(now)
                            .as("events at parallelism %d", parallelism)
                            .doesNotContainKeys(told.keySet().toArray(String[]::new));
                    told.putAll(now);
                    assertThat(seen.ledger().imbalance())
                            .as("ledger at parallelism %d", parallelism)
                            .isEmpty();
                }
            }
        }
        assertThat(told).isNotEmpty();
    }
}
