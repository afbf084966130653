// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.VerifiedOutcome;
import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.diagnosis.MemoryHit;
import io.incidentcommander.model.diagnosis.memory.IncidentMemory;
import io.incidentcommander.model.diagnosis.memory.IncidentPattern;
import io.incidentcommander.model.diagnosis.memory.MemoryQuery;
import io.incidentcommander.model.diagnosis.memory.Recollection;
import io.incidentcommander.model.diagnosis.memory.Recollection.Extent;
import io.incidentcommander.model.diagnosis.memory.RecollectionRecord;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentType;
import io.incidentcommander.operators.diagnosis.ModelRoad;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.apache.flink.types.Either;
import org.junit.jupiter.api.Test;

class MemoryOperatorsTest {
    private static final long T0 = 1_700_000_000_000L;
    private static final long DAY = 86_400_000L;
    private static final Action RESTART = new Action("restart", "1", "orders", Map.of());

    private final List<DiagnosisRequest> asked = new ArrayList<>();
    private final List<Long> left = new ArrayList<>();
    private final List<Long> within = new ArrayList<>();
    private final List<String> closed = new ArrayList<>();
    private final List<String> reset = new ArrayList<>();
    private RecollectionRecord record = RecollectionRecord.none();
    private long now = T0;

    @Test
    void aModelIsAskedWithWhatWasRemembered() throws Exception {
        MemoryHit hit = hit("p");
        Recollection found = new Recollection(Extent.WHOLE, List.of(hit), "");
        try (RememberingRoad road = road(CompletableFuture.completedFuture(found))) {
            road.ask(request(), 180_000);
        }
        assertThat(asked).hasSize(1);
        assertThat(asked.get(0).memories()).containsExactly(hit);
        assertThat(within).containsExactly(60_000L);
        assertThat(closed).containsExactly("road", "memory");
    }

    @Test
    void aResetReachesTheModelsAndTheMemory() throws Exception {
        try (RememberingRoad road = road(CompletableFuture.failedFuture(new IOException("gone")))) {
            road.reset();
        }
        assertThat(reset).containsExactly("road", "memory");
    }

    @Test
    void aModelIsAskedWithoutAMemoryThatFailsOrIsGone() throws Exception {
        List<CompletableFuture<Recollection>> answers =
                List.of(
                        CompletableFuture.completedFuture(Recollection.none("gone")),
                        CompletableFuture.failedFuture(new IOException("broken")));
        for (CompletableFuture<Recollection> answer : answers) {
            try (RememberingRoad road = road(answer)) {
                assertThat(road.ask(request(), 30_000).toCompletableFuture()).isCompleted();
            }
        }
        assertThat(asked).hasSize(2).allMatch(request -> request.memories().isEmpty());
        assertThat(within).containsExactly(10_000L, 10_000L);
        try (RememberingRoad road = road(answers.get(0))) {
            road.ask(request(), 600_000);
        }
        assertThat(within).as("a minute at most").endsWith(60_000L);
    }

    @Test
    void aDiagnosisSaysWhatWasRememberedAndWhatCouldNotBeSearched() throws Exception {
        Recollection gone = Recollection.none("no OpenSearch");
        try (RememberingRoad road = road(CompletableFuture.completedFuture(gone))) {
            Diagnosis diagnosis =
                    road.ask(request(), 30_000).toCompletableFuture().get(60, TimeUnit.SECONDS);
            assertThat(diagnosis.recollection()).isEqualTo(gone);
            assertThat(diagnosis.isDegraded()).isFalse();
        }
    }

    @Test
    void anAnalysisThatRunsAgainRecallsTheSameWhateverWasLearnedMeanwhile() throws Exception {
        Map<String, Recollection> kept = new HashMap<>();
        record =
                new RecollectionRecord() {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public Optional<Recollection> find(String analysis, MemoryQuery query) {
                        return Optional.ofNullable(kept.get(analysis + query.text()));
                    }

                    @Override
                    public void keep(String analysis, MemoryQuery query, Recollection found) {
                        kept.put(analysis + query.text(), found);
                    }
                };
        Recollection first = new Recollection(Extent.WHOLE, List.of(hit("first")), "");
        Recollection later = new Recollection(Extent.WHOLE, List.of(hit("later")), "");
        try (RememberingRoad road = road(CompletableFuture.completedFuture(first))) {
            road.ask(request(), 30_000);
        }
        try (RememberingRoad road = road(CompletableFuture.completedFuture(later))) {
            road.ask(request(), 30_000);
            road.ask(request().toBuilder().attempt(2).build(), 30_000);
        }
        assertThat(asked)
                .extracting(request -> request.memories().get(0).patternId())
                .containsExactly("first", "first", "later");
    }

    @Test
    void theTimeOfTheSearchIsTakenFromTheModels() throws Exception {
        CompletableFuture<Recollection> answer = new CompletableFuture<>();
        try (RememberingRoad road = road(answer)) {
            CompletionStage<Diagnosis> diagnosis = road.ask(request(), 30_000);
            assertThat(asked).isEmpty();
            now += 9_000;
            answer.complete(Recollection.none("slow"));
            assertThat(diagnosis.toCompletableFuture()).isCompleted();
        }
        assertThat(left).containsExactly(21_000L);
    }

