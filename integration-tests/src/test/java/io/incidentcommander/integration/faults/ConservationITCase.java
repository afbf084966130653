// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.integration.faults.Fault.Moment;
import io.incidentcommander.model.audit.Ledger;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever kills the job, and whenever: nothing is lost, doubled or decided otherwise. */
class ConservationITCase {
    private static final long RECORDS = 12_000;
    private static final int FAULTS = 5;

    private static Cluster cluster;

    @BeforeAll
    static void start() throws Exception {
        cluster = Cluster.start(1, 2);
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    @ParameterizedTest(name = "seed {0} on {1}")
    @CsvSource({"1,hashmap", "2,hashmap", "3,hashmap", "4,rocksdb", "5,rocksdb"})
    void randomKillsChangeNothing(long seed, String backend) throws Exception {
        assertNothingChanges(seed, backend, Fault.random(seed, FAULTS, RECORDS));
    }

    /** Before there is a checkpoint, twice in a row at the same one, and again right after it. */
    @Test
    void killsAtTheWorstMomentsChangeNothing() throws Exception {
        assertNothingChanges(
                6,
                "rocksdb",
                Fault.taskFails(Moment.RECORD, 1),
                Fault.taskFails(Moment.BEFORE_CHECKPOINT, 3),
                Fault.taskFails(Moment.BEFORE_CHECKPOINT, 4),
                Fault.taskFails(Moment.DURING_CHECKPOINT, 4),
                Fault.taskFails(Moment.DURING_CHECKPOINT, 5),
                Fault.taskFails(Moment.AFTER_CHECKPOINT, 3),
                Fault.taskFails(Moment.AFTER_CHECKPOINT, 4));
    }

    private static void assertNothingChanges(long seed, String backend, Fault... faults)
            throws Exception {
        Result undisturbed = run(seed, backend);
        Result killed = run(seed, backend, faults);

        assertThat(undisturbed.ledger.imbalanceAgainst(Map.of(Storms.SOURCE, RECORDS)))
                .as("seed %d", seed)
                .isEmpty();
        assertThat(undisturbed.ledger.counts().get(Storms.SOURCE).pending())
                .as("seed %d: pending", seed)
                .isZero();
        assertThat(undisturbed.events).as("seed %d: incident events", seed).isNotEmpty();
        assertThat(killed.ledger)
                .as("seed %d: ledger after %s", seed, (Object) faults)
                .isEqualTo(undisturbed.ledger);
        assertThat(killed.events)
                .as("seed %d: events after %s", seed, (Object) faults)
                .isEqualTo(undisturbed.events);
    }

    private static Result run(long seed, String backend, Fault... faults) throws Exception {
        try (Observation observation = new Observation(faults)) {
            cluster.run(
                    TopologyJob.recorded()
                            .source(
                                    Storms.SOURCE,
                                    PacedSource.byCheckpoints(Storms.of(seed, RECORDS), 500))
                            .backend(backend)
                            .restarts(faults.length),
                    observation);
            assertThat(observation.faults().waiting())
                    .as("seed %d: faults that never struck", seed)
                    .isEmpty();
            assertThat(observation.incidents().contradictions()).as("seed %d", seed).isEmpty();
            for (Ledger published : observation.ledgers()) {
                assertThat(published.imbalance()).as("seed %d", seed).isEmpty();
            }
            return new Result(observation.ledger(), observation.incidents().hashes());
        }
    }

    private record Result(Ledger ledger, SortedMap<String, String> events) {}
}
