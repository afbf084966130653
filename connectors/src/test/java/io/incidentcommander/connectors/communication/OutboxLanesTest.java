// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.communication;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.communication.ChannelKind;
import io.incidentcommander.model.communication.MessageAction;
import io.incidentcommander.model.communication.OutboundMessage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class OutboxLanesTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final AtomicLong clock = new AtomicLong();
    private final List<String> sent = new ArrayList<>();
    private final List<String> rejected = new ArrayList<>();
    private final Map<String, SendOutcome> answers = new HashMap<>();
    private final SentLedger ledger = new MemorySentLedger();
    private final OutboxLanes lanes =
            new OutboxLanes(
                    this::send, ledger, (m, why) -> rejected.add(m + " " + why), clock::get);

    private CompletableFuture<SendOutcome> send(OutboundMessage message, String handle, int n) {
        synchronized (sent) {
            sent.add(message.address() + " " + message.sequences() + " by " + handle);
        }
        return CompletableFuture.completedFuture(
                answers.getOrDefault(message.address(), SendOutcome.sent("h")));
    }

    private List<OutboxEntry> deliver(List<OutboxEntry> batch) {
        return lanes.deliver(batch).join();
    }

    private static OutboxEntry slack(String address, String incident, long sequence) {
        return OutboxEntry.of(Messages.of(ChannelKind.SLACK, address, incident, sequence));
    }

    @Test
    void ofAnIncidentOnlyTheNewestIsSentAndLaterOnesByItsHandle() {
        assertThat(deliver(List.of(slack("a", "i", 1), slack("a", "i", 2), slack("a", "j", 1))))
                .isEmpty();
        assertThat(sent).containsExactly("a {i=2} by ", "a {j=1} by ");
        assertThat(deliver(List.of(slack("a", "i", 3)))).isEmpty();
        assertThat(sent).contains("a {i=3} by h");
    }

    @Test
    void whatWasShownOrIsOlderIsNotSentAgain() {
        deliver(List.of(slack("a", "i", 5)));
        assertThat(deliver(List.of(slack("a", "i", 5), slack("a", "i", 4)))).isEmpty();
        assertThat(sent).containsExactly("a {i=5} by ");
        assertThat(rejected).isEmpty();
    }

    @Test
    void whoAsksToWaitIsLeftAloneForThatLongAndNobodyElseIs() {
        answers.put("a", SendOutcome.throttled(30_000));
        List<OutboxEntry> left =
                deliver(List.of(slack("a", "i", 1), slack("a", "j", 1), slack("b", "i", 1)));
        assertThat(left).extracting(e -> e.message().incident()).containsExactly("i", "j");
        assertThat(sent).containsExactlyInAnyOrder("a {i=1} by ", "b {i=1} by ");

        clock.addAndGet(30 * SECOND - 1);
        assertThat(deliver(left)).hasSize(2);
        assertThat(sent).hasSize(2);

        clock.addAndGet(1);
        answers.clear();
        assertThat(deliver(left)).isEmpty();
        assertThat(sent).hasSize(4);
    }

    @Test
    void whoFailsIsTriedLessAndLessOftenAndThenGivenUp() {
        answers.put("a", SendOutcome.failed("no answer"));
        List<OutboxEntry> left = List.of(slack("a", "i", 1));
        List<Long> times = new ArrayList<>();
        int before = 0;
        for (long ms = 0; ms < 3_600_000 && !left.isEmpty(); ms += 100) {
            clock.set(ms * 1_000_000);
            left = deliver(left);
            if (sent.size() > before) {
                before = sent.size();
                times.add(ms);
            }
        }
        assertThat(times).hasSize(OutboxLanes.MOST_ATTEMPTS);
        assertThat(times.get(1) - times.get(0)).isBetween(400L, 1_100L);
        assertThat(times.get(19) - times.get(18)).isBetween(29_000L, 61_000L);
        assertThat(times.get(19)).isBetween(5 * 60_000L, 20 * 60_000L);
        assertThat(rejected).singleElement().asString().contains("gave up: no answer");
    }

    @Test
    void whatIsRefusedIsADeadLetterAndTheNextOneGoes() {
        answers.put("a", SendOutcome.refused("channel_not_found"));
        assertThat(deliver(List.of(slack("a", "i", 1), slack("a", "j", 1)))).isEmpty();
        assertThat(rejected).hasSize(2).allMatch(r -> r.endsWith("channel_not_found"));
    }

    @Test
    void aLedgerThatIsDownHoldsMessagesBack() {
        SentLedger down =
                new SentLedger() {
                    @Override
                    public CompletableFuture<Optional<SentRecord>> find(String thread) {
                        return CompletableFuture.failedFuture(new IllegalStateException("down"));
                    }

                    @Override
                    public CompletableFuture<Void> record(String thread, SentRecord record) {
                        return CompletableFuture.failedFuture(new IllegalStateException("down"));
                    }
                };
        OutboxLanes blind =
                new OutboxLanes(this::send, down, (m, why) -> rejected.add(why), clock::get);
        assertThat(blind.deliver(List.of(slack("a", "i", 1))).join()).hasSize(1);
        assertThat(sent).isEmpty();
    }

    @Test
    void stateAndTopicCarryAMessageAsItIs() throws Exception {
        OutboxEntry entry =
                OutboxEntry.of(
                        Messages.of(ChannelKind.PAGERDUTY, "ops", "t/i", 3, MessageAction.RESOLVE));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        OutboxSink.Undelivered form = new OutboxSink.Undelivered();
        form.serializeRequestToStream(entry.triedAgain(), new DataOutputStream(bytes));
        OutboxEntry read =
                form.deserializeRequestFromStream(
                        0, new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        assertThat(read.attempts()).isEqualTo(1);
        assertThat(read.message()).isEqualTo(entry.message());
        assertThat(
                        new KafkaOutbox.Messages()
                                .deserialize(
                                        new KafkaOutbox.Records("outbox")
                                                .serialize(entry.message(), null, 0L)
                                                .value()))
                .isEqualTo(entry.message());
    }

    @Test
    void nobodyIsAClientThatCallsNobody() {
        assertThat(
                        ChannelClientProvider.nobody()
                                .create()
                                .send(slack("a", "i", 1).message(), "", 0)
                                .join()
                                .kind())
                .isEqualTo(SendOutcome.Kind.SENT);
    }
}