    @Test
    void aVerifiedOutcomeIsLearnedAlsoAfterARestoreAndNothingIsLeft() throws Exception {
        OperatorSubtaskState state;
        try (var learn = learn(null)) {
            outcome(learn, RESTART);
            learn.processElement1(record(Either.Left(request())));
            outcome(learn, RESTART);
            assertThat(learn.extractOutputValues()).isEmpty(); // Not diagnosed yet: it waits.
            learn.processElement1(record(Either.Right(diagnosis())));
            assertThat(learn.extractOutputValues()).hasSize(1);
            state = learn.snapshot(1, 1);
        }
        try (var learn = learn(state)) {
            outcome(learn, RESTART);
            outcome(learn, RESTART);
            outcome(learn, Action.ESCALATE);
            assertThat(learn.extractOutputValues()).hasSize(2);
            IncidentPattern first = learn.extractOutputValues().get(0);
            assertThat(learn.extractOutputValues().get(1).patternId()).isEqualTo(first.patternId());
            assertThat(first.remedy()).isEqualTo("restart of orders");
            assertThat(first.worked()).isTrue();

            learn.processBothWatermarks(new Watermark(T0 + DAY - 1));
            assertThat(learn.numKeyedStateEntries()).isPositive();
            learn.processBothWatermarks(new Watermark(T0 + 60_000 + DAY));
            assertThat(learn.numKeyedStateEntries()).isZero();
            assertThat(learn.numEventTimeTimers()).isZero();
        }
    }

    private static MemoryHit hit(String id) {
        return new MemoryHit(
                id, "old", IncidentType.UNKNOWN, List.of(), "s", "c", "r", 1, 0, 0.1, T0 - DAY);
    }

    private RememberingRoad road(CompletableFuture<Recollection> answer) throws Exception {
        ModelRoad model =
                new ModelRoad() {
                    @Override
                    public CompletionStage<Diagnosis> ask(DiagnosisRequest request, long millis) {
                        asked.add(request);
                        left.add(millis);
                        return CompletableFuture.completedFuture(diagnosis());
                    }

                    @Override
                    public void reset() {
                        reset.add("road");
                    }

                    @Override
                    public void close() {
                        closed.add("road");
                    }
                };
        IncidentMemory memory =
                new IncidentMemory() {
                    @Override
                    public CompletableFuture<Recollection> search(MemoryQuery query, long millis) {
                        within.add(millis);
                        return answer;
                    }

                    @Override
                    public CompletableFuture<Void> learn(IncidentPattern pattern) {
                        throw new UnsupportedOperationException("Nothing is learned here");
                    }

                    @Override
                    public void reset() {
                        reset.add("memory");
                    }

                    @Override
                    public void close() {
                        closed.add("memory");
                    }
                };
        return new RememberingRoad(
                model, memory, record, () -> now, new UnregisteredMetricsGroup());
    }

    private static KeyedTwoInputStreamOperatorTestHarness<
                    String, Either<DiagnosisRequest, Diagnosis>, VerifiedOutcome, IncidentPattern>
            learn(OperatorSubtaskState state) throws Exception {
        var harness =
                new KeyedTwoInputStreamOperatorTestHarness<
                        String,
                        Either<DiagnosisRequest, Diagnosis>,
                        VerifiedOutcome,
                        IncidentPattern>(
                        new KeyedCoProcessOperator<>(new LearnFunction()),
                        said -> "i",
                        outcome -> "i",
                        Types.STRING);
        harness.setup();
        if (state != null) {
            harness.initializeState(state);
        }
        harness.open();
        return harness;
    }

    private static void outcome(
            KeyedTwoInputStreamOperatorTestHarness<?, ?, VerifiedOutcome, ?> learn, Action action)
            throws Exception {
        learn.processElement2(
                record(VerifiedOutcome.right("acme", "i", 1, action.id(), T0 + 60_000)));
    }

    private static <T> StreamRecord<T> record(T value) {
        return new StreamRecord<>(value, T0);
    }

    private static DiagnosisRequest request() {
        return DiagnosisRequest.builder()
                .incident(
                        Incident.builder()
                                .incidentId("i")
                                .tenant("acme")
                                .type(IncidentType.DATABASE_FAILURE)
                                .severity(Severity.HIGH)
                                .services(List.of("orders"))
                                .openedAtMillis(T0)
                                .updatedAtMillis(T0)
                                .confidence(0.8)
                                .build())
                .candidates(List.of(RESTART, Action.ESCALATE))
                .requestedAtMillis(T0)
                .deadlineAtMillis(T0 + 180_000)
                .build();
    }

    private static Diagnosis diagnosis() {
        return Diagnosis.answering(request())
                .service("orders")
                .type(IncidentType.DATABASE_FAILURE)
                .rootCause("too few connections")
                .confidence(0.9)
                .diagnosedAtMillis(T0)
                .build();
    }
}
