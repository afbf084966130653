// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.diagnosis.DiagnosisFailure;
import io.incidentcommander.model.diagnosis.DiagnosisFailure.Kind;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.diagnosis.DiagnosisSource;
import io.incidentcommander.model.diagnosis.DiagnosisSource.Road;
import io.incidentcommander.model.diagnosis.SpendEntry;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.functions.async.ResultFuture;
import org.apache.flink.streaming.api.functions.async.RichAsyncFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.operators.async.AsyncWaitOperatorFactory;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The function in Flink's own asynchronous operator. What hangs here never answers at all. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class DiagnoseFunctionTest {
    private static final int CAPACITY = 300;
    private static final long FAR = 3_600_000;

    /** By a clock that stands, nothing is late before it is asked, however slow the test is. */
    private static final long NOW = 1_700_000_000_000L;

    /** Of the road that is open; tests run one after the other. */
    private static final List<CompletableFuture<Diagnosis>> ASKED =
            Collections.synchronizedList(new ArrayList<>());

    @Test
    void aModelThatNeverAnswersCostsNoMoreThanTheDeadlineNotTheJob() throws Exception {
        try (var harness = harness(100)) {
            harness.open();
            for (int i = 0; i < 100; i++) {
                harness.processElement(record(request("i" + i, 300)));
            }
            harness.endInput();

            assertThat(diagnoses(harness))
                    .hasSize(100)
                    .allMatch(d -> d.source().road() != Road.MODEL)
                    .allMatch(d -> kinds(d).contains(Kind.TIMED_OUT));
        }
    }

    /** A clock that stands still lets no deadline of ours pass: the operator's own is left. */
    @Test
    void theOperatorsOwnTimeOutGivesADiagnosisAndNoFailure() throws Exception {
        try (var harness = harness(10, () -> 0, 200)) {
            harness.open();
            harness.processElement(record(request("i", FAR)));
            harness.setProcessingTime(201);
            harness.endInput();

            assertThat(diagnoses(harness)).hasSize(1);
            assertThat(kinds(diagnoses(harness).get(0))).contains(Kind.TIMED_OUT);
        }
    }

    @Test
    void moreThanIsAdmittedTakesTheRoadWithoutAModelAtOnce() throws Exception {
        try (var harness = harness(3)) {
            harness.open();
            for (int i = 0; i < 10; i++) {
                harness.processElement(record(request("i" + i, FAR)));
            }
            assertThat(ASKED).hasSize(3);
            answerAll();
            harness.endInput();

            List<Diagnosis> all = diagnoses(harness);
            assertThat(all).hasSize(10);
            assertThat(all).filteredOn(d -> d.source().road() == Road.MODEL).hasSize(3);
            assertThat(all).filteredOn(d -> kinds(d).contains(Kind.NOT_ADMITTED)).hasSize(7);
        }
    }

    @Test
    void anAnswerAfterItsDeadlineIsDroppedAndItsPlaceIsFree() throws Exception {
        try (var harness = harness(1)) {
            harness.open();
            harness.processElement(record(request("late", 50)));
            harness.endInput();
            CompletableFuture<Diagnosis> late = ASKED.get(0);
            late.complete(byModel("late"));

            assertThat(diagnoses(harness))
                    .hasSize(1)
                    .allMatch(d -> kinds(d).contains(Kind.TIMED_OUT));
            harness.processElement(record(request("next", 50)));
            assertThat(ASKED).hasSize(2);
        }
    }

    @Test
    void aRoadThatThrowsOrFailsIsNoReasonToFail() throws Exception {
        try (var harness = harness(10)) {
            harness.open();
            harness.processElement(record(request("throws", FAR)));
            harness.processElement(record(request("fails", FAR)));
            ASKED.get(0).completeExceptionally(new IllegalStateException("closed"));
            harness.endInput();

            assertThat(diagnoses(harness))
                    .hasSize(2)
                    .allMatch(d -> kinds(d).contains(Kind.UNREACHABLE));
        }
    }

    @Test
    void callsUnderWayAtACheckpointGoIntoTheHistoryOnceAndByTheirOldDeadline() throws Exception {
        OperatorSubtaskState underWay;
        OperatorSubtaskState history;
        List<Diagnosis> told = new ArrayList<>();
        try (var harness = harness(200);
                var incidents = history()) {
            harness.open();
            incidents.open();
            for (int i = 0; i < 100; i++) {
                harness.processElement(record(request("i" + i, i < 90 ? FAR : -1)));
            }
            underWay = harness.snapshot(1, 1);
            history = incidents.snapshot(1, 1);
            // Answered after the checkpoint, told, and then lost with the failure.
            answerAll();
            harness.endInput();
            for (Diagnosis diagnosis : diagnoses(harness)) {
                incidents.processElement(new StreamRecord<>(diagnosis));
            }
            assertThat(incidents.extractOutputValues()).hasSize(100);
        }
        try (var harness = harness(200);
                var incidents = history()) {
            harness.initializeState(underWay);
            incidents.initializeState(history);
            harness.open();
            incidents.open();
            answerAll();
            harness.endInput();
            for (Diagnosis diagnosis : diagnoses(harness)) {
                incidents.processElement(new StreamRecord<>(diagnosis));
                incidents.processElement(new StreamRecord<>(diagnosis));
            }
            told.addAll(incidents.extractOutputValues());
            incidents.processWatermark(new Watermark(Long.MAX_VALUE));
            assertThat(incidents.numKeyedStateEntries()).isZero();
            assertThat(incidents.numEventTimeTimers()).isZero();
        }
        Set<String> ids = new HashSet<>();
        told.forEach(diagnosis -> ids.add(diagnosis.id()));

        assertThat(told).hasSize(100);
        assertThat(ids).hasSize(100);
        assertThat(told).filteredOn(d -> kinds(d).contains(Kind.TIMED_OUT)).hasSize(10);
    }

    @Test
    void anEarlierAttemptThatIsAnsweredLastIsNoHistory() throws Exception {
        try (var incidents = history()) {
            incidents.open();
            for (int attempt : new int[] {2, 1, 2, 3}) {
                incidents.processElement(
                        new StreamRecord<>(
                                Diagnosis.answering(
                                                request("i", FAR).toBuilder()
                                                        .attempt(attempt)
                                                        .build())
                                        .source(DiagnosisSource.model("m"))
                                        .build()));
            }
            assertThat(incidents.extractOutputValues())
                    .extracting(Diagnosis::attempt)
                    .containsExactly(2, 3);
        }
    }

    private static List<Kind> kinds(Diagnosis diagnosis) {
        return diagnosis.failures().stream().map(DiagnosisFailure::kind).toList();
    }

    private static void answerAll() {
        for (CompletableFuture<Diagnosis> asked : List.copyOf(ASKED)) {
            asked.complete(byModel(((Call) asked).incident));
        }
    }

    private static Diagnosis byModel(String incident) {
        return Diagnosis.answering(request(incident, FAR))
                .source(DiagnosisSource.model("m"))
                .confidence(0.9)
                .build();
    }

    private static List<Diagnosis> diagnoses(
            OneInputStreamOperatorTestHarness<DiagnosisRequest, Diagnosis> harness) {
        return harness.extractOutputValues();
    }

    private static StreamRecord<DiagnosisRequest> record(DiagnosisRequest request) {
        return new StreamRecord<>(request, 1);
    }

    @Test
    void whatWasSpentIsRestoredBeforeAnythingIsAsked() throws Exception {
        OperatorSubtaskState state;
        Silent.restored = List.of();
        Silent.spent = List.of(SpendEntry.ofIncident("i", 70), SpendEntry.ofMinute(5, 90));
        try (var harness = harness(3)) {
            harness.open();
            harness.processElement(record(request("i", FAR)));
            state = harness.snapshot(1, 1);
        }
        try (var harness = harness(3)) {
            harness.initializeState(state);
            harness.open();
            assertThat(Silent.restored).containsExactlyInAnyOrderElementsOf(Silent.spent);
            assertThat(Silent.askedBeforeRestore).isZero();
            assertThat(ASKED).hasSize(1);
        } finally {
            Silent.spent = List.of();
        }
    }

    @Test
    void aResetIsCarriedOutOnceBeforeTheRequestThatBringsItIsAsked() throws Exception {
        Silent.resetAt.clear();
        try (var harness = harness(10)) {
            harness.open();
            for (long reset : List.of(3L, 3L, 4L, 3L, 4L)) {
                DiagnosisRequest request = request("i", FAR).toBuilder().resets(reset).build();
                harness.processElement(record(request));
            }
            assertThat(Silent.resetAt).as("the first finds all as new").containsExactly(2);
            answerAll();
            harness.endInput();
        }
    }

    /** An incident is asked about by one subtask at a time, and after a rescale by any of them. */
    @Test
    void whateverTheParallelismAnIncidentHasSpentWhatItHasSpent() throws Exception {
        OperatorSubtaskState two =
                AbstractStreamOperatorTestHarness.repackageState(
                        spending(null, 2, 0, incident("i", 70), minute(5, 90)),
                        spending(null, 2, 1, incident("j", 30), minute(5, 11)));

        OperatorSubtaskState[] three = new OperatorSubtaskState[3];
        for (int i = 0; i < 3; i++) {
            OperatorSubtaskState part =
                    AbstractStreamOperatorTestHarness.repartitionOperatorState(two, 128, 2, 3, i);
            three[i] = spending(part, 3, i, minute(5, 34));
            assertThat(Silent.restored)
                    .containsExactlyInAnyOrder(
                            incident("i", 70), incident("j", 30), minute(5, 30), minute(5, 4));
        }

        OperatorSubtaskState one =
                AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        AbstractStreamOperatorTestHarness.repackageState(three), 128, 3, 1, 0);
        spending(one, 1, 0);
        assertThat(Silent.restored)
                .containsExactlyInAnyOrder(
                        incident("i", 70),
                        incident("j", 30),
                        minute(5, 34),
                        minute(5, 34),
                        minute(5, 34));
    }

    /** Each subtask of an earlier release was given back what it had written itself. */
    @Test
    void whatAnEarlierReleaseWroteDownIsTakenOverAndWrittenAnew() throws Exception {
        OperatorSubtaskState old;
        try (var harness = harness(new EarlierRelease(), 2, 1)) {
            harness.open();
            old = harness.snapshot(1, 1);
        }
        OperatorSubtaskState anew = spending(old, 2, 1, minute(5, 90));
        assertThat(Silent.restored).containsExactlyInAnyOrder(incident("i", 70), minute(5, 90));

        OperatorSubtaskState all =
                AbstractStreamOperatorTestHarness.repackageState(spending(null, 2, 0), anew);
        spending(
                AbstractStreamOperatorTestHarness.repartitionOperatorState(all, 128, 2, 1, 0),
                1,
                0);
        assertThat(Silent.restored).containsExactlyInAnyOrder(incident("i", 70), minute(5, 90));
    }

    /** One subtask that is restored, spends, and is snapshot. */
    private static OperatorSubtaskState spending(
            OperatorSubtaskState state, int subtasks, int index, SpendEntry... spent)
            throws Exception {
        Silent.spent = List.of(spent);
        DiagnoseFunction function =
                new DiagnoseFunction((metrics, routers) -> new Silent(), 3, () -> NOW);
        try (var harness = harness(function, subtasks, index)) {
            if (state != null) {
                harness.initializeState(state);
            }
            harness.open();
            return harness.snapshot(1, 1);
        } finally {
            Silent.spent = List.of();
        }
    }

    private static OneInputStreamOperatorTestHarness<DiagnosisRequest, Diagnosis> harness(
            RichAsyncFunction<DiagnosisRequest, Diagnosis> function, int subtasks, int index)
            throws Exception {
        var harness =
                new OneInputStreamOperatorTestHarness<DiagnosisRequest, Diagnosis>(
                        new AsyncWaitOperatorFactory<>(
                                function, 10 * FAR, CAPACITY, AsyncDataStream.OutputMode.UNORDERED),
                        128,
                        subtasks,
                        index);
        harness.getStreamConfig()
                .setupNetworkInputs(
                        TypeInformation.of(DiagnosisRequest.class)
                                .createSerializer(new ExecutionConfig()));
        harness.getStreamConfig().serializeAllConfigs();
        harness.setup(TypeInformation.of(Diagnosis.class).createSerializer(new ExecutionConfig()));
        return harness;
    }

    private static SpendEntry incident(String id, long microUsd) {
        return SpendEntry.ofIncident(id, microUsd);
    }

    private static SpendEntry minute(long minute, long microUsd) {
        return SpendEntry.ofMinute(minute, microUsd);
    }

    /** Writes down what was spent as it was done before. */
    private static final class EarlierRelease extends RichAsyncFunction<DiagnosisRequest, Diagnosis>
            implements CheckpointedFunction {
        @Override
        public void initializeState(FunctionInitializationContext context) throws Exception {
            context.getOperatorStateStore()
                    .getListState(
                            new ListStateDescriptor<>(
                                    "diagnosis-spent", TypeInformation.of(SpendEntry.class)))
                    .update(List.of(incident("i", 70), minute(5, 90)));
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) {}

        @Override
        public void asyncInvoke(DiagnosisRequest request, ResultFuture<Diagnosis> result) {}
    }

    static DiagnosisRequest request(String incident, long millisLeft) {
        return DiagnosisRequest.builder()
                .incident(
                        Incident.builder()
                                .incidentId(incident)
                                .tenant("t")
                                .severity(Severity.HIGH)
                                .services(List.of("a"))
                                .openedAtMillis(1)
                                .updatedAtMillis(1)
                                .build())
                .requestedAtMillis(1)
                .deadlineAtMillis(NOW + millisLeft)
                .build();
    }

    private static OneInputStreamOperatorTestHarness<DiagnosisRequest, Diagnosis> harness(
            int admitted) throws Exception {
        return harness(admitted, () -> NOW, 10 * FAR);
    }

    private static OneInputStreamOperatorTestHarness<DiagnosisRequest, Diagnosis> harness(
            int admitted, DeadlineClock clock, long operatorMillis) throws Exception {
        ASKED.clear();
        var harness =
                new OneInputStreamOperatorTestHarness<DiagnosisRequest, Diagnosis>(
                        new AsyncWaitOperatorFactory<>(
                                new DiagnoseFunction(
                                        (metrics, routers) -> new Silent(), admitted, clock),
                                operatorMillis,
                                CAPACITY,
                                AsyncDataStream.OutputMode.UNORDERED),
                        TypeInformation.of(DiagnosisRequest.class)
                                .createSerializer(new ExecutionConfig()));
        harness.setup(TypeInformation.of(Diagnosis.class).createSerializer(new ExecutionConfig()));
        return harness;
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, Diagnosis, Diagnosis> history()
            throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new DiagnosisHistoryFunction()),
                Diagnosis::incidentId,
                Types.STRING);
    }

    /** One call that waits for the test. */
    private static final class Call extends CompletableFuture<Diagnosis> {
        private final String incident;

        Call(String incident) {
            this.incident = incident;
        }
    }

    /** Answers when the test does. */
    private static final class Silent implements ModelRoad {
        private static List<SpendEntry> spent = List.of();
        private static List<SpendEntry> restored = List.of();
        private static int askedBeforeRestore;

        @Override
        public List<SpendEntry> spent() {
            return spent;
        }

        private static final List<Integer> resetAt = new ArrayList<>();

        @Override
        public void reset() {
            resetAt.add(ASKED.size());
        }

        @Override
        public void restore(List<SpendEntry> before) {
            restored = before;
            askedBeforeRestore = ASKED.size();
        }

        @Override
        public CompletionStage<Diagnosis> ask(DiagnosisRequest request, long millisLeft) {
            if (request.incident().incidentId().equals("throws")) {
                throw new IllegalStateException("no client");
            }
            Call call = new Call(request.incident().incidentId());
            ASKED.add(call);
            return call;
        }

        @Override
        public void close() {}
    }
}
