// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.communication;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.communication.IncidentBrief;
import io.incidentcommander.model.communication.IncidentNews;
import io.incidentcommander.model.communication.NewsSource;
import io.incidentcommander.model.communication.Notice;
import io.incidentcommander.model.correlation.ControlKind;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.operators.correlation.control.ControlState;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class RouteNoticesUnderControlFunctionTest {
    private static final long T = 1_700_000_000_000L;
    private static final long MINUTE = 60_000;
    private static final long DAY = 86_400_000;
    private static final String ROUTING =
            String.join(
                    "\n",
                    "receivers:",
                    "  everyone: {contacts: [{slack: C-ALL}]}",
                    "  payments:",
                    "    contacts: [{slack: C-PAY}]",
                    "    escalation: [{after: 5 min, to: lead}]",
                    "  lead: {contacts: [{pagerduty: lead}]}",
                    "  orders: {contacts: [{slack: C-ORDERS}]}",
                    "routing:",
                    "  receiver: everyone",
                    "  routes:",
                    "  - {matchers: [owner=payments], receiver: payments}");

    private static KeyedTwoInputStreamOperatorTestHarness<
                    String, IncidentNews, ControlUpdate, Notice>
            harness(Optional<OperatorSubtaskState> state) throws Exception {
        KeyedTwoInputStreamOperatorTestHarness<String, IncidentNews, ControlUpdate, Notice>
                harness =
                        new KeyedTwoInputStreamOperatorTestHarness<>(
                                new KeyedCoProcessOperator<>(
                                        new RouteNoticesUnderControlFunction(
                                                new RoutingRules(ROUTING, ControlSettings.none()))),
                                IncidentNews::key,
                                null,
                                Types.STRING);
        harness.getExecutionConfig().disableGenericTypes();
        if (state.isPresent()) {
            harness.initializeState(state.get());
        }
        harness.open();
        harness.processWatermark2(Watermark.MAX_WATERMARK);
        return harness;
    }

    private static void update(
            KeyedTwoInputStreamOperatorTestHarness<String, IncidentNews, ControlUpdate, Notice> op,
            long sequence,
            long effective,
            String body)
            throws Exception {
        op.processElement2(
                new StreamRecord<>(
                        ControlUpdate.set(
                                ControlKind.DOCUMENT,
                                "acme",
                                "rules",
                                sequence,
                                effective,
                                "ann",
                                body)));
    }

    private static void event(
            KeyedTwoInputStreamOperatorTestHarness<String, IncidentNews, ControlUpdate, Notice> op,
            String incident,
            long sequence,
            long time)
            throws Exception {
        IncidentBrief brief =
                IncidentBrief.of("acme", incident, sequence).services(List.of("orders")).build();
        op.processElement1(
                new StreamRecord<>(new IncidentNews(NewsSource.INCIDENT, time, brief), time));
    }

    private static List<String> told(
            KeyedTwoInputStreamOperatorTestHarness<String, IncidentNews, ControlUpdate, Notice>
                    op) {
        return op.extractOutputValues().stream()
                .map(n -> n.contact() + " of " + n.brief().incidentId())
                .collect(Collectors.toList());
    }

    @Test
    void ownersAndRoutesHoldFromTheirTimeOnAndWhoWasToldHearsTheRest() throws Exception {
        try (var op = harness(Optional.empty())) {
            event(op, "before", 1, T);
            update(op, 1, T + MINUTE, "tenant: acme\nservices: {orders: {owner: payments}}");
            event(op, "early", 1, T + MINUTE - 1);
            event(op, "owned", 1, T + MINUTE);
            event(op, "before", 2, T + 2 * MINUTE);
            assertThat(told(op))
                    .containsExactly(
                            "slack:C-ALL of before",
                            "slack:C-ALL of early",
                            "slack:C-PAY of owned",
                            "slack:C-ALL of before",
                            "slack:C-PAY of before");
        }
    }

    @Test
    void aRouteOfTheControlStreamIsTakenBesideTheFileAndIsWithdrawn() throws Exception {
        try (var op = harness(Optional.empty())) {
            update(op, 1, T, "tenant: acme\nrouting: {receiver: orders}");
            event(op, "first", 1, T);
            update(op, 2, T + MINUTE, "tenant: acme");
            event(op, "second", 1, T + MINUTE);
            assertThat(told(op))
                    .containsExactly(
                            "slack:C-ALL of first",
                            "slack:C-ORDERS of first",
                            "slack:C-ALL of second");
        }
    }

    @Test
    void whatWasSetSurvivesARestoreAndEscalationGoesOn() throws Exception {
        OperatorSubtaskState state;
        try (var before = harness(Optional.empty())) {
            update(before, 1, T, "tenant: acme\nservices: {orders: {owner: payments}}");
            event(before, "one", 1, T);
            state = before.snapshot(1, 1);
        }
        try (var after = harness(Optional.of(state))) {
            event(after, "two", 1, T + MINUTE);
            after.processWatermark1(new Watermark(T + 5 * MINUTE));
            assertThat(told(after)).containsExactly("slack:C-PAY of two", "pagerduty:lead of one");
        }
    }

    @Test
    void silencesAreNotKeptHereAndAWithdrawnDocumentIsForgottenADayLater() throws Exception {
        try (var op = harness(Optional.empty())) {
            op.processElement2(
                    new StreamRecord<>(
                            ControlUpdate.set(
                                    ControlKind.SILENCE,
                                    "acme",
                                    "s",
                                    1,
                                    T,
                                    "ann",
                                    "{id: s, matchers: [a=b], ends_at: 2099-01-01T00:00:00Z,"
                                            + " owner: ann, reason: drill}")));
            assertThat(kept(op)).isZero();
            update(op, 1, T, "tenant: acme\nservices: {orders: {owner: payments}}");
            update(op, 2, T + MINUTE, "tenant: acme");
            op.processWatermark1(new Watermark(T + 2 * MINUTE));
            event(op, "one", 1, T + 2 * MINUTE);
            assertThat(kept(op)).isEqualTo(2);
            op.processWatermark1(new Watermark(T + 2 * DAY));
            event(op, "two", 1, T + 2 * DAY);
            assertThat(kept(op)).isEqualTo(1);
            op.processWatermark1(new Watermark(T + 2 * DAY + NoticeDesk.KEEP_MILLIS + DAY));
            assertThat(op.numKeyedStateEntries()).isZero();
            assertThat(op.numEventTimeTimers()).isZero();
        }
    }

    private static int kept(
            KeyedTwoInputStreamOperatorTestHarness<String, IncidentNews, ControlUpdate, Notice> op)
            throws Exception {
        int entries = 0;
        for (var entry :
                op.getOperator()
                        .getOperatorStateBackend()
                        .getBroadcastState(ControlState.DESCRIPTOR)
                        .immutableEntries()) {
            assertThat(entry.getValue().kind()).isEqualTo(ControlKind.DOCUMENT);
            entries++;
        }
        return entries;
    }
}
