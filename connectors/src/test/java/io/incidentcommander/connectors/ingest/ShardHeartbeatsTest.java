// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.ingest.RawRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.HashKeyRange;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.Record;
import org.apache.flink.kinesis.shaded.com.amazonaws.services.kinesis.model.Shard;
import org.apache.flink.streaming.connectors.kinesis.internals.publisher.RecordBatch;
import org.apache.flink.streaming.connectors.kinesis.internals.publisher.RecordPublisher;
import org.apache.flink.streaming.connectors.kinesis.internals.publisher.RecordPublisher.RecordPublisherRunResult;
import org.apache.flink.streaming.connectors.kinesis.model.SequenceNumber;
import org.apache.flink.streaming.connectors.kinesis.model.StreamShardHandle;
import org.junit.jupiter.api.Test;

class ShardHeartbeatsTest {
    private static final StreamShardHandle SHARD =
            new StreamShardHandle(
                    "alerts",
                    new Shard()
                            .withShardId("shard-0")
                            .withHashKeyRange(
                                    new HashKeyRange()
                                            .withStartingHashKey("0")
                                            .withEndingHashKey("1".repeat(38))));
    private static final SequenceNumber POSITION = new SequenceNumber("1");

    private final List<String> happened = new ArrayList<>();
    private long now;

    @Test
    void anEmptyAnswerAtTheTipVouchesForTheMomentItWasAskedFor() throws Exception {
        poll(1_000, 1_050, empty(0L));

        assertThat(happened).containsExactly("batch of 0", "heartbeat shard-0 at 1000");
    }

    @Test
    void recordsAreEmittedBeforeTheHeartbeatAndBringNoneThemselves() throws Exception {
        poll(1_000, 1_010, batch(0L), empty(0L));

        assertThat(happened)
                .as("polls that follow one another at once")
                .containsExactly("batch of 1", "batch of 0", "heartbeat shard-0 at 1010");
    }

    @Test
    void anEmptyAnswerBehindTheTipVouchesForNothing() throws Exception {
        poll(1_000, 1_500, empty(40L), empty(null));

        assertThat(happened).containsExactly("batch of 0", "batch of 0");
    }

    @Test
    void heartbeatsKeepTheirInterval() throws Exception {
        poll(1_000, 1_100, empty(0L), empty(0L), empty(0L));

        assertThat(happened.stream().filter(text -> text.startsWith("heartbeat")))
                .containsExactly("heartbeat shard-0 at 1000", "heartbeat shard-0 at 1200");
    }

    @Test
    void aPushedAnswerThatLayInABufferVouchesForNothing() throws Exception {
        now = 1_000;
        ShardHeartbeats subscription =
                heartbeats(
                        consumer -> {
                            now = 9_000; // the first is read, which takes long
                            consumer.accept(batch(300L));
                            now += ShardHeartbeats.WAITED_MILLIS - 1;
                            consumer.accept(empty(0L)); // pushed meanwhile
                            now += ShardHeartbeats.WAITED_MILLIS;
                            consumer.accept(empty(0L)); // waited for
                            return RecordPublisherRunResult.INCOMPLETE;
                        });

        subscription.run(this::consume);

        assertThat(happened)
                .containsExactly(
                        "batch of 1",
                        "batch of 0",
                        "batch of 0",
                        "heartbeat shard-0 at " + (9_000 + ShardHeartbeats.WAITED_MILLIS - 1));
    }

    /** One run for each answer, as polling has it; answers take until {@code answered}. */
    private void poll(long asked, long answered, RecordBatch... answers) throws Exception {
        now = asked;
        List<RecordBatch> left = new ArrayList<>(List.of(answers));
        ShardHeartbeats polling =
                heartbeats(
                        consumer -> {
                            now += answered - asked;
                            consumer.accept(left.remove(0));
                            return RecordPublisherRunResult.INCOMPLETE;
                        });
        while (!left.isEmpty()) {
            polling.run(this::consume);
        }
    }

    private ShardHeartbeats heartbeats(RecordPublisher publisher) {
        return new ShardHeartbeats(publisher, "kinesis", "shard-0", 200, () -> now, this::emit);
    }

    private SequenceNumber consume(RecordBatch batch) {
        happened.add("batch of " + batch.getDeaggregatedRecordSize());
        return POSITION;
    }

    private void emit(RawRecord record) {
        assertThat(record.kind()).isEqualTo(RawRecord.Kind.HEARTBEAT);
        happened.add("heartbeat " + record.partition() + " at " + record.arrivalMillis());
    }

    private static RecordBatch empty(Long behind) {
        return new RecordBatch(List.of(), SHARD, behind);
    }

    private static RecordBatch batch(Long behind) {
        Record record =
                new Record()
                        .withData(ByteBuffer.wrap(new byte[] {1}))
                        .withPartitionKey("key")
                        .withSequenceNumber("1");
        return new RecordBatch(List.of(record), SHARD, behind);
    }
}
