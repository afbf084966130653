// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.integration.faults.ScriptedSource.Script;
import io.incidentcommander.integration.faults.WatchedSinks.Watch;
import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clocks that leap by a day, and sources that fall silent: the others' time goes on as it did. */
class TimeFaultsITCase {
    private static final Duration SOON = Duration.ofSeconds(180);
    private static final double DAY = 86_400;
    private static final int SECONDS = 400;

    private static Cluster cluster;

    @BeforeAll
    static void start() throws Exception {
        cluster = Cluster.start(1, 2);
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    @ParameterizedTest(name = "by {0} days")
    @ValueSource(doubles = {1, -1, 3, -3})
    void aSendersClockThatLeapsMakesNobodyElseLate(double days) throws Exception {
        Watch watch = Watch.only();
        Script steady = steady();
        Deliveries sender = new Deliveries("live", "leaping");
        Script leaping = ScriptedSource.script();
        for (int i = 0; i < SECONDS; i++) {
            double off = i >= SECONDS / 4 && i < SECONDS / 2 ? days * DAY : 0;
            leaping.emit(sender.alert("leaping", "b" + i, "firing", i + off, i));
        }
        try (Observation seen = new Observation()) {
            Outcome outcome = Outcome.of(cluster, live(watch, steady, leaping), seen);

            outcome.accountsFor(Map.of("live", 2L * SECONDS));
            assertThat(outcome.counts("live").alerts(Disposition.LATE)).isZero();
            assertThat(watch.late()).filteredOn(late -> late.contains("steady")).isEmpty();
            assertThat(ofService(seen, "steady")).isEqualTo(undisturbed());
            for (IncidentEvent event : seen.incidents().events()) {
                if (event.kind() == IncidentEventKind.OPENED) {
                    assertThat(event.incident().openedAtMillis())
                            .as("never further from arrival than the clamps allow")
                            .isBetween(Deliveries.millis(-DAY), Deliveries.millis(SECONDS + 300));
                }
            }
        }
    }

    /**
     * Many senders stand behind one partition, and of their clocks one is wrong: so much that it is
     * corrected, or so little that it is not.
     */
    @ParameterizedTest(name = "by {0} s")
    @ValueSource(doubles = {DAY, -DAY, 1.9})
    void aClockThatLeapsMakesNobodyLateWhoComesByTheSamePartition(double seconds) throws Exception {
        Watch watch = Watch.only();
        try (Observation right = new Observation();
                Observation wrong = new Observation()) {
            Outcome.of(cluster, live(Watch.only(), together(0)), right);
            Outcome outcome = Outcome.of(cluster, live(watch, together(seconds)), wrong);

            outcome.accountsFor(Map.of("live", 2L * SECONDS));
            assertThat(outcome.counts("live").alerts(Disposition.LATE)).isZero();
            assertThat(watch.late()).filteredOn(TimeFaultsITCase::isSteady).isEmpty();
            assertThat(ofService(wrong, "steady"))
                    .isNotEmpty()
                    .isEqualTo(ofService(right, "steady"));
        }
    }

    /** In one partition, by turns: a steady one has an even offset. */
    private static Script together(double leap) {
        Deliveries both = new Deliveries("live", "shared");
        Script script = ScriptedSource.script();
        for (int i = 0; i < SECONDS; i++) {
            double off = i >= SECONDS / 4 && i < SECONDS / 2 ? leap : 0;
            script.emit(both.firing("steady", "a" + i, i));
            script.emit(both.alert("leaping", "b" + i, "firing", i + off, i));
        }
        return script;
    }

    private static boolean isSteady(String late) {
        return Long.parseLong(late.split(":", -1)[2]) % 2 == 0;
    }

    /** The broker's own clock: arrivals leap, and with them time; when they return all is late. */
    @Test
    void aTransportsClockThatLeapsLosesNothing() throws Exception {
        Deliveries broker = new Deliveries("live", "p0");
        Script script = ScriptedSource.script();
        for (int i = 0; i < SECONDS; i++) {
            double off = i >= SECONDS / 4 && i < SECONDS / 2 ? DAY : 0;
            script.emit(broker.alert("service-" + i % 5, "b" + i, "firing", i + off, i + off));
            script.emit(new Deliveries("live", "").heartbeat(i + off));
        }
        try (Observation seen = new Observation()) {
            Outcome outcome = Outcome.of(cluster, live(Watch.only(), script), seen);

            outcome.accountsFor(Map.of("live", (long) SECONDS));
            long told =
                    outcome.counts("live").alerts(Disposition.DELIVERED)
                            + outcome.counts("live").alerts(Disposition.GROUPED);
            assertThat(told).as("every one is news, however late").isEqualTo(SECONDS);
        }
    }

    @Test
    void aSourceThatFallsSilentHoldsNobodyBackAndIsNotLateWhenItReturns() throws Exception {
        Gate returns = new Gate();
        Gate end = new Gate();
        Deliveries quiet = new Deliveries("quiet", "p0");
        Deliveries busy = new Deliveries("busy", "p0");
        Script fallsSilent =
                ScriptedSource.script()
                        .emit(quiet.firing("quiet", "before", 0))
                        .await(returns)
                        .emit(quiet.firing("quiet", "after", 2 * SECONDS))
                        .await(end);
        Script goesOn = ScriptedSource.script();
        for (int i = 0; i < SECONDS; i++) {
            goesOn.emit(busy.firing("busy", "a" + i % 7, i));
        }
        goesOn.emit(busy.heartbeat(SECONDS + 400)).await(end);
        Watch watch = Watch.only();
        // Readers 0 and 1: the silence of one is that of a whole subtask, which only ticks show.
        TopologyJob job = live(watch, fallsSilent, goesOn).option("ingest.source-idle", "200 ms");
        try (Observation seen = new Observation()) {
            JobID id = cluster.submit(job, seen);
            seen.await(
                    "the incident of the busy source closed while the other is silent",
                    SOON,
                    o -> isClosed(o, "busy"));
            returns.open();
            seen.await(
                    "the alert of the source that returned",
                    SOON,
                    o -> o.counts("quiet").recordsIn() == 2);
            end.open();
            cluster.finish(id);

            Outcome.of(seen).accountsFor(Map.of("quiet", 2L, "busy", (long) SECONDS));
            assertThat(watch.late()).filteredOn(late -> late.contains("after")).isEmpty();
            assertThat(ofService(seen, "quiet")).isNotEmpty();
        }
    }

    private static boolean isClosed(Observation seen, String service) {
        return seen.incidents().events().stream()
                .anyMatch(
                        e ->
                                e.kind() == IncidentEventKind.CLOSED
                                        && e.incident().services().contains(service));
    }

    private static SortedMap<String, String> undisturbed() throws Exception {
        try (Observation seen = new Observation()) {
            Outcome.of(cluster, live(Watch.only(), steady()), seen);
            return ofService(seen, "steady");
        }
    }

    private static Script steady() {
        Deliveries sender = new Deliveries("live", "steady");
        Script script = ScriptedSource.script();
        for (int i = 0; i < SECONDS; i++) {
            script.emit(sender.firing("steady", "a" + i, i));
        }
        return script;
    }

    private static SortedMap<String, String> ofService(Observation seen, String service) {
        TreeMap<String, String> events = new TreeMap<>();
        for (IncidentEvent event : seen.incidents().events()) {
            if (event.incident().services().equals(List.of(service))) {
                events.put(event.eventId(), event.hash());
            }
        }
        return events;
    }

    private static TopologyJob live(Watch watch, Script... scripts) {
        return TopologyJob.live()
                .source("live", ScriptedSource.of(scripts))
                .sinks(o -> WatchedSinks.of(o, watch));
    }
}
