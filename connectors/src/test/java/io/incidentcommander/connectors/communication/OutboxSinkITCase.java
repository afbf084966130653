// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.communication;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.embedded.PagerDutyStub;
import io.incidentcommander.embedded.SlackStub;
import io.incidentcommander.embedded.StubBehaviour;
import io.incidentcommander.model.communication.ChannelKind;
import io.incidentcommander.model.communication.OutboundMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

/** Both channels in one job, the worst case; in the product each has a pipeline of its own. */
class OutboxSinkITCase {
    private static final int INCIDENTS = 8;
    private static final long UPDATES = 25;
    private static final List<String> REJECTED = new CopyOnWriteArrayList<>();

    private static List<OutboundMessage> messages(ChannelKind kind) {
        List<OutboundMessage> messages = new ArrayList<>();
        for (long sequence = 1; sequence <= UPDATES; sequence++) {
            for (int incident = 0; incident < INCIDENTS; incident++) {
                messages.add(Messages.of(kind, "ops", "t/i" + incident, sequence));
            }
        }
        return messages;
    }

    private static CompletableFuture<Void> reject(OutboundMessage message, String reason) {
        REJECTED.add(message + " " + reason);
        return CompletableFuture.completedFuture(null);
    }

    private static void pipeline(
            StreamExecutionEnvironment env, ChannelKind kind, ChannelClientProvider clients) {
        env.fromData(messages(kind))
                .keyBy(OutboundMessage::address)
                .sinkTo(
                        new OutboxSink(
                                clients, MemorySentLedger::new, () -> OutboxSinkITCase::reject))
                .uid("outbox-" + kind.word());
    }

    @Test
    void slackHangsAndPagerDutyDoesNotNotice() throws Exception {
        try (SlackStub slack = SlackStub.start(0);
                PagerDutyStub pagerDuty = PagerDutyStub.start(0)) {
            slack.behave(StubBehaviour.HANG);
            StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
            env.getConfig().disableGenericTypes();
            String api = slack.endpoint() + "/api/";
            String events = pagerDuty.endpoint() + "/v2/enqueue";
            pipeline(env, ChannelKind.SLACK, SlackClient.at(api, Messages::secret));
            pipeline(env, ChannelKind.PAGERDUTY, PagerDutyClient.at(events, Messages::secret));
            JobClient job = env.executeAsync("outbox");

            assertThat(pagerDuty.await(OutboxSinkITCase::isAllThere, Duration.ofSeconds(180)))
                    .isTrue();
            assertThat(slack.asked()).isPositive();
            assertThat(slack.seen("ops")).isEmpty();

            slack.behave(StubBehaviour.GOOD);
            job.getJobExecutionResult().get();
            List<SlackStub.Shown> seen = slack.seen("ops");
            assertThat(seen)
                    .filteredOn(m -> m.thread().isEmpty())
                    .hasSize(INCIDENTS)
                    .allMatch(m -> isNewest(m.text()));
            assertThat(REJECTED).isEmpty();
        }
    }

    private static boolean isAllThere(Map<String, PagerDutyStub.Page> pages) {
        return pages.size() == INCIDENTS
                && pages.values().stream().allMatch(p -> isNewest(p.summary()));
    }

    private static boolean isNewest(String text) {
        return text.endsWith(" at " + UPDATES);
    }
}
