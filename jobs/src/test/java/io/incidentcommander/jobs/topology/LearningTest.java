// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.VerifiedOutcome;
import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.diagnosis.memory.IncidentMemory;
import io.incidentcommander.model.diagnosis.memory.IncidentPattern;
import io.incidentcommander.model.diagnosis.memory.MemoryQuery;
import io.incidentcommander.model.diagnosis.memory.Recollection;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;

class LearningTest {
    private static final Action RESTART = new Action("restart", "1", "orders", Map.of());

    @Test
    void whatWasVerifiedIsKeptWhicheverWayIsFasterAndWhatWasNeverAskedIsNot() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(2);
        env.getConfig().disableGenericTypes();
        DataStream<IncidentPattern> learned =
                Learning.of(
                        env.fromData(
                                List.of(request("a"), request("b"), request("never verified")),
                                TypeInformation.of(DiagnosisRequest.class)),
                        env.fromData(
                                List.of(diagnosis("a"), diagnosis("b")),
                                TypeInformation.of(Diagnosis.class)),
                        env.fromData(
                                List.of(
                                        VerifiedOutcome.right("t", "a", 1, RESTART.id(), 60_000),
                                        VerifiedOutcome.wrong("t", "b", 1, RESTART.id(), 60_000),
                                        VerifiedOutcome.right("t", "c", 1, RESTART.id(), 60_000)),
                                TypeInformation.of(VerifiedOutcome.class)),
                        metrics -> new Forgetful());
        List<String> said = new ArrayList<>();
        try (CloseableIterator<IncidentPattern> patterns = learned.executeAndCollect()) {
            patterns.forEachRemaining(p -> said.add(p.incidentId() + " " + p.worked()));
        }
        assertThat(said).containsExactlyInAnyOrder("a true", "b false");
    }

    private static DiagnosisRequest request(String incident) {
        return DiagnosisRequest.builder()
                .incident(
                        Incident.builder()
                                .incidentId(incident)
                                .tenant("t")
                                .type(IncidentType.DATABASE_FAILURE)
                                .severity(Severity.HIGH)
                                .services(List.of("orders"))
                                .openedAtMillis(1)
                                .updatedAtMillis(1)
                                .build())
                .candidates(List.of(RESTART, Action.ESCALATE))
                .requestedAtMillis(1)
                .build();
    }

    private static Diagnosis diagnosis(String incident) {
        return Diagnosis.answering(request(incident))
                .service("orders")
                .rootCause("too few connections")
                .confidence(0.9)
                .diagnosedAtMillis(1)
                .build();
    }

    /** Takes everything. */
    private static final class Forgetful implements IncidentMemory {
        @Override
        public CompletableFuture<Recollection> search(MemoryQuery query, long withinMillis) {
            return CompletableFuture.completedFuture(Recollection.none("it forgets"));
        }

        @Override
        public CompletableFuture<Void> learn(IncidentPattern pattern) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {}
    }
}
