// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.connectors.delivery.DeliveryRig;
import io.incidentcommander.connectors.delivery.DeliverySink;
import io.incidentcommander.connectors.delivery.MemorySpillStore;
import io.incidentcommander.connectors.delivery.Refusals;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class OpenSearchIncidentSinkTest {
    private final List<String> rejected = new ArrayList<>();
    private OpenSearchStub openSearch;
    private DeliveryRig<Incident, Incident> rig;

    @BeforeEach
    void open() throws Exception {
        openSearch = new OpenSearchStub();
        rig = rigAt(openSearch.url(), List.of());
    }

    @AfterEach
    void close() throws Exception {
        rig.close();
        openSearch.close();
    }

    @Test
    void indexesTheNewestStateOfEveryIncident() throws Exception {
        for (int sequence = 1; sequence <= 20; sequence++) {
            rig.write(incident("aa", sequence), incident("bb", sequence));
        }
        rig.drain();

        assertThat(stored("aa")).isEqualTo(20);
        assertThat(stored("bb")).isEqualTo(20);
        assertThat(openSearch.documents().get("aa").get("title").asText()).isEqualTo("state 20");
        assertThat(openSearch.requests()).isLessThan(20);
    }

    @Test
    void aStaleStateNeverWinsAndCountsAsDone() throws Exception {
        rig.write(incident("aa", 5));
        rig.drain();
        rig.write(incident("aa", 3));
        rig.drain();

        assertThat(stored("aa")).isEqualTo(5);
        assertThat(rig.stale).isEqualTo(1);
        assertThat(rejected).isEmpty();
    }

    @Test
    void onlyTheDocumentsThatTheIndexWasTooBusyForAreTriedAgain() throws Exception {
        rig.write(incident("first", 1));
        openSearch.failOnce("bb", 429);
        openSearch.failOnce("cc", 503);
        rig.write(incident("aa", 1), incident("bb", 1), incident("cc", 1));
        rig.drain();

        assertThat(openSearch.documents()).containsOnlyKeys("first", "aa", "bb", "cc");
        assertThat(rig.retried).isEqualTo(2);
        assertThat(rig.delivered).isEqualTo(4);
        assertThat(rig.stale).isZero();
    }

    @Test
    void aMappingConflictIsToldAndTheRestGoesOn() throws Exception {
        openSearch.failAlways("bb", 400);
        rig.write(incident("aa", 1), incident("bb", 1), incident("cc", 1));
        rig.drain();

        assertThat(openSearch.documents()).containsOnlyKeys("aa", "cc");
        assertThat(rejected).hasSize(1);
        assertThat(rejected.get(0)).contains("bb").contains("some_exception");
        assertThat(rig.refused).isEqualTo(1);
    }

    @Test
    void survivesRequestsThatFailAsAWhole() throws Exception {
        List<Integer> statuses = List.of(503, 429, 403, 404, 500);
        openSearch.failRequests(
                n -> n <= statuses.size() ? Optional.of(statuses.get(n - 1)) : Optional.empty());
        rig.write(incident("aa", 1), incident("bb", 1));
        rig.drain();

        assertThat(openSearch.documents()).containsOnlyKeys("aa", "bb");
        assertThat(rejected).isEmpty();
    }

    @Test
    void aRequestTooLargeIsSentInParts() throws Exception {
        openSearch.failRequests(n -> n == 2 ? Optional.of(413) : Optional.empty());
        rig.write(incident("first", 1));
        for (int i = 0; i < 10; i++) {
            rig.write(incident("incident-" + i, 1));
        }
        rig.drain();

        assertThat(openSearch.documents()).hasSize(11);
        assertThat(rejected).isEmpty();
    }

    @Test
    void aDocumentThatNoRequestMayHoldIsRejected() throws Exception {
        openSearch.failRequests(n -> Optional.of(413));
        rig.write(incident("aa", 1));
        rig.drain();

        assertThat(rejected).hasSize(1);
        assertThat(rejected.get(0)).contains("aa").contains("413");
    }

    @Test
    void whatAnOutageKeptUnindexedIsIndexedAfterTheRestore() throws Exception {
        openSearch.failRequests(n -> Optional.of(503));
        rig.write(incident("aa", 1), incident("aa", 2), incident("bb", 1));
        rig.step();
        List<Incident> state = new ArrayList<>();
        OpenSearchIncidentSink.WaitingIncidents form =
                new OpenSearchIncidentSink.WaitingIncidents();
        for (Incident incident : rig.checkpoint()) {
            state.add(form.deserialize(1, form.serialize(incident)));
        }
        rig.close();
        assertThat(state).containsExactlyInAnyOrder(incident("aa", 2), incident("bb", 1));

        openSearch.failRequests(n -> Optional.empty());
        rig = rigAt(openSearch.url(), state);
        rig.drain();

        assertThat(stored("aa")).isEqualTo(2);
        assertThat(stored("bb")).isEqualTo(1);
    }

    @Test
    void anIndexThatCannotBeReachedKeepsTheDocumentsWaiting() throws Exception {
        openSearch.close();
        rig.write(incident("aa", 1));
        for (int i = 0; i < 6; i++) {
            rig.step();
        }

        assertThat(rig.checkpoint()).containsExactly(incident("aa", 1));
        assertThat(rejected).isEmpty();
    }

    @Test
    void pastTheBoundWhatMattersLeastLiesOutsideAndComesBackLast() throws Exception {
        rig.close();
        MemorySpillStore place = new MemorySpillStore();
        openSearch.failRequests(n -> Optional.of(503));
        rig = new DeliveryRig<>(sink(openSearch.url()), 4, Optional.of(place), List.of());
        rig.stepIfAny(); // by now it is known that nothing lies there
        for (int sequence = 1; sequence <= 3; sequence++) {
            for (Severity severity : Severity.values()) {
                for (int i = 0; i < 3; i++) {
                    rig.write(incident(severity + "-" + i, severity, sequence));
                }
            }
        }
        rig.settlePuts();
        assertThat(rig.checkpoint())
                .hasSize(4)
                .filteredOn(incident -> incident.severity() == Severity.CRITICAL)
                .hasSize(3);
        assertThat(place.objects).isNotEmpty();

        openSearch.failRequests(n -> Optional.empty());
        rig.drain();

        assertThat(openSearch.documents()).hasSize(3 * Severity.values().length);
        for (String id : openSearch.documents().keySet()) {
            assertThat(stored(id)).as(id).isEqualTo(3);
        }
        assertThat(place.objects).isEmpty();
        assertThat(rejected).isEmpty();
    }

    @Test
    void theSinkTravelsToItsTasks() throws Exception {
        DeliverySink<Incident, Incident> sink =
                OpenSearchIncidentSink.in(
                        "index",
                        "incidents",
                        OpenSearchTransportProvider.at(openSearch.url()),
                        Refusals.logged());

        assertThat(InstantiationUtil.clone(sink)).isNotSameAs(sink);
    }

    private DeliveryRig<Incident, Incident> rigAt(String url, List<Incident> restored)
            throws Exception {
        return new DeliveryRig<>(sink(url), restored);
    }

    private DeliverySink<Incident, Incident> sink(String url) {
        return OpenSearchIncidentSink.in(
                "index",
                "incidents",
                OpenSearchTransportProvider.at(url),
                (incident, reason) -> rejected.add(incident + " " + reason));
    }

    private long stored(String id) {
        return openSearch.documents().get(id).get("sequence").asLong();
    }

    private static Incident incident(String id, long sequence) {
        return EventSamples.incident(id, "state " + sequence).toBuilder()
                .sequence(sequence)
                .build();
    }

    private static Incident incident(String id, Severity severity, long sequence) {
        return incident(id, sequence).toBuilder().severity(severity).build();
    }
}
