// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.integration.faults.Fault.Moment;
import io.incidentcommander.model.audit.Ledger;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** A TaskManager goes before, during and after a checkpoint: its successor carries on. */
class TaskManagerLossITCase {
    private static final long SEED = 7;
    private static final long RECORDS = 8_000;

    @Test
    void lostTaskManagersChangeNothing() throws Exception {
        try (Cluster cluster = Cluster.start(2, 1)) {
            Result undisturbed = run(cluster);
            Result disturbed =
                    run(
                            cluster,
                            Fault.taskManagerLost(Moment.BEFORE_CHECKPOINT, 3),
                            Fault.taskManagerLost(Moment.DURING_CHECKPOINT, 6),
                            Fault.taskManagerLost(Moment.AFTER_CHECKPOINT, 9),
                            Fault.taskManagerLost(Moment.RECORD, RECORDS * 2 / 3));

            assertThat(undisturbed.ledger().imbalanceAgainst(Map.of(Storms.SOURCE, RECORDS)))
                    .as("seed %d", SEED)
                    .isEmpty();
            assertThat(disturbed).as("seed %d", SEED).isEqualTo(undisturbed);
        }
    }

    private static Result run(Cluster cluster, Fault... faults) throws Exception {
        try (Observation observation = new Observation(faults)) {
            observation.faults().onTaskManagerLoss(cluster::replaceTaskManager);
            cluster.run(
                    TopologyJob.recorded()
                            .source(
                                    Storms.SOURCE,
                                    PacedSource.byCheckpoints(Storms.of(SEED, RECORDS), 500))
                            .restarts(3 * faults.length),
                    observation);
            assertThat(observation.faults().waiting()).as("faults that never struck").isEmpty();
            assertThat(observation.incidents().contradictions()).isEmpty();
            return new Result(observation.ledger(), observation.incidents().hashes());
        }
    }

    private record Result(Ledger ledger, SortedMap<String, String> events) {}
}
