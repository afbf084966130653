// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.diagnosis.memory.IncidentMemory;
import io.incidentcommander.model.diagnosis.memory.IncidentPattern;
import io.incidentcommander.model.diagnosis.memory.MemoryQuery;
import io.incidentcommander.model.diagnosis.memory.Recollection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.operators.async.AsyncWaitOperatorFactory;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class KeepPatternFunctionTest {
    private static final long NET_MILLIS = 900_000;

    /** Of the memory that is open; tests run one after the other. */
    private static final List<CompletableFuture<Void>> ASKED =
            Collections.synchronizedList(new ArrayList<>());

    /** How many more attempts fail at once. */
    private static int failures;

    /** How many more throw instead. */
    private static int throwing;

    @BeforeEach
    void clear() {
        ASKED.clear();
        failures = 0;
        throwing = 0;
    }

    @Test
    void aMemoryThatComesBackGetsWhatItMissed() throws Exception {
        failures = 1;
        try (var harness = harness(10)) {
            harness.open();
            harness.processElement(record("a"));
            while (ASKED.size() < 2) {
                Thread.onSpinWait(); // The first wait is a second; the time limit is the test's.
            }
            ASKED.get(1).complete(null);
            harness.endInput();
            assertThat(harness.extractOutputValues()).containsExactly(pattern("a"));
        }
    }

    /** As a client does that is closed, or has no room for another request. */
    @Test
    void aMemoryThatThrowsAtOnceIsTriedAgainToo() throws Exception {
        throwing = 1;
        try (var harness = harness(10)) {
            harness.open();
            harness.processElement(record("a"));
            while (ASKED.isEmpty()) {
                Thread.onSpinWait();
            }
            ASKED.get(0).complete(null);
            harness.endInput();
            assertThat(harness.extractOutputValues()).containsExactly(pattern("a"));
        }
    }

    @Test
    void moreThanMayWaitIsGivenUpAtOnceAndHoldsUpNobody() throws Exception {
        try (var harness = harness(2)) {
            harness.open();
            for (String id : List.of("a", "b", "c", "d")) {
                harness.processElement(record(id));
            }
            assertThat(ASKED).hasSize(2);
            ASKED.forEach(asked -> asked.complete(null));
            harness.endInput();
            assertThat(harness.extractOutputValues())
                    .containsExactlyInAnyOrder(pattern("a"), pattern("b"));
        }
    }

    @Test
    void whatWaitsSurvivesARestore() throws Exception {
        OperatorSubtaskState state;
        try (var harness = harness(10)) {
            harness.open();
            harness.processElement(record("a"));
            state = harness.snapshot(1, 1);
        }
        ASKED.clear();
        try (var harness = harness(10)) {
            harness.initializeState(state);
            harness.open();
            assertThat(ASKED).hasSize(1);
            ASKED.get(0).complete(null);
            harness.endInput();
            assertThat(harness.extractOutputValues()).containsExactly(pattern("a"));
        }
    }

    @Test
    void aMemoryThatNeverAnswersIsGivenUpAndItsPlaceIsFree() throws Exception {
        try (var harness = harness(1)) {
            harness.open();
            harness.processElement(record("a"));
            harness.setProcessingTime(NET_MILLIS + 1);
            harness.processElement(record("b"));
            assertThat(ASKED).hasSize(2);
            ASKED.forEach(asked -> asked.complete(null));
            harness.endInput();
            assertThat(harness.extractOutputValues()).containsExactly(pattern("b"));
        }
    }

    private static OneInputStreamOperatorTestHarness<IncidentPattern, IncidentPattern> harness(
            int most) throws Exception {
        MemoryOpener opener = metrics -> new Memory();
        return new OneInputStreamOperatorTestHarness<>(
                new AsyncWaitOperatorFactory<>(
                        new KeepPatternFunction(opener, most),
                        NET_MILLIS,
                        100,
                        AsyncDataStream.OutputMode.UNORDERED),
                TypeInformation.of(IncidentPattern.class)
                        .createSerializer(
                                new org.apache.flink.api.common.serialization
                                        .SerializerConfigImpl()));
    }

    private static StreamRecord<IncidentPattern> record(String id) {
        return new StreamRecord<>(pattern(id), 0);
    }

    private static IncidentPattern pattern(String id) {
        return IncidentPattern.builder().tenant("t").incidentId(id).build();
    }

    private static final class Memory implements IncidentMemory {
        @Override
        public CompletableFuture<Recollection> search(MemoryQuery query, long withinMillis) {
            throw new UnsupportedOperationException("Nothing is searched here");
        }

        @Override
        public CompletableFuture<Void> learn(IncidentPattern pattern) {
            if (throwing-- > 0) {
                throw new IllegalStateException("closed");
            }
            CompletableFuture<Void> asked =
                    failures-- > 0
                            ? CompletableFuture.failedFuture(new IOException("gone"))
                            : new CompletableFuture<>();
            ASKED.add(asked);
            return asked;
        }

        @Override
        public void close() {}
    }
}
