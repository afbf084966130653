// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.communication;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.connectors.communication.MemorySentLedger;
import io.incidentcommander.connectors.communication.OutboxSink;
import io.incidentcommander.connectors.communication.PagerDutyClient;
import io.incidentcommander.connectors.communication.RejectedMessages;
import io.incidentcommander.connectors.communication.SentLedger;
import io.incidentcommander.embedded.PagerDutyStub;
import io.incidentcommander.model.communication.ChannelKind;
import io.incidentcommander.model.communication.Contact;
import io.incidentcommander.model.communication.IncidentBrief;
import io.incidentcommander.model.communication.MessageAction;
import io.incidentcommander.model.communication.Notice;
import io.incidentcommander.model.communication.OutboundMessage;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.IncidentState;
import io.incidentcommander.operators.communication.PlanChannelFunction;
import io.incidentcommander.udfs.communication.plan.ChannelRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * 10,000 notices at once, a third of them overtaken by later ones, for 100 integrations of
 * PagerDuty: planned, sent over HTTP to a stub that enforces the documented limit, while the job
 * dies in the middle and reads again what it had read since its last checkpoint.
 */
class NotificationStormITCase {
    private static final int INTEGRATIONS = 100;
    private static final int INCIDENTS = 20;
    private static final int UPDATES = 5;
    private static final int NOTICES = INTEGRATIONS * INCIDENTS * UPDATES;
    private static final String LAST = "last of ";
    private static final int BURSTS_ARE_SPENT_AT = NOTICES * 6 / 10;

    /** PagerDuty's pace in the plan: two a second, ten at once. */
    private static final int BURST = 10;

    private static final long INTERVAL_MILLIS = 500;

    private static final SentLedger LEDGER = new MemorySentLedger();
    private static final AtomicBoolean DIED = new AtomicBoolean();
    private static final Map<String, ConcurrentLinkedQueue<OutboundMessage>> PLANNED =
            new ConcurrentHashMap<>();

    /**
     * Update by update, over all incidents; every third update is told late, after the next. The
     * job dies as soon as a checkpoint is complete in which all have spent their bursts, having
     * read on meanwhile: what is planned anew then is of that short time alone.
     */
    private static final class Storm
            implements FlatMapFunction<Long, Notice>, CheckpointedFunction, CheckpointListener {
        private static final long serialVersionUID = 1L;
        private static final long NOBODY = -1;

        private transient long last;
        private transient long checkpoint;
        private transient boolean dies;

        @Override
        public void initializeState(FunctionInitializationContext context) {
            checkpoint = NOBODY;
        }

        @Override
        public void snapshotState(FunctionSnapshotContext context) {
            if (last >= BURSTS_ARE_SPENT_AT && checkpoint == NOBODY) {
                checkpoint = context.getCheckpointId();
            }
        }

        @Override
        public void notifyCheckpointComplete(long id) {
            dies = checkpoint != NOBODY && id >= checkpoint;
        }

        @Override
        public void flatMap(Long number, Collector<Notice> out) {
            last = number;
            if (dies && !DIED.getAndSet(true)) {
                throw new IllegalStateException("The job dies in the middle of the storm");
            }
            if (number >= NOTICES + INTEGRATIONS || isWaitingToDie(number)) {
                // A plan is by processing time: the end of the input would be the end of it.
                LockSupport.parkNanos(1_000_000);
            }
            if (number >= NOTICES + INTEGRATIONS) {
                return;
            }
            if (number >= NOTICES) {
                out.collect(last((int) (number - NOTICES)));
                return;
            }
            int nth = (int) (number / (INTEGRATIONS * INCIDENTS)) + 1;
            int place = (int) (number % (INTEGRATIONS * INCIDENTS));
            out.collect(notice(place % INTEGRATIONS, place, overtaken(nth, place)));
        }

        private static boolean isWaitingToDie(long number) {
            return number >= BURSTS_ARE_SPENT_AT && !DIED.get();
        }

        /** Whoever hears of it has heard all that came before. */
        private static Notice last(int integration) {
            return new Notice(
                    contact(integration),
                    IncidentBrief.of("t", LAST + integration, 1)
                            .severity(Severity.CRITICAL)
                            .build());
        }

        private static Contact contact(int integration) {
            return new Contact(ChannelKind.PAGERDUTY, "p" + integration, Optional.empty());
        }

        /** Of a third of the incidents the second comes after the third. */
        private static int overtaken(int nth, int incident) {
            boolean late = incident % 3 == 0 && (nth == 2 || nth == 3);
            return late ? 5 - nth : nth;
        }

        private static Notice notice(int integration, int incident, int sequence) {
            return new Notice(
                    contact(integration),
                    IncidentBrief.of("t", "i" + incident, sequence)
                            .severity(Severity.values()[1 + incident % 4])
                            .state(
                                    sequence == UPDATES
                                            ? IncidentState.RESOLVED
                                            : IncidentState.DETECTED)
                            .impact("impact " + sequence)
                            .build());
        }
    }

