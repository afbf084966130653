// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import static io.incidentcommander.connectors.audit.EventSamples.chain;
import static io.incidentcommander.connectors.audit.EventSamples.next;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.connectors.audit.AnchorStore.Kept;
import io.incidentcommander.model.audit.IncidentEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.apache.flink.api.connector.sink2.Committer.CommitRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.exception.SdkClientException;

@Timeout(180)
class AnchorCommitterTest {
    private static final List<IncidentEvent> EVENTS = chain("aa", 4);
    private static final String ANCHORS = "anchors";

    private final LocalDynamoDb dynamoDb = new LocalDynamoDb();
    private final Counts counts = new Counts();

    AnchorCommitterTest() {
        EventTable.createIfAbsent(dynamoDb.client(), ANCHORS);
    }

    @AfterEach
    void close() {
        dynamoDb.close();
    }

    @Test
    void whatACheckpointSawIsKeptOnceHoweverOftenItIsSaid() throws Exception {
        settle(List.of(anchor(2), anchor(3)), store());
        settle(List.of(anchor(3), anchor(4)), store());

        assertThat(new EventStoreCare(dynamoDb.client(), LocalDynamoDb.TABLE, ANCHORS).read("aa"))
                .satisfies(
                        stored ->
                                assertThat(stored.anchors())
                                        .containsExactly(
                                                anchor(2).head(),
                                                anchor(3).head(),
                                                anchor(4).head()));
        assertThat(counts).hasToString("kept 4, contradicted 0, left out 0");
    }

    @Test
    void anotherHistoryReplacesNoAnchorAndIsCounted() throws Exception {
        settle(List.of(anchor(2)), store());
        IncidentEvent other = next("aa", EVENTS.get(0).head(), "another story");
        settle(List.of(new ChainAnchor("aa", other.head())), store());

        assertThat(
                        new EventStoreCare(dynamoDb.client(), LocalDynamoDb.TABLE, ANCHORS)
                                .read("aa")
                                .anchors())
                .containsExactly(anchor(2).head());
        assertThat(counts).hasToString("kept 1, contradicted 1, left out 0");
    }

    @Test
    void aStoreThatDoesNotAnswerIsLookedAtAgainAndAskedOnce() throws Exception {
        List<ChainAnchor> asked = new ArrayList<>();
        CompletableFuture<Kept> answer = new CompletableFuture<>();
        AnchorCommitter committer =
                committer(
                        anchor -> {
                            asked.add(anchor);
                            return answer;
                        });
        Request request = new Request(anchor(2));

        committer.commit(List.of(request));
        committer.commit(List.of(request));
        assertThat(request.later).isEqualTo(2);
        answer.complete(Kept.WRITTEN);
        committer.commit(List.of(request));

        assertThat(request.later).isEqualTo(2);
        assertThat(asked).hasSize(1);
        assertThat(counts).hasToString("kept 1, contradicted 0, left out 0");
    }

    @Test
    void aStoreThatStaysAwayCostsAnAnchorThatIsCountedAndNotTheJob() throws Exception {
        settle(
                List.of(anchor(2)),
                anchor ->
                        CompletableFuture.failedFuture(
                                SdkClientException.create("connection refused")));

        assertThat(counts).hasToString("kept 0, contradicted 0, left out 1");
    }

    @Test
    void theWriterAnchorsTheNewestThatTheStoreConfirmedAndEachOnce() throws Exception {
        WriterRig rig = new WriterRig(dynamoDb.client(), EventSinkOptions.defaults());
        assertThat(rig.writer().prepareCommit()).isEmpty();
        rig.write(EVENTS.subList(0, 3)).write(chain("bb", 2)).drain();

        assertThat(rig.writer().prepareCommit())
                .containsExactlyInAnyOrder(
                        anchor(3), new ChainAnchor("bb", chain("bb", 2).get(1).head()));
        assertThat(rig.writer().prepareCommit()).isEmpty();

        WriterRig again = new WriterRig(dynamoDb.client(), EventSinkOptions.defaults());
        again.write(EVENTS).drain();
        assertThat(again.redelivered).isEqualTo(3);
        assertThat(again.writer().prepareCommit()).containsExactly(anchor(4));
    }

    @Test
    void anAnchorComesBackFromStateAsItWas() throws Exception {
        ChainAnchor.Serializer serializer = new ChainAnchor.Serializer();
        assertThat(serializer.deserialize(1, serializer.serialize(anchor(3)))).isEqualTo(anchor(3));
    }

    /** As Flink does: again and again, until nothing is to be tried later. */
    private void settle(
            List<ChainAnchor> anchors, Function<ChainAnchor, CompletableFuture<Kept>> store)
            throws Exception {
        AnchorCommitter committer = committer(store);
        List<CommitRequest<ChainAnchor>> open = new ArrayList<>();
        anchors.forEach(anchor -> open.add(new Request(anchor)));
        while (!open.isEmpty()) {
            List<CommitRequest<ChainAnchor>> now = List.copyOf(open);
            now.forEach(request -> ((Request) request).retry = false);
            committer.commit(now);
            open.removeIf(request -> !((Request) request).retry);
        }
    }

    private AnchorCommitter committer(Function<ChainAnchor, CompletableFuture<Kept>> store) {
        return new AnchorCommitter(store, () -> {}, counts);
    }

    private Function<ChainAnchor, CompletableFuture<Kept>> store() {
        return new AnchorStore(dynamoDb.client(), ANCHORS)::keep;
    }

    private static ChainAnchor anchor(int sequence) {
        return new ChainAnchor("aa", EVENTS.get(sequence - 1).head());
    }

    private static final class Counts implements AnchorMetrics {
        private int kept;
        private int contradicted;
        private int leftOut;

        @Override
        public void kept() {
            kept++;
        }

        @Override
        public void contradicted() {
            contradicted++;
        }

        @Override
        public void leftOut() {
            leftOut++;
        }

        @Override
        public String toString() {
            return "kept " + kept + ", contradicted " + contradicted + ", left out " + leftOut;
        }
    }

    private static final class Request implements CommitRequest<ChainAnchor> {
        private final ChainAnchor anchor;
        private boolean retry;
        private int later;

        private Request(ChainAnchor anchor) {
            this.anchor = anchor;
        }

        @Override
        public ChainAnchor getCommittable() {
            return anchor;
        }

        @Override
        public int getNumberOfRetries() {
            return later;
        }

        @Override
        public void retryLater() {
            retry = true;
            later++;
        }

        @Override
        public void signalFailedWithKnownReason(Throwable t) {
            throw new AssertionError(t);
        }

        @Override
        public void signalFailedWithUnknownReason(Throwable t) {
            throw new AssertionError(t);
        }

        @Override
        public void updateAndRetryLater(ChainAnchor committable) {
            throw new AssertionError(committable);
        }

        @Override
        public void signalAlreadyCommitted() {
            throw new AssertionError();
        }
    }
}
