// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.communication;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.communication.ChannelKind;
import io.incidentcommander.model.communication.Contact;
import io.incidentcommander.model.communication.IncidentBrief;
import io.incidentcommander.model.communication.Notice;
import io.incidentcommander.model.communication.OutboundMessage;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.IncidentState;
import io.incidentcommander.udfs.communication.plan.ChannelRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class PlanChannelFunctionTest {
    private static final long START = 1_700_000_000_000L;
    private static final long WEEK = 7L * 24 * 3_600_000;
    private static final int CHANNELS = 25;
    private static final int INCIDENTS = 40;
    private static final int UPDATES = 10;

    private static Notice notice(int channel, int incident, long sequence) {
        Contact contact = new Contact(ChannelKind.SLACK, "C" + channel, Optional.empty());
        return new Notice(
                contact,
                IncidentBrief.of("t", "i" + incident, sequence)
                        .severity(Severity.values()[1 + incident % 4])
                        .state(
                                sequence == UPDATES
                                        ? IncidentState.RESOLVED
                                        : IncidentState.DETECTED)
                        .impact("impact " + sequence)
                        .news("news " + sequence)
                        .build());
    }

    /** 10,000 notices within ten seconds, each receiver's late or repeated here and there. */
    private static List<Notice> storm() {
        List<Notice> storm = new ArrayList<>();
        for (long sequence = 1; sequence <= UPDATES; sequence++) {
            for (int incident = 0; incident < INCIDENTS; incident++) {
                for (int channel = 0; channel < CHANNELS; channel++) {
                    long late = sequence % 3 == 0 && sequence < UPDATES ? sequence - 2 : sequence;
                    storm.add(notice(channel, incident, late));
                }
            }
        }
        return storm;
    }

    @Test
    void aStormOfTenThousandKeepsEveryLimitAndEveryoneUpToDate() throws Exception {
        List<Notice> storm = storm();
        assertThat(storm).hasSize(10_000);
        Map<String, List<Long>> times = new HashMap<>();
        Map<String, Long> last = new HashMap<>();
        Set<String> ids = new HashSet<>();
        try (Harness harness = new Harness(Optional.empty())) {
            for (int i = 0; i < storm.size(); i++) {
                harness.time(START + i);
                harness.notice(storm.get(i));
            }
            harness.drain(START + storm.size());
            for (OutboundMessage message : harness.messages()) {
                assertThat(ids.add(message.id())).isTrue();
                times.computeIfAbsent(message.address(), a -> new ArrayList<>())
                        .add(message.plannedAtMillis());
                Long before =
                        last.put(
                                message.address() + " " + message.incident(),
                                message.sequences().get(message.incident()));
                assertThat(message.sequences().get(message.incident()))
                        .isGreaterThan(before == null ? -1 : before);
            }
            assertThat(last).hasSize(CHANNELS * INCIDENTS);
            assertThat(last.values()).allMatch(sequence -> sequence == UPDATES);
            times.values().forEach(PlanChannelFunctionTest::assertPace);

            harness.time(START + WEEK * 2);
            assertThat(harness.harness.numKeyedStateEntries()).isZero();
            assertThat(harness.harness.numProcessingTimeTimers()).isZero();
        }
    }

    /** Slack: one a second, five at once. */
    private static void assertPace(List<Long> times) {
        for (int i = 5; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - 5)).isGreaterThanOrEqualTo(1_000);
        }
        assertThat(times.get(times.size() - 1) - times.get(0))
                .isGreaterThanOrEqualTo((times.size() - 5L) * 1_000);
    }

    @Test
    void aRestoreInTheMiddleChangesNothing() throws Exception {
        List<Notice> storm = storm().subList(0, 2_000);
        List<String> whole = new ArrayList<>();
        try (Harness harness = new Harness(Optional.empty())) {
            feed(harness, storm, 0, 2_000);
            harness.drain(START + 2_000);
            harness.messages().forEach(m -> whole.add(m.plannedAtMillis() + " " + m));
        }
        List<String> halves = new ArrayList<>();
        OperatorSubtaskState state;
        try (Harness before = new Harness(Optional.empty())) {
            feed(before, storm, 0, 777);
            state = before.harness.snapshot(1, 1);
            before.messages().forEach(m -> halves.add(m.plannedAtMillis() + " " + m));
        }
        try (Harness after = new Harness(Optional.of(state))) {
            feed(after, storm, 777, 2_000);
            after.drain(START + 2_000);
            after.messages().forEach(m -> halves.add(m.plannedAtMillis() + " " + m));
        }
        assertThat(halves).containsExactlyInAnyOrderElementsOf(whole);
    }

    private static void feed(Harness harness, List<Notice> storm, int from, int to)
            throws Exception {
        for (int i = from; i < to; i++) {
            harness.time(START + i);
            harness.notice(storm.get(i));
        }
    }

    private static final class Harness implements AutoCloseable {
        private final KeyedOneInputStreamOperatorTestHarness<String, Notice, OutboundMessage>
                harness;

        Harness(Optional<OperatorSubtaskState> state) throws Exception {
            harness =
                    new KeyedOneInputStreamOperatorTestHarness<>(
                            new KeyedProcessOperator<>(
                                    new PlanChannelFunction(ChannelRules.defaults())),
                            notice -> notice.contact().channel(),
                            Types.STRING);
            harness.getExecutionConfig().disableGenericTypes();
            if (state.isPresent()) {
                harness.initializeState(state.get());
            }
            harness.open();
        }

        void time(long millis) throws Exception {
            harness.setProcessingTime(millis);
        }

        /** Second by second, past the five minutes in which nothing is told twice. */
        void drain(long from) throws Exception {
            for (long second = 1; second <= 420; second++) {
                time(from + second * 1_000);
            }
        }

        void notice(Notice notice) throws Exception {
            harness.processElement(notice, 0);
        }

        List<OutboundMessage> messages() {
            return harness.extractOutputValues();
        }

        @Override
        public void close() throws Exception {
            harness.close();
        }
    }
}