    private static final class Tap implements MapFunction<OutboundMessage, OutboundMessage> {
        private static final long serialVersionUID = 1L;

        @Override
        public OutboundMessage map(OutboundMessage message) {
            PLANNED.computeIfAbsent(message.address(), a -> new ConcurrentLinkedQueue<>())
                    .add(message);
            return message;
        }
    }

    @Test
    @Timeout(300)
    void everybodyIsUpToDateNobodyIsToldTwiceAndNobodyFasterThanTheLimit() throws Exception {
        try (PagerDutyStub pagerDuty = PagerDutyStub.start(0)) {
            JobClient job = deliver(pagerDuty.endpoint() + "/v2/enqueue");
            boolean ended =
                    pagerDuty.await(NotificationStormITCase::isOver, Duration.ofSeconds(240));
            job.cancel().get();

            assertThat(ended).as("All that was opened is resolved: %s", pagerDuty.seen()).isTrue();
            assertThat(DIED).isTrue();
            assertThat(pagerDuty.seen()).hasSizeGreaterThan(INTEGRATIONS * BURST);
            // A person sees one page an incident, and nothing old after the new.
            assertThat(pagerDuty.seen())
                    .allSatisfy(
                            (key, page) ->
                                    assertThat(String.join(" ", page.events()))
                                            .matches(
                                                    key.contains(LAST)
                                                            ? "trigger( trigger)?"
                                                            : "trigger( trigger)? resolve"));
            // When the job died, one call at most was in the air for each integration.
            assertThat(pagerDuty.seen().values())
                    .filteredOn(page -> page.events().indexOf("resolve") > 1)
                    .hasSizeLessThanOrEqualTo(INTEGRATIONS);
            assertThat(PLANNED).hasSize(INTEGRATIONS);
            PLANNED.values().forEach(NotificationStormITCase::assertPace);
        }
    }

    /** Of an incident that ended before anybody was called for it nothing is to be seen. */
    private static boolean isOver(Map<String, PagerDutyStub.Page> pages) {
        return pages.keySet().stream().filter(key -> key.contains(LAST)).count() == INTEGRATIONS
                && pages.entrySet().stream()
                        .filter(page -> !page.getKey().contains(LAST))
                        .allMatch(page -> page.getValue().status().equals("resolved"));
    }

    /** Of what one life of the job planned; what it forgot when it died it plans again. */
    private static void assertPace(ConcurrentLinkedQueue<OutboundMessage> planned) {
        List<Long> times = new ArrayList<>();
        planned.stream()
                .filter(message -> message.action() == MessageAction.RESOLVE)
                .forEach(message -> times.add(message.plannedAtMillis()));
        for (int i = BURST; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - BURST)).isGreaterThanOrEqualTo(INTERVAL_MILLIS);
        }
    }

    private static JobClient deliver(String api) throws Exception {
        Configuration settings = new Configuration();
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 1);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.createLocalEnvironment(2, settings);
        env.getConfig().disableGenericTypes();
        env.enableCheckpointing(200);
        env.fromSequence(0, Long.MAX_VALUE)
                .setParallelism(1)
                .flatMap(new Storm())
                .returns(TypeInformation.of(Notice.class))
                .setParallelism(1)
                .keyBy(notice -> notice.contact().channel(), Types.STRING)
                .process(new PlanChannelFunction(ChannelRules.defaults()))
                .returns(OutboundMessage.class)
                .map(new Tap())
                .returns(OutboundMessage.class)
                .keyBy(OutboundMessage::address, Types.STRING)
                .sinkTo(
                        new OutboxSink(
                                PagerDutyClient.at(api, NotificationStormITCase::routingKey),
                                () -> LEDGER,
                                RejectedMessages::logged))
                .uid("outbox");
        return env.executeAsync("notifications");
    }

    private static Optional<String> routingKey(String name) {
        String key = name.substring(PagerDutyClient.ROUTING_KEY_PREFIX.length());
        return Optional.of("0".repeat(32 - key.length()) + key);
    }
}
