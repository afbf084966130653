// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files are not equally long, and a live job may read a file beside what never ends: readers come
 * to their end one by one, and checkpoints go on.
 */
class FinishedReaderITCase {
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final int GATES = 3;
    private static final int RECORDS = 10;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void checkpointsCompleteWhileOneReaderHasEndedAndAnotherHasNot(boolean live) throws Exception {
        Deliveries shorter = new Deliveries("files", "short");
        Deliveries longer = new Deliveries("files", "long");
        Gate[] gates = {new Gate(), new Gate(), new Gate()};
        ScriptedSource.Script goesOn = ScriptedSource.script();
        for (Gate gate : gates) {
            for (int i = 0; i < RECORDS; i++) {
                goesOn.emit(longer.firing("checkout", "a" + i, i));
            }
            goesOn.await(gate);
        }
        ScriptedSource source =
                ScriptedSource.of(
                        ScriptedSource.script().emit(shorter.firing("payments", "b", 0)), goesOn);

        try (Cluster cluster = Cluster.start(1, 2);
                Observation seen = new Observation()) {
            TopologyJob kind = live ? TopologyJob.live() : TopologyJob.recorded();
            JobID job = cluster.submit(kind.source("files", source), seen);
            for (int i = 0; i < GATES; i++) {
                long read = 1 + RECORDS * (i + 1);
                seen.await(
                        "a checkpoint with " + read + " records",
                        SOON,
                        o -> o.counts("files").recordsIn() == read);
                gates[i].open();
            }
            cluster.finish(job);

            assertThat(seen.ledger().imbalanceAgainst(Map.of("files", 1L + RECORDS * GATES)))
                    .isEmpty();
            assertThat(seen.counts("files").pending()).isZero();
        }
    }
}
