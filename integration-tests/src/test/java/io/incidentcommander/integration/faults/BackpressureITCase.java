// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.integration.faults.ScriptedSource.Script;
import io.incidentcommander.integration.faults.WatchedSinks.Watch;
import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.ingest.RawRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A source that is held back by what is behind it is not idle: it loses nothing to lateness. */
class BackpressureITCase {
    private static final Duration SOON = Duration.ofSeconds(120);
    private static final Duration IDLE = Duration.ofMillis(200);

    /** Far more than the buffers between two tasks hold. */
    private static final int BACKLOG = 6_000;

    private static Cluster cluster;

    @BeforeAll
    static void start() throws Exception {
        cluster = Cluster.start(1, 2);
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    @Test
    void aReaderUnderBackpressureHoldsTimeBackForAllOthers() throws Exception {
        Deliveries busy = new Deliveries("live", "busy");
        Deliveries calm = new Deliveries("live", "calm");
        Gate known = new Gate();
        Gate stalled = new Gate();
        Gate end = new Gate();
        // Not before the calm reader has been heard of: nobody holds time back for a stranger.
        Script backlog = ScriptedSource.script().await(known);
        for (int i = 0; i < BACKLOG; i++) {
            backlog.emit(busy.firing("service-" + i % 40, "a" + i, i / 100.0));
        }
        backlog.await(end); // a live job takes no checkpoint once one of its readers has ended
        double now = BACKLOG / 100.0;
        Script heartbeats =
                ScriptedSource.script()
                        .emit(calm.firing("calm", "first", 0))
                        .await(stalled)
                        .emit(calm.heartbeat(now))
                        .emit(calm.firing("calm", "second", now))
                        .await(end);
        // Not before the busy reader has been heard of: it would be none that is held back.
        Watch watch = Watch.stalling(1, "busy");
        TopologyJob job =
                TopologyJob.live()
                        .source("live", ScriptedSource.of(backlog, heartbeats))
                        .option("ingest.source-idle", IDLE.toMillis() + " ms")
                        .option("sampling.bundle.max-entries", "1")
                        .sinks(o -> WatchedSinks.of(o, watch));
        try (Observation seen = new Observation()) {
            JobID id = cluster.submit(job, seen);
            seen.await("the calm reader", SOON, o -> o.counts("live").recordsIn() == 1);
            known.open();
            watch.awaitStall();
            stalled.open();
            LockSupport.parkNanos(IDLE.multipliedBy(5).toNanos()); // the stall lasts this long
            watch.endStall();
            seen.await(
                    "the whole backlog", SOON, o -> o.counts("live").recordsIn() == BACKLOG + 2L);
            end.open();
            cluster.finish(id);

            Outcome.of(seen).accountsFor(Map.of("live", BACKLOG + 2L));
            assertThat(watch.late()).isEmpty();
            assertThat(seen.counts("live").alerts(Disposition.LATE)).isZero();
        }
    }

    @Test
    void aSourceThatCatchesUpIsNotSilentBecauseAnotherIsAtItsEnd() throws Exception {
        Deliveries behind = new Deliveries("behind", "p0");
        Deliveries ahead = new Deliveries("ahead", "p0");
        int minutes = 20;
        Script script =
                ScriptedSource.script()
                        .emit(RawRecord.assigned("behind", "p0"))
                        .emit(ahead.firing("calm", "first", minutes * 60));
        int records = minutes * 60 * 5;
        for (int i = 0; i < records; i++) {
            script.emit(behind.firing("service-" + i % 10, "a" + i, i / 5.0));
            if (i % 10 == 0) {
                script.emit(ahead.heartbeat(minutes * 60 + i / 50.0));
            }
        }

        late(script, Map.of("behind", (long) records, "ahead", 1L));
    }

    @Test
    void aPartitionThatIsReadLastIsWaitedForFromTheFirst() throws Exception {
        Deliveries first = new Deliveries("live", "p0");
        Deliveries last = new Deliveries("live", "p1");
        Script script =
                ScriptedSource.script()
                        .emit(RawRecord.assigned("live", "p0"))
                        .emit(RawRecord.assigned("live", "p1"));
        int records = 1_000;
        for (Deliveries partition : List.of(first, last)) {
            for (int i = 0; i < records; i++) {
                script.emit(partition.firing("service-" + i % 10, "a" + i, i));
                if (i % 20 == 0) { // together less than makes a partition silent
                    script.emit(new Deliveries("other", "p0").heartbeat(records + i));
                }
            }
        }

        late(script, Map.of("live", 2L * records));
    }

    private static void late(Script script, Map<String, Long> read) throws Exception {
        Watch watch = Watch.only();
        TopologyJob job =
                TopologyJob.live()
                        .source("live", ScriptedSource.of(script))
                        .parallelism(1)
                        .sinks(o -> WatchedSinks.of(o, watch));
        try (Observation seen = new Observation()) {
            Outcome.of(cluster, job, seen).accountsFor(read);
            assertThat(watch.late()).isEmpty();
            assertThat(seen.incidents().events()).isNotEmpty();
        }
    }
}
