// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.communication;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.communication.ChannelKind;
import io.incidentcommander.model.communication.Contact;
import io.incidentcommander.model.communication.IncidentBrief;
import io.incidentcommander.model.communication.IncidentNews;
import io.incidentcommander.model.communication.NewsSource;
import io.incidentcommander.model.communication.Notice;
import io.incidentcommander.udfs.communication.routing.NoticeRouter;
import io.incidentcommander.udfs.communication.routing.Receiver;
import io.incidentcommander.udfs.communication.routing.ReceiverBook;
import io.incidentcommander.udfs.correlation.routing.Route;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class RouteNoticesFunctionTest {
    private static final long T = 1_700_000_000_000L;
    private static final long MINUTE = 60_000;

    private static NoticeRouter router() {
        Receiver first =
                new Receiver(
                        "first",
                        List.of(new Contact(ChannelKind.PAGERDUTY, "first", Optional.empty())),
                        List.of(new Receiver.Level(5 * MINUTE, "lead")));
        Receiver lead =
                new Receiver(
                        "lead",
                        List.of(new Contact(ChannelKind.EMAIL, "lead@x", Optional.empty())),
                        List.of());
        Route root = Route.builder().receiver("first").build();
        return new NoticeRouter(
                ReceiverBook.of(List.of(first, lead)), (labels, millis) -> root.match(labels));
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, IncidentNews, Notice> harness(
            Optional<OperatorSubtaskState> state) throws Exception {
        KeyedOneInputStreamOperatorTestHarness<String, IncidentNews, Notice> harness =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(
                                new RouteNoticesFunction(RouteNoticesFunctionTest::router)),
                        IncidentNews::key,
                        Types.STRING);
        harness.getExecutionConfig().disableGenericTypes();
        if (state.isPresent()) {
            harness.initializeState(state.get());
        }
        harness.open();
        return harness;
    }

    private static List<String> told(
            KeyedOneInputStreamOperatorTestHarness<String, IncidentNews, Notice> harness) {
        return harness.extractOutputValues().stream()
                .map(n -> n.contact() + "#" + n.brief().sequence())
                .collect(Collectors.toList());
    }

    private static IncidentNews event(long sequence, long time) {
        return new IncidentNews(
                NewsSource.INCIDENT, time, IncidentBrief.of("t", "i", sequence).build());
    }

    private static IncidentNews acknowledged(long time) {
        return new IncidentNews(
                NewsSource.HUMAN,
                time,
                IncidentBrief.of("t", "i", 1).acknowledgedBy("ann").build());
    }

    @Test
    void escalationSurvivesARestoreAndGoesByEventTimeAlone() throws Exception {
        OperatorSubtaskState state;
        try (var before = harness(Optional.empty())) {
            before.processElement(event(1, T), T);
            before.setProcessingTime(T + 60 * MINUTE);
            assertThat(told(before)).containsExactly("pagerduty:first#1");
            state = before.snapshot(1, 1);
        }
        try (var after = harness(Optional.of(state))) {
            after.processElement(event(1, T), T);
            after.processWatermark(T + 5 * MINUTE - 1);
            assertThat(told(after)).isEmpty();
            after.processWatermark(T + 5 * MINUTE);
            assertThat(told(after)).containsExactly("email:lead@x#1");
            after.processWatermark(T + NoticeDesk.KEEP_MILLIS + 60 * MINUTE);
            assertThat(after.numKeyedStateEntries()).isZero();
            assertThat(after.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void anAcknowledgementStopsIt() throws Exception {
        try (var harness = harness(Optional.empty())) {
            harness.processElement(event(1, T), T);
            harness.processElement(acknowledged(T + MINUTE), T);
            harness.processWatermark(T + 60 * MINUTE);
            assertThat(told(harness)).containsExactly("pagerduty:first#1", "pagerduty:first#2");
        }
    }

    @Test
    void aCommandForAnIncidentThatIsNotKnownYetWaitsForItAndEndsWithoutIt() throws Exception {
        try (var harness = harness(Optional.empty())) {
            harness.processWatermark(T);
            harness.processElement(acknowledged(T + 1_000_000 * MINUTE), T);
            assertThat(told(harness)).isEmpty();
            harness.processElement(event(1, T + 1), T);
            assertThat(told(harness)).containsExactly("pagerduty:first#2");
        }
        try (var harness = harness(Optional.empty())) {
            harness.processWatermark(T);
            harness.processElement(acknowledged(T + 1_000_000 * MINUTE), T);
            harness.processWatermark(T + NoticeDesk.KEEP_MILLIS + 60 * MINUTE);
            assertThat(harness.numKeyedStateEntries()).isZero();
            assertThat(harness.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void theEndOfTheInputBringsInNobody() throws Exception {
        try (var harness = harness(Optional.empty())) {
            harness.processElement(event(1, T), T);
            harness.processWatermark(Long.MAX_VALUE);
            assertThat(told(harness)).containsExactly("pagerduty:first#1");
            assertThat(harness.numKeyedStateEntries()).isZero();
        }
    }

    @Test
    void newsAreOneStoryInWhateverOrderTheyCome() throws Exception {
        try (var harness = harness(Optional.empty())) {
            harness.processElement(
                    new IncidentNews(
                            NewsSource.DIAGNOSIS,
                            T + 5,
                            IncidentBrief.of("t", "i", 1)
                                    .cause("disk full")
                                    .confidence(0.8)
                                    .build()),
                    T);
            harness.processElement(event(1, T), T);
            harness.processElement(event(1, T), T);
            harness.processElement(event(2, T + 9), T);
            List<Notice> notices = harness.extractOutputValues();
            assertThat(told(harness)).containsExactly("pagerduty:first#2", "pagerduty:first#3");
            assertThat(notices.get(1).brief().cause()).isEqualTo("disk full");
        }
    }
}
