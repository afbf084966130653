// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.connectors.resilience.RetryDelay;
import io.incidentcommander.model.lifecycle.Incident;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.streaming.runtime.tasks.StreamTaskActionExecutor;
import org.apache.flink.streaming.runtime.tasks.TestProcessingTimeService;
import org.apache.flink.streaming.runtime.tasks.mailbox.MailboxExecutorImpl;
import org.apache.flink.streaming.runtime.tasks.mailbox.TaskMailboxImpl;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class OpenSearchIncidentSinkTest {
    private static final SinkWriter.Context CONTEXT =
            new SinkWriter.Context() {
                @Override
                public long currentWatermark() {
                    return Long.MIN_VALUE;
                }

                @Override
                public Long timestamp() {
                    return 0L;
                }
            };

    private final MailboxExecutor mailbox =
            new MailboxExecutorImpl(new TaskMailboxImpl(), 0, StreamTaskActionExecutor.IMMEDIATE);
    private final TestProcessingTimeService time = new TestProcessingTimeService();
    private final Counts counts = new Counts();
    private final List<String> rejected = new ArrayList<>();
    private OpenSearchStub openSearch;
    private IncidentIndexWriter writer;

    @BeforeEach
    void open() throws Exception {
        time.setCurrentTime(0);
        openSearch = new OpenSearchStub();
        writer = writerAt(openSearch.url());
    }

    @AfterEach
    void close() throws Exception {
        writer.close();
        openSearch.close();
    }

    @Test
    void indexesTheNewestStateOfEveryIncident() throws Exception {
        for (int sequence = 1; sequence <= 20; sequence++) {
            write(incident("aa", sequence), incident("bb", sequence));
        }
        drain();

        assertThat(stored("aa")).isEqualTo(20);
        assertThat(stored("bb")).isEqualTo(20);
        assertThat(openSearch.documents().get("aa").get("title").asText()).isEqualTo("state 20");
        assertThat(openSearch.requests()).isLessThan(20);
    }

    @Test
    void aStaleStateNeverWinsAndCountsAsDone() throws Exception {
        write(incident("aa", 5));
        drain();
        write(incident("aa", 3));
        drain();

        assertThat(stored("aa")).isEqualTo(5);
        assertThat(counts.stale).isEqualTo(1);
        assertThat(rejected).isEmpty();
    }

    @Test
    void onlyTheDocumentsThatTheIndexWasTooBusyForAreTriedAgain() throws Exception {
        write(incident("first", 1));
        openSearch.failOnce("bb", 429);
        openSearch.failOnce("cc", 503);
        write(incident("aa", 1), incident("bb", 1), incident("cc", 1));
        drain();

        assertThat(openSearch.documents()).containsOnlyKeys("first", "aa", "bb", "cc");
        assertThat(counts.retried).isEqualTo(2);
        assertThat(counts.indexed).isEqualTo(4);
        assertThat(counts.stale).isZero();
    }

    @Test
    void aMappingConflictIsToldAndTheRestGoesOn() throws Exception {
        openSearch.failAlways("bb", 400);
        write(incident("aa", 1), incident("bb", 1), incident("cc", 1));
        drain();

        assertThat(openSearch.documents()).containsOnlyKeys("aa", "cc");
        assertThat(rejected).hasSize(1);
        assertThat(rejected.get(0)).contains("bb").contains("some_exception");
        assertThat(counts.rejected).isEqualTo(1);
    }

    @Test
    void survivesRequestsThatFailAsAWhole() throws Exception {
        List<Integer> statuses = List.of(503, 429, 403, 404, 500);
        openSearch.failRequests(
                n -> n <= statuses.size() ? Optional.of(statuses.get(n - 1)) : Optional.empty());
        write(incident("aa", 1), incident("bb", 1));
        drain();

        assertThat(openSearch.documents()).containsOnlyKeys("aa", "bb");
        assertThat(rejected).isEmpty();
    }

    @Test
    void aRequestTooLargeIsSentInParts() throws Exception {
        openSearch.failRequests(n -> n == 2 ? Optional.of(413) : Optional.empty());
        write(incident("first", 1));
        for (int i = 0; i < 10; i++) {
            write(incident("incident-" + i, 1));
        }
        drain();

        assertThat(openSearch.documents()).hasSize(11);
        assertThat(rejected).isEmpty();
    }

    @Test
    void aDocumentThatNoRequestMayHoldIsRejected() throws Exception {
        openSearch.failRequests(n -> Optional.of(413));
        write(incident("aa", 1));
        drain();

        assertThat(rejected).hasSize(1);
        assertThat(rejected.get(0)).contains("aa").contains("413");
    }

    @Test
    void whatAnOutageKeptUnindexedIsIndexedAfterTheRestore() throws Exception {
        openSearch.failRequests(n -> Optional.of(503));
        write(incident("aa", 1), incident("aa", 2), incident("bb", 1));
        step();
        writer.flush(false);
        List<Incident> state = new ArrayList<>();
        OpenSearchIncidentSink.StateSerializer serializer =
                new OpenSearchIncidentSink.StateSerializer();
        for (Incident incident : writer.snapshotState(1)) {
            state.add(serializer.deserialize(1, serializer.serialize(incident)));
        }
        writer.close();
        assertThat(state).containsExactlyInAnyOrder(incident("aa", 2), incident("bb", 1));

        openSearch.failRequests(n -> Optional.empty());
        writer = writerAt(openSearch.url()).restore(state);
        drain();

        assertThat(stored("aa")).isEqualTo(2);
        assertThat(stored("bb")).isEqualTo(1);
    }

    @Test
    void anIndexThatCannotBeReachedKeepsTheDocumentsWaiting() throws Exception {
        openSearch.close();
        write(incident("aa", 1));
        for (int i = 0; i < 6; i++) {
            step();
        }

        assertThat(writer.snapshotState(1)).containsExactly(incident("aa", 1));
        assertThat(rejected).isEmpty();
    }

    @Test
    void theSinkTravelsToItsTasks() throws Exception {
        OpenSearchIncidentSink sink =
                new OpenSearchIncidentSink(
                        "incidents",
                        OpenSearchTransportProvider.at(openSearch.url()),
                        RejectedIncidents.logged());

        assertThat(InstantiationUtil.clone(sink)).isNotSameAs(sink);
    }

    private IncidentIndexWriter writerAt(String url) {
        return new IncidentIndexWriter(
                new IncidentBulk(OpenSearchTransportProvider.at(url).create(), "incidents"),
                mailbox,
                time,
                counts,
                (incident, reason) -> rejected.add(incident + " " + reason),
                RetryDelay.of(
                        RetryDelay.Growth.EXPONENTIAL,
                        Duration.ofMillis(100),
                        Duration.ofMillis(1_000)));
    }

    private void write(Incident... incidents) throws Exception {
        for (Incident incident : incidents) {
            writer.write(incident, CONTEXT);
        }
    }

    private void drain() throws Exception {
        while (writer.pendingIncidents() > 0) {
            step();
        }
    }

    private void step() throws Exception {
        if (writer.isUnderWay()) {
            mailbox.yield();
        } else {
            time.advance(1_000);
        }
    }

    private long stored(String id) {
        return openSearch.documents().get(id).get("sequence").asLong();
    }

    private static Incident incident(String id, long sequence) {
        return EventSamples.incident(id, "state " + sequence).toBuilder()
                .sequence(sequence)
                .build();
    }

    private static final class Counts implements IndexMetrics {
        private int indexed;
        private int stale;
        private int retried;
        private int rejected;

        @Override
        public void indexed() {
            indexed++;
        }

        @Override
        public void stale() {
            stale++;
        }

        @Override
        public void retried() {
            retried++;
        }

        @Override
        public void rejected() {
            rejected++;
        }
    }
}
