// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.model.consensus.VerifiedOutcome;
import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.diagnosis.memory.IncidentPattern;
import io.incidentcommander.operators.OperatorUids;
import io.incidentcommander.operators.diagnosis.memory.KeepPatternFunction;
import io.incidentcommander.operators.diagnosis.memory.LearnFunction;
import io.incidentcommander.operators.diagnosis.memory.MemoryOpener;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.typeutils.EitherTypeInfo;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.types.Either;

/**
 * From verified outcomes to patterns in the memory. A memory that is gone is waited for, within
 * bounds, by this part alone.
 */
final class Learning {
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final int MOST_WAITING = 500;
    private static final int HELD = 1_000;

    private static final TypeInformation<Either<DiagnosisRequest, Diagnosis>> SAID =
            new EitherTypeInfo<>(
                    TypeInformation.of(DiagnosisRequest.class),
                    TypeInformation.of(Diagnosis.class));

    private Learning() {}

    /** What was learned, once it is kept. */
    static DataStream<IncidentPattern> of(
            DataStream<DiagnosisRequest> requests,
            DataStream<Diagnosis> diagnoses,
            DataStream<VerifiedOutcome> outcomes,
            MemoryOpener memory) {
        DataStream<IncidentPattern> patterns =
                requests.map(Either::<DiagnosisRequest, Diagnosis>Left)
                        .returns(SAID)
                        .name("what was asked")
                        .uid(OperatorUids.LEARN_FROM_REQUEST)
                        .union(
                                diagnoses
                                        .map(Either::<DiagnosisRequest, Diagnosis>Right)
                                        .returns(SAID)
                                        .name("what was answered")
                                        .uid(OperatorUids.LEARN_FROM_DIAGNOSIS))
                        .connect(outcomes)
                        .keyBy(
                                Learning::incident,
                                outcome -> key(outcome.tenant(), outcome.incidentId()),
                                Types.STRING)
                        .process(new LearnFunction(), TypeInformation.of(IncidentPattern.class))
                        .name("learn")
                        .uid(OperatorUids.LEARN);
        return AsyncDataStream.unorderedWait(
                        patterns,
                        new KeepPatternFunction(memory, MOST_WAITING),
                        PATIENCE.toMillis(),
                        TimeUnit.MILLISECONDS,
                        HELD)
                .returns(IncidentPattern.class)
                .name("keep patterns")
                .uid(OperatorUids.KEEP_PATTERNS);
    }

    private static String incident(Either<DiagnosisRequest, Diagnosis> said) {
        return said.isLeft()
                ? key(said.left().incident().tenant(), said.left().incident().incidentId())
                : key(said.right().tenant(), said.right().incidentId());
    }

    private static String key(String tenant, String incidentId) {
        return tenant + '\n' + incidentId;
    }
}
