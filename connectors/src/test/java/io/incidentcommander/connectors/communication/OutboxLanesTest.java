// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.communication;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.connectors.resilience.RateLimit;
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
    private final OutboxLanes lanes = new OutboxLanes(this::send, ledger, this::reject, clock::get);
    private boolean deadLettersAreKept = true;

    private CompletableFuture<SendOutcome> send(OutboundMessage message, String handle, int n) {
        synchronized (sent) {
            sent.add(message.address() + " " + message.sequences() + " by " + handle);
        }
        return CompletableFuture.completedFuture(
                answers.getOrDefault(message.address(), SendOutcome.sent("h")));
    }

    private CompletableFuture<Void> reject(OutboundMessage message, String reason) {
        if (!deadLettersAreKept) {
            return CompletableFuture.failedFuture(new IllegalStateException("no topic"));
        }
        rejected.add(message + " " + reason);
        return CompletableFuture.completedFuture(null);
    }

    /** A client that can look whether an earlier attempt arrived; says which attempt each was. */
    private ChannelClient looking() {
        return new ChannelClient() {
            @Override
            public CompletableFuture<SendOutcome> send(
                    OutboundMessage message, String handle, int attempt) {
                return OutboxLanesTest.this.send(message, handle + " attempt " + attempt, attempt);
            }

            @Override
            public boolean looksUp() {
                return true;
            }
        };
    }

    private OutboxLanes lanes(ChannelClient client) {
        return new OutboxLanes(client, ledger, this::reject, clock::get);
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
    void aReceiverThatHangsForTenMinutesMissesNothingAndNobodyElseWaits() {
        answers.put("a", SendOutcome.failed("no answer in 5 s"));
        List<OutboxEntry> left = new ArrayList<>();
        for (int second = 0; second < 600; second += 5) {
            left.add(slack("a", "i" + second, 1));
            left.add(slack("b", "i" + second, 1));
            left = new ArrayList<>(deliver(left));
            assertThat(left).extracting(e -> e.message().address()).containsOnly("a");
            assertThat(sent).contains("b {i" + second + "=1} by ");
            clock.addAndGet(5 * SECOND);
        }
        answers.clear();
        assertThat(left).hasSize(120);
        clock.addAndGet(70 * SECOND); // Longer than it rests after whatever failures.
        assertThat(deliver(left)).isEmpty();
        assertThat(rejected).isEmpty();
        assertThat(sent).contains("a {i0=1} by ", "a {i595=1} by ");
    }

    @Test
    void aBacklogLeavesAtTheRateOfItsReceiverAndHoldsNobodyElseUp() {
        OutboxLanes paced =
                lanes(
                        new ChannelClient() {
                            @Override
                            public CompletableFuture<SendOutcome> send(
                                    OutboundMessage message, String handle, int attempt) {
                                return OutboxLanesTest.this.send(message, handle, attempt);
                            }

                            @Override
                            public Optional<RateLimit> limit() {
                                return Optional.of(RateLimit.SLACK);
                            }
                        });
        List<OutboxEntry> left = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            left.add(slack("a", "i" + i, 1));
        }
        left.add(slack("b", "i", 1));
        left = paced.deliver(left).join();
        assertThat(left).extracting(e -> e.message().address()).containsExactly("a", "a", "a", "a");
        assertThat(sent).hasSize(6).contains("b {i=1} by ");

        for (int second = 1; second <= 4; second++) {
            clock.set(second * SECOND);
            left = paced.deliver(left).join();
            assertThat(left).hasSize(4 - second);
        }
        assertThat(sent).hasSize(10);
        assertThat(rejected).isEmpty();
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
    void whatIsNoDeadLetterYetComesBackUntilItIs() {
        answers.put("a", SendOutcome.refused("channel_not_found"));
        deadLettersAreKept = false;
        List<OutboxEntry> left = deliver(List.of(slack("a", "i", 1), slack("b", "i", 1)));
        assertThat(left).extracting(e -> e.message().address()).containsExactly("a");
        assertThat(rejected).isEmpty();

        deadLettersAreKept = true;
        clock.addAndGet(10 * SECOND);
        assertThat(deliver(left)).isEmpty();
        assertThat(rejected).singleElement().asString().endsWith("channel_not_found");
    }

    @Test
    void whoeverComesAfterACrashLooksWhetherItArrived() {
        answers.put("a", SendOutcome.failed("the process died here"));
        lanes(looking()).deliver(List.of(slack("a", "i", 1))).join();
        answers.clear();
        lanes(looking()).deliver(List.of(slack("a", "i", 1), slack("b", "i", 1))).join();
        assertThat(sent)
                .containsExactlyInAnyOrder(
                        "a {i=1} by  attempt 0", "a {i=1} by  attempt 1", "b {i=1} by  attempt 0");
        lanes(looking()).deliver(List.of(slack("a", "i", 2))).join();
        assertThat(sent).last().isEqualTo("a {i=2} by h attempt 0");
    }

    @Test
    void whatWasToldToWaitDidNotArriveUnlessAnEarlierAttemptDid() {
        answers.put("a", SendOutcome.throttled(1_000));
        OutboxLanes first = lanes(looking());
        List<OutboxEntry> left = first.deliver(List.of(slack("a", "i", 1))).join();
        clock.addAndGet(SECOND);
        first.deliver(left).join();
        assertThat(sent).containsExactly("a {i=1} by  attempt 0", "a {i=1} by  attempt 0");

        OutboxLanes second = lanes(looking());
        left = second.deliver(List.of(slack("a", "i", 1))).join();
        clock.addAndGet(SECOND);
        second.deliver(left).join();
        assertThat(sent.subList(2, 4)).allMatch(s -> s.endsWith("attempt 1"));
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
                    public CompletableFuture<Void> begin(String thread, long sequence) {
                        return CompletableFuture.failedFuture(new IllegalStateException("down"));
                    }

                    @Override
                    public CompletableFuture<Void> record(String thread, SentRecord record) {
                        return CompletableFuture.failedFuture(new IllegalStateException("down"));
                    }
                };
        OutboxLanes blind = new OutboxLanes(this::send, down, this::reject, clock::get);
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
                                        KafkaOutbox.parcels("outbox")
                                                .apply(entry.message())
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
