// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.integration.faults.ScriptedSource.Script;
import io.incidentcommander.integration.faults.WatchedSinks.Watch;
import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.model.audit.SourceCounts;
import io.incidentcommander.model.ingest.RawRecord;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * One source of several is minutes behind, or was never there: the incidents of the others open,
 * grow and close as if it were none of theirs, and of its own alerts none is lost. One reader reads
 * all, in the order of the script, so that nothing depends on how fast anything is.
 */
class LaggingSourceITCase {
    private static final Duration SOON = Duration.ofSeconds(180);
    private static final int SECONDS = 600;
    private static final int LAG = 240;

    /** The last alert of the service whose incident has to be over while others still report. */
    private static final int EARLY = 20;

    /**
     * From here on the source that lags is read when time has gone on, however fast all is read.
     */
    private static final int PAUSE = 500;

    private static Cluster cluster;

    @BeforeAll
    static void start() throws Exception {
        cluster = Cluster.start(1, 2);
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    /** The reader is at the tip and says so: what is old was sent late. */
    @Test
    void aSourceMinutesBehindButAliveHoldsNobodyBackAndLosesNothing() throws Exception {
        Deliveries lagging = new Deliveries("lagging", "p0");
        Deliveries prompt = new Deliveries("prompt", "p0");
        Gate earlyIsOver = new Gate();
        Script script = ScriptedSource.script();
        for (int i = 0; i < SECONDS; i++) {
            if (i == PAUSE) {
                script.await(earlyIsOver);
            }
            prompt(script, prompt, i);
            script.emit(lagging.alert("lagging", "b" + i, "firing", i - LAG, i))
                    .emit(lagging.heartbeat(i + 0.5));
        }
        Watch watch = Watch.only();
        try (Observation seen = new Observation()) {
            JobID id = cluster.submit(job(watch, script), seen);
            seen.await(
                    "the end of the early incident while the other source is minutes behind",
                    SOON,
                    LaggingSourceITCase::isEarlyOver);
            earlyIsOver.open();
            cluster.finish(id);

            Outcome outcome =
                    Outcome.of(seen)
                            .accountsFor(
                                    Map.of(
                                            "prompt",
                                            (long) SECONDS + EARLY,
                                            "lagging",
                                            (long) SECONDS));
            assertThat(watch.late())
                    .as("what comes behind the watermark is of the source that lags")
                    .hasSizeGreaterThanOrEqualTo(SECONDS - PAUSE)
                    .allMatch(late -> late.startsWith("lagging"));
            assertThat(told(outcome.counts("lagging")))
                    .as("every one is news, however late")
                    .isEqualTo(SECONDS);
            assertThat(alertsIn(seen, "lagging")).isEqualTo(SECONDS);
            assertThat(withoutLagging(seen)).isNotEmpty().isEqualTo(undisturbed());
        }
    }

    @Test
    void aSourceThatWasAnnouncedAndNeverSpeaksHoldsNobodyBack() throws Exception {
        Deliveries prompt = new Deliveries("prompt", "p0");
        Script script = ScriptedSource.script().emit(RawRecord.assigned("missing", "p0"));
        for (int i = 0; i < SECONDS; i++) {
            prompt(script, prompt, i);
        }
        Gate end = new Gate();
        Watch watch = Watch.only();
        try (Observation seen = new Observation()) {
            JobID id = cluster.submit(job(watch, script.await(end)), seen);
            seen.await(
                    "the end of the early incident though nothing came of the missing source",
                    SOON,
                    LaggingSourceITCase::isEarlyOver);
            end.open();
            cluster.finish(id);

            Outcome.of(seen).accountsFor(Map.of("prompt", (long) SECONDS + EARLY));
            assertThat(watch.late()).isEmpty();
            assertThat(withoutLagging(seen)).isEqualTo(undisturbed());
        }
    }

    /** A second of the source that is in time. */
    private static void prompt(Script script, Deliveries prompt, int second) {
        script.emit(prompt.firing("prompt", "a" + second, second));
        if (second < EARLY) {
            script.emit(prompt.firing("early", "c" + second, second));
        }
    }

    private static SortedMap<String, String> undisturbed() throws Exception {
        Deliveries prompt = new Deliveries("prompt", "p0");
        Script script = ScriptedSource.script();
        for (int i = 0; i < SECONDS; i++) {
            prompt(script, prompt, i);
        }
        try (Observation seen = new Observation()) {
            Outcome.of(cluster, job(Watch.only(), script), seen);
            return withoutLagging(seen);
        }
    }

    private static boolean isEarlyOver(Observation seen) {
        return seen.incidents().events().stream()
                .anyMatch(
                        e ->
                                e.kind() == IncidentEventKind.CLOSED
                                        && e.incident().services().contains("early"));
    }

    private static long told(SourceCounts counts) {
        return counts.alerts(Disposition.DELIVERED)
                + counts.alerts(Disposition.GROUPED)
                + counts.alerts(Disposition.LATE);
    }

    private static long alertsIn(Observation seen, String service) {
        Map<String, Long> counts = new TreeMap<>();
        for (IncidentEvent event : seen.incidents().events()) {
            if (event.incident().services().contains(service)) {
                counts.merge(event.incidentId(), event.incident().alertCount(), Long::max);
            }
        }
        return counts.values().stream().mapToLong(count -> count).sum();
    }

    private static SortedMap<String, String> withoutLagging(Observation seen) {
        TreeMap<String, String> events = new TreeMap<>();
        for (IncidentEvent event : seen.incidents().events()) {
            if (!event.incident().services().contains("lagging")) {
                events.put(event.eventId(), event.hash());
            }
        }
        return events;
    }

    private static TopologyJob job(Watch watch, Script script) {
        return TopologyJob.live()
                .source("all", ScriptedSource.of(script))
                .parallelism(1)
                .sinks(o -> WatchedSinks.of(o, watch));
    }
}
