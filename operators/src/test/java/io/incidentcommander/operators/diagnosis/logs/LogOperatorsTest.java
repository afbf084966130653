// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.diagnosis.LogFinding;
import io.incidentcommander.model.diagnosis.logs.LogSlice;
import io.incidentcommander.model.diagnosis.logs.ServiceLogs;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.LogRecord;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.operators.sampling.AlertKey;
import io.incidentcommander.udfs.diagnosis.logs.LogPolicy;
import io.incidentcommander.udfs.diagnosis.redaction.Redaction.Addresses;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.contrib.streaming.state.EmbeddedRocksDBStateBackend;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reduction on each subtask, and the window of a service after the shuffle. */
class LogOperatorsTest {
    private static final long T0 = 1_700_000_000_000L;
    private static final LogPolicy POLICY =
            LogPolicy.defaults().withTimes(10 * 60_000L, 2 * 60_000L).withRoom(20, 20);

    @Test
    void partsGoBeforeTheWatermarkTheBarrierAndTheEnd() throws Exception {
        try (var reduce = reduce()) {
            for (int i = 0; i < 1_000; i++) {
                reduce.processElement(entry(i, T0, Severity.HIGH, "pool " + i + " is empty"), T0);
            }
            assertThat(reduce.getOutput()).isEmpty();
            reduce.processWatermark(T0);
            assertThat(reduce.extractOutputValues())
                    .singleElement()
                    .satisfies(
                            slice -> {
                                assertThat(slice.groups()).hasSize(1);
                                assertThat(slice.groups().get(0).count()).isEqualTo(1_000);
                            });

            reduce.processElement(entry(1, T0, Severity.HIGH, "x"), T0);
            reduce.prepareSnapshotPreBarrier(1);
            reduce.processElement(entry(2, T0, Severity.HIGH, "bell \u0007"), T0);
            reduce.getOperator().finish();
            assertThat(reduce.extractOutputValues()).hasSize(3);
            assertThat(reduce.extractOutputValues().get(2).skipped()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("backends")
    void anErrorThatBeginsIsToldAndItsEndOnceAndNothingIsLeft(StateBackend backend)
            throws Exception {
        List<LogSlice> parts = parts(1, entries());
        List<ServiceLogs> through = watch(backend, parts, parts.size());

        assertThat(through.get(0).findings())
                .extracting(LogFinding::template)
                .containsExactly("pool of <*> connections exhausted");
        assertThat(through.get(0).untilMillis())
                .isBetween(T0 + 10 * 60_000L + 1, T0 + 10 * 60_000L + 30_000);
        assertThat(through.subList(0, through.size() - 1))
                .noneMatch(told -> told.findings().isEmpty());
        assertThat(through.get(through.size() - 1).findings()).isEmpty();

        assertThat(watch(backend, parts, parts.size() * 3 / 4)).isEqualTo(through);
    }

    @Test
    void partsOfManySubtasksGiveWhatOneGives() throws Exception {
        List<LogRecord> entries = entries();
        List<ServiceLogs> one = watch(new HashMapStateBackend(), parts(1, entries), -1);
        Collections.shuffle(entries, new Random(7));
        assertThat(watch(new HashMapStateBackend(), parts(4, entries), -1)).isEqualTo(one);
    }

    @Test
    void whatIsTooOldOrFarAheadLeavesNothing() throws Exception {
        try (var watch = watch(new HashMapStateBackend(), Optional.empty())) {
            watch.processWatermark(T0);
            for (long time : new long[] {0, T0 - 24 * 3_600_000L, T0 + 24 * 3_600_000L}) {
                for (LogSlice part :
                        parts(1, List.of(entry(1, time, Severity.HIGH, "out of time")))) {
                    watch.processElement(part, time);
                }
            }
            assertThat(watch.numKeyedStateEntries()).isZero();
            assertThat(watch.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void aPartThatComesLateIsTakenIn() throws Exception {
        List<LogRecord> late = new ArrayList<>();
        try (var watch = watch(new HashMapStateBackend(), Optional.empty())) {
            for (LogRecord entry : entries()) {
                if (entry.severity() == Severity.HIGH) {
                    late.add(entry);
                }
            }
            List<LogRecord> early = entries();
            early.removeIf(entry -> entry.severity() == Severity.HIGH);
            for (LogSlice part : parts(1, early)) {
                watch.processElement(part, part.startMillis());
            }
            watch.processWatermark(T0 + 11 * 60_000L + 30_000);
            assertThat(watch.extractOutputValues()).isEmpty();
            for (LogSlice part : parts(1, late)) {
                watch.processElement(part, part.startMillis());
            }
            watch.processWatermark(T0 + 11 * 60_000L + 50_000);
            assertThat(watch.extractOutputValues()).isNotEmpty();
        }
    }

    static Stream<StateBackend> backends() {
        return Stream.of(new HashMapStateBackend(), new EmbeddedRocksDBStateBackend());
    }

    /** Twelve minutes of ordinary work, with errors in the last two. */
    private static List<LogRecord> entries() {
        List<LogRecord> entries = new ArrayList<>();
        for (int second = 0; second < 12 * 60; second++) {
            long time = T0 + second * 1_000L;
            entries.add(entry(second, time, Severity.INFO, "served order " + second));
            if (second >= 600 && second % 3 == 0) {
                entries.add(
                        entry(
                                10_000 + second,
                                time,
                                Severity.HIGH,
                                "pool of 10 connections exhausted"));
            }
        }
        return entries;
    }

    private static List<LogSlice> parts(int subtasks, List<LogRecord> entries) throws Exception {
        List<LogSlice> parts = new ArrayList<>();
        for (int subtask = 0; subtask < subtasks; subtask++) {
            try (var reduce = reduce()) {
                for (int i = subtask; i < entries.size(); i += subtasks) {
                    reduce.processElement(entries.get(i), entries.get(i).timeMillis());
                }
                reduce.getOperator().finish();
                parts.addAll(reduce.extractOutputValues());
            }
        }
        parts.sort((a, b) -> Long.compare(a.startMillis(), b.startMillis()));
        return parts;
    }

    /** All that is told, with a restore before the part of that number. */
    private static List<ServiceLogs> watch(
            StateBackend backend, List<LogSlice> parts, int restoreBefore) throws Exception {
        List<ServiceLogs> told = new ArrayList<>();
        var watch = watch(backend, Optional.empty());
        for (int i = 0; i < parts.size(); i++) {
            long start = parts.get(i).startMillis();
            if (i == restoreBefore) {
                OperatorSubtaskState state = watch.snapshot(1, 1);
                told.addAll(watch.extractOutputValues());
                watch.close();
                watch = watch(backend, Optional.of(state));
                watch.processWatermark(start - 1);
            }
            watch.processElement(parts.get(i), start);
            if (i + 1 < parts.size()) {
                watch.processWatermark(Math.min(start, parts.get(i + 1).startMillis()) - 1);
            }
        }
        watch.processWatermark(T0 + 3_600_000);
        told.addAll(watch.extractOutputValues());
        if (backend instanceof HashMapStateBackend) { // The other does not count.
            assertThat(watch.numKeyedStateEntries()).isZero();
        }
        assertThat(watch.numEventTimeTimers()).isZero();
        watch.close();
        return told;
    }

    private static OneInputStreamOperatorTestHarness<LogRecord, LogSlice> reduce()
            throws Exception {
        var harness =
                new OneInputStreamOperatorTestHarness<LogRecord, LogSlice>(
                        new ReduceLogsOperator(POLICY));
        harness.open();
        return harness;
    }

    private static KeyedOneInputStreamOperatorTestHarness<
                    Tuple2<String, String>, LogSlice, ServiceLogs>
            watch(StateBackend backend, Optional<OperatorSubtaskState> state) throws Exception {
        var harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(
                                new WatchLogsFunction(POLICY, Addresses.TAKEN_OUT)),
                        LogStage.KEY,
                        AlertKey.SERVICE_TYPE);
        harness.setStateBackend(backend);
        harness.setup();
        if (state.isPresent()) {
            harness.initializeState(state.get());
        }
        harness.open();
        return harness;
    }

    private static LogRecord entry(long offset, long millis, Severity severity, String text) {
        return new LogRecord(
                new AlertId("log", "p0", offset, 0),
                "acme",
                "orders",
                severity,
                millis,
                text,
                Map.of());
    }
}
