// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.communication;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.embedded.SlackStub;
import io.incidentcommander.model.communication.ChannelKind;
import io.incidentcommander.model.communication.OutboundMessage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The job that delivers dies after it sent, and reads all of it again: Slack has no idempotency.
 */
class OutboxRestartITCase {
    private static final int INCIDENTS = 3;
    private static final SentLedger LEDGER = new MemorySentLedger();
    private static final AtomicReference<SlackStub> SLACK = new AtomicReference<>();
    private static final AtomicBoolean DIED = new AtomicBoolean();

    /** As the outbox would be read: the same again after a failure, and one that came since. */
    private static final class Outbox implements FlatMapFunction<Long, OutboundMessage> {
        private static final long serialVersionUID = 1L;

        @Override
        public void flatMap(Long offset, Collector<OutboundMessage> out) {
            if (offset < INCIDENTS) {
                out.collect(Messages.of(ChannelKind.SLACK, "ops", "t/i" + offset, 1));
            } else if (DIED.get()) {
                if (offset == INCIDENTS) {
                    out.collect(Messages.of(ChannelKind.SLACK, "ops", "t/later", 1));
                }
                LockSupport.parkNanos(1_000_000);
            } else {
                // All of it again: not even the first may have gone on in the meantime.
                LockSupport.parkNanos(1_000_000);
                if (shown() >= INCIDENTS) {
                    DIED.set(true);
                    throw new IllegalStateException("The job dies after it sent");
                }
            }
        }
    }

    private static long shown() {
        return SLACK.get().seen("ops").stream().filter(m -> m.thread().isEmpty()).count();
    }

    @Test
    @Timeout(value = 180, unit = TimeUnit.SECONDS)
    void whatWasSentIsNotSentAgain() throws Exception {
        try (SlackStub slack = SlackStub.start(0)) {
            SLACK.set(slack);
            Configuration settings = new Configuration();
            settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
            settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
            StreamExecutionEnvironment env =
                    StreamExecutionEnvironment.createLocalEnvironment(1, settings);
            env.fromSequence(0, Long.MAX_VALUE)
                    .flatMap(new Outbox())
                    .returns(TypeInformation.of(OutboundMessage.class))
                    .keyBy(OutboundMessage::address)
                    .sinkTo(
                            new OutboxSink(
                                    SlackClient.at(slack.endpoint() + "/api/", Messages::secret),
                                    () -> LEDGER,
                                    RejectedMessages::logged))
                    .uid("outbox");
            JobClient job = env.executeAsync("outbox");
            // Of one receiver all is sent in order: once this is there, the rest was read again.
            while (slack.seen("ops").stream().noneMatch(m -> m.text().startsWith("t/later"))) {
                LockSupport.parkNanos(10_000_000);
            }
            job.cancel().get();

            assertThat(DIED).isTrue();
            assertThat(slack.seen("ops"))
                    .filteredOn(message -> message.thread().isEmpty())
                    .extracting(SlackStub.Shown::text)
                    .containsExactly("t/i0 at 1", "t/i1 at 1", "t/i2 at 1", "t/later at 1");
            assertThat(slack.seen("ops"))
                    .extracting(message -> message.thread() + message.text())
                    .doesNotHaveDuplicates();
        }
    }
}
