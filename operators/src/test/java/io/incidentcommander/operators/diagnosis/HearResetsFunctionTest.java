// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.correlation.ControlKind;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithNonKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class HearResetsFunctionTest {

    @Test
    void aRequestBringsTheLastResetThatWasOrderedAlsoAfterARestore() throws Exception {
        OperatorSubtaskState state;
        try (var harness = harness()) {
            harness.open();
            ask(harness);
            order(harness, 2);
            ask(harness);
            order(harness, 2); // A repeat.
            order(harness, 1); // Overtaken.
            ask(harness);
            order(harness, 7);
            ask(harness);

            assertThat(harness.extractOutputValues())
                    .extracting(DiagnosisRequest::resets)
                    .containsExactly(0L, 2L, 2L, 7L);
            state = harness.snapshot(1, 1);
        }
        try (var harness = harness()) {
            harness.initializeState(state);
            harness.open();
            ask(harness);
            assertThat(harness.extractOutputValues())
                    .extracting(DiagnosisRequest::resets)
                    .containsExactly(7L);
        }
    }

    private static TwoInputStreamOperatorTestHarness<
                    DiagnosisRequest, ControlUpdate, DiagnosisRequest>
            harness() throws Exception {
        return new TwoInputStreamOperatorTestHarness<>(
                new CoBroadcastWithNonKeyedOperator<>(
                        new HearResetsFunction(), List.of(HearResetsFunction.RESETS)));
    }

    private static void ask(
            TwoInputStreamOperatorTestHarness<DiagnosisRequest, ControlUpdate, DiagnosisRequest>
                    harness)
            throws Exception {
        harness.processElement1(new StreamRecord<>(DiagnoseFunctionTest.request("i", 1), 1));
    }

    private static void order(
            TwoInputStreamOperatorTestHarness<DiagnosisRequest, ControlUpdate, DiagnosisRequest>
                    harness,
            long sequence)
            throws Exception {
        harness.processElement2(
                new StreamRecord<>(
                        ControlUpdate.withdraw(
                                ControlKind.RESET, "*", "models", sequence, 0, "ann")));
    }
}
