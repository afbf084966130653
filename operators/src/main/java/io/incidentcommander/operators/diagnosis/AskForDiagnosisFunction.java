// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis;

import io.incidentcommander.model.diagnosis.CaseClue;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.udfs.correlation.control.ControlBook;
import java.util.ArrayList;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Keyed by tenant: see {@link CaseDesk}. Who calls whom is known from the start, for good. */
public final class AskForDiagnosisFunction
        extends KeyedProcessFunction<String, CaseClue, DiagnosisRequest> {
    private static final long serialVersionUID = 1L;

    private final AskingPolicy policy;

    private transient CaseDesk desk;

    public AskForDiagnosisFunction(AskingPolicy policy) {
        this.policy = policy;
    }

    @Override
    public void open(OpenContext context) {
        ControlSettings control = policy.control();
        ControlBook book =
                ControlBook.of(control.files(), control.maxSilences(), new ArrayList<>());
        desk = new CaseDesk(policy, book, getRuntimeContext());
    }

    @Override
    public void processElement(CaseClue clue, Context context, Collector<DiagnosisRequest> out)
            throws Exception {
        desk.hear(clue, context.timerService());
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<DiagnosisRequest> out)
            throws Exception {
        desk.due(time, context.timerService(), out);
    }
}
