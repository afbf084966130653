// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.AlertFate;
import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.model.sampling.AlertRun;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.operators.Alerts;
import io.incidentcommander.operators.Outputs;
import io.incidentcommander.operators.audit.FateDetail;
import io.incidentcommander.operators.ingest.DecodeAndBundleOperator;
import io.incidentcommander.operators.ingest.DecodingProvider;
import io.incidentcommander.operators.ingest.IngestSettings;
import io.incidentcommander.udfs.sampling.DedupPolicy;
import io.incidentcommander.udfs.sampling.Slices;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** In a finite run, every alert has one fate, and repeats lead to one that was decided on. */
class FatesProperties {
    private static final Slices SLICES = new Slices(Alerts.SLICE_MILLIS);
    private static final long T0 = 1_700_000_000_000L;

    @Property(tries = 100)
    void everyAlertHasExactlyOneFate(
            @ForAll("alerts") List<String> alerts, @ForAll boolean budgeted, @ForAll long seed)
            throws Exception {
        Random random = new Random(seed);
        Map<AlertId, AlertFate> fates = new HashMap<>();
        Set<AlertId> notified = new HashSet<>();
        List<AlertRun> runs = new ArrayList<>();
        try (var one = ingest();
                var other = ingest()) {
            for (int i = 0; i < alerts.size(); i++) {
                var subtask = random.nextBoolean() ? one : other;
                subtask.processElement(
                        RawRecord.of(
                                "kafka",
                                subtask == one ? "p0" : "p1",
                                i,
                                T0,
                                alerts.get(i).getBytes(StandardCharsets.UTF_8)),
                        T0);
                if (random.nextInt(8) == 0) {
                    subtask.prepareSnapshotPreBarrier(i);
                }
            }
            for (var subtask : List.of(one, other)) {
                subtask.processWatermark(Long.MAX_VALUE);
                Outputs.fates(subtask).forEach(fate -> addOnce(fates, fate));
                runs.addAll(subtask.extractOutputValues());
            }
        }
        Collections.shuffle(runs, random);
        deduplicate(runs, budgeted ? 0.5 : 1, fates, notified);

        assertThat(Collections.disjoint(notified, fates.keySet())).isTrue();
        assertThat(notified.size() + fates.size()).isEqualTo(alerts.size());
        fates.values().forEach(fate -> assertLeadsToADecision(fate, fates, notified));
    }

    private static void deduplicate(
            List<AlertRun> runs,
            double budget,
            Map<AlertId, AlertFate> fates,
            Set<AlertId> notified)
            throws Exception {
        DedupPolicy policy = new DedupPolicy(SLICES, 5_000, budget);
        try (var dedup =
                new KeyedOneInputStreamOperatorTestHarness<
                        Tuple3<String, Long, Long>, AlertRun, NotableAlert>(
                        new DeduplicateOperator(policy, FateDetail.EVERY_ALERT, 1),
                        AlertKey.OF_RUN,
                        AlertKey.FINGERPRINT_TYPE)) {
            dedup.open();
            for (AlertRun run : runs) {
                dedup.processElement(run, run.lastMillis());
            }
            dedup.processWatermark(T0 + 700);
            dedup.processWatermark(Long.MAX_VALUE);
            dedup.prepareSnapshotPreBarrier(1);
            Outputs.fates(dedup).forEach(fate -> addOnce(fates, fate));
            for (NotableAlert notable : dedup.extractOutputValues()) {
                assertThat(notified.add(notable.alert().id())).isTrue();
            }
            long counted = 0;
            for (Disposition disposition :
                    List.of(Disposition.DUPLICATE, Disposition.SAMPLED_OUT, Disposition.LATE)) {
                counted += Outputs.counted(dedup, "kafka", disposition);
            }
            long all = runs.stream().mapToLong(AlertRun::count).sum();
            assertThat(counted + notified.size()).isEqualTo(all);
        }
    }

    private static void assertLeadsToADecision(
            AlertFate fate, Map<AlertId, AlertFate> fates, Set<AlertId> notified) {
        AlertId id = fate.alertId();
        for (int steps = 0; !notified.contains(id); steps++) {
            assertThat(steps).as("chain of %s", fate.alertId()).isLessThanOrEqualTo(fates.size());
            assertThat(fates).containsKey(id);
            id = fates.get(id).representative().orElseThrow();
        }
    }

    private static void addOnce(Map<AlertId, AlertFate> fates, AlertFate fate) {
        assertThat(fates.put(fate.alertId(), fate)).as("second fate of %s", fate).isNull();
    }

    private static OneInputStreamOperatorTestHarness<RawRecord, AlertRun> ingest()
            throws Exception {
        IngestSettings settings =
                IngestSettings.builder()
                        .slices(SLICES)
                        .timeMode(IngestSettings.TimeMode.RECORDED)
                        .fateDetail(FateDetail.EVERY_ALERT)
                        .build();
        var harness =
                new OneInputStreamOperatorTestHarness<RawRecord, AlertRun>(
                        new DecodeAndBundleOperator(settings, DecodingProvider.ofAllFormats()));
        harness.open();
        return harness;
    }

    @Provide
    Arbitrary<List<String>> alerts() {
        return Combinators.combine(
                        Arbitraries.of("disk full", "heap full"),
                        Arbitraries.of("low", "high"),
                        Arbitraries.of("firing", "firing", "resolved"),
                        Arbitraries.of(0L, 0L, 20_000L),
                        Arbitraries.longs().between(0, 1_400))
                .as(
                        (name, severity, status, cluster, millis) ->
                                "{\"name\":\""
                                        + name
                                        + "\",\"service\":\"orders\",\"severity\":\""
                                        + severity
                                        + "\",\"status\":\""
                                        + status
                                        + "\",\"time\":\""
                                        + Instant.ofEpochMilli(T0 + cluster + millis)
                                        + "\"}")
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }
}
