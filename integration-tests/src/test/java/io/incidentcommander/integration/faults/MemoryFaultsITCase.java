// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.connectors.diagnosis.memory.DirectoryRecollectionRecord;
import io.incidentcommander.jobs.diagnosis.Memories;
import io.incidentcommander.jobs.diagnosis.ModelRoads;
import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.diagnosis.memory.Recollection;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentType;
import io.incidentcommander.operators.diagnosis.DiagnoseFunction;
import io.incidentcommander.operators.diagnosis.memory.RememberingRoad;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 240, unit = TimeUnit.SECONDS)
class MemoryFaultsITCase {
    private static final int INCIDENTS = 5;

    @Test
    void withOpenSearchGoneEachIncidentIsDiagnosedAndSaysThatNothingCouldBeSearched(
            @TempDir Path record) throws Exception {
        String nobody;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = "http://127.0.0.1:" + closed.getLocalPort();
        }
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
        List<DiagnosisRequest> requests = new ArrayList<>();
        for (int i = 0; i < INCIDENTS; i++) {
            requests.add(request("i" + i));
        }
        List<Diagnosis> all = new ArrayList<>();
        try (CloseableIterator<Diagnosis> diagnoses =
                AsyncDataStream.unorderedWait(
                                env.fromData(requests, TypeInformation.of(DiagnosisRequest.class)),
                                new DiagnoseFunction(
                                        RememberingRoad.before(
                                                ModelRoads.none(),
                                                Memories.local(nobody, "patterns"),
                                                new DirectoryRecollectionRecord(record),
                                                System::currentTimeMillis),
                                        INCIDENTS,
                                        System::currentTimeMillis),
                                200,
                                TimeUnit.SECONDS,
                                100)
                        .returns(Diagnosis.class)
                        .executeAndCollect()) {
            diagnoses.forEachRemaining(all::add);
        }

        assertThat(all)
                .extracting(Diagnosis::incidentId)
                .containsExactlyInAnyOrder("i0", "i1", "i2", "i3", "i4");
        assertThat(all)
                .allMatch(d -> d.recollection().extent() == Recollection.Extent.NONE)
                .noneMatch(d -> d.recollection().reason().isEmpty());
    }

    private static DiagnosisRequest request(String incident) {
        return DiagnosisRequest.builder()
                .incident(
                        Incident.builder()
                                .incidentId(incident)
                                .tenant("t")
                                .type(IncidentType.DATABASE_FAILURE)
                                .severity(Severity.HIGH)
                                .services(List.of("db"))
                                .openedAtMillis(0)
                                .updatedAtMillis(0)
                                .build())
                .candidates(List.of(Action.ESCALATE))
                .deadlineAtMillis(System.currentTimeMillis() + 180_000)
                .build();
    }
}
