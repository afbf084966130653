// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis.memory;

import io.incidentcommander.model.consensus.VerifiedOutcome;
import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.diagnosis.memory.IncidentPattern;
import io.incidentcommander.udfs.diagnosis.memory.PatternLearning;
import java.util.Optional;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.types.Either;
import org.apache.flink.util.Collector;

/**
 * Keyed by incident: joins what was asked and answered of it with how it turned out. Each verified
 * outcome gives a pattern, under an id made from its content, so that a repeat changes nothing
 * where it is kept. An outcome that comes before the diagnosis, which takes another way, waits for
 * it; one of an incident that is never diagnosed teaches nothing.
 *
 * <p>State: the last request and diagnosis of an incident, and the last outcome that waits; a day
 * of event time after the last.
 */
public final class LearnFunction
        extends KeyedCoProcessFunction<
                String, Either<DiagnosisRequest, Diagnosis>, VerifiedOutcome, IncidentPattern> {
    private static final long serialVersionUID = 1L;
    private static final long KEEP_MILLIS = 24L * 3_600_000;

    private static final ValueStateDescriptor<DiagnosisRequest> ASKED =
            new ValueStateDescriptor<>("learn-asked", TypeInformation.of(DiagnosisRequest.class));
    private static final ValueStateDescriptor<Diagnosis> ANSWERED =
            new ValueStateDescriptor<>("learn-answered", TypeInformation.of(Diagnosis.class));
    private static final ValueStateDescriptor<VerifiedOutcome> EARLY =
            new ValueStateDescriptor<>(
                    "learn-early-outcome", TypeInformation.of(VerifiedOutcome.class));
    private static final ValueStateDescriptor<Long> FORGET_AT =
            new ValueStateDescriptor<>("learn-forget-at", Types.LONG);

    private transient ValueState<DiagnosisRequest> asked;
    private transient ValueState<Diagnosis> answered;
    private transient ValueState<VerifiedOutcome> early;
    private transient ValueState<Long> forgetAt;

    @Override
    public void open(OpenContext context) {
        asked = getRuntimeContext().getState(ASKED);
        answered = getRuntimeContext().getState(ANSWERED);
        early = getRuntimeContext().getState(EARLY);
        forgetAt = getRuntimeContext().getState(FORGET_AT);
    }

    @Override
    public void processElement1(
            Either<DiagnosisRequest, Diagnosis> said,
            Context context,
            Collector<IncidentPattern> out)
            throws Exception {
        if (said.isLeft()) {
            asked.update(said.left());
            keepFrom(said.left().requestedAtMillis(), context);
        } else {
            answered.update(said.right());
            keepFrom(said.right().diagnosedAtMillis(), context);
        }
        if (early.value() != null && isDiagnosed()) {
            learn(early.value(), out);
            early.clear();
        }
    }

    @Override
    public void processElement2(
            VerifiedOutcome outcome, Context context, Collector<IncidentPattern> out)
            throws Exception {
        if (isDiagnosed()) {
            learn(outcome, out);
        } else {
            early.update(outcome);
            keepFrom(outcome.verifiedAtMillis(), context);
        }
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<IncidentPattern> out)
            throws Exception {
        if (forgetAt.value() != null && forgetAt.value() <= time) {
            asked.clear();
            answered.clear();
            early.clear();
            forgetAt.clear();
        }
    }

    private boolean isDiagnosed() throws Exception {
        return asked.value() != null && answered.value() != null;
    }

    private void learn(VerifiedOutcome outcome, Collector<IncidentPattern> out) throws Exception {
        Optional<IncidentPattern> pattern =
                PatternLearning.of(asked.value(), answered.value(), outcome);
        pattern.ifPresent(out::collect);
    }

    private void keepFrom(long time, Context context) throws Exception {
        Long until = forgetAt.value();
        if (until == null || until < time + KEEP_MILLIS) {
            forgetAt.update(time + KEEP_MILLIS);
            context.timerService().registerEventTimeTimer(time + KEEP_MILLIS);
        }
    }
}
