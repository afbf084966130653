// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.ChainReport;
import io.incidentcommander.model.audit.ChainReport.Outcome;
import io.incidentcommander.model.audit.ChainWatch;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.udfs.audit.ChainAlarm;
import io.incidentcommander.udfs.audit.ChainPatrol;
import io.incidentcommander.udfs.audit.IncidentEventChain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ChainPatrolTest {
    private static final long T0 = 1_700_000_000_000L;
    private static final long FIRST = 300_000;
    private static final long DAY = 86_400_000L;

    @Test
    void aChainIsLookedAtLessAndLessUntilAMonthIsOver() throws Exception {
        OperatorSubtaskState saved;
        try (KeyedOneInputStreamOperatorTestHarness<String, IncidentEvent, ChainWatch> watch =
                watch()) {
            watch.open();
            watch.processElement(event("acme", ChainHead.genesis(), 0), T0);
            watch.processWatermark(new Watermark(T0 + FIRST - 1));
            assertThat(watch.extractOutputValues()).isEmpty();
            watch.processWatermark(new Watermark(T0 + FIRST));
            assertThat(watch.extractOutputValues()).hasSize(1);
            saved = watch.snapshot(1, 1);
        }
        try (KeyedOneInputStreamOperatorTestHarness<String, IncidentEvent, ChainWatch> watch =
                watch()) {
            watch.initializeState(saved);
            watch.open();
            watch.processWatermark(new Watermark(T0 + 40 * DAY));
            assertThat(
                            watch.extractOutputValues().stream()
                                    .map(look -> (look.lookedAtMillis() - T0) / FIRST)
                                    .collect(Collectors.toList()))
                    .containsExactly(
                            2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L, 1024L, 2048L, 4096L,
                            8192L);
            assertThat(watch.numKeyedStateEntries()).isZero();
            assertThat(watch.numEventTimeTimers()).isZero();
        }
    }

    @Test
    void anotherEventBeginsTheWatchAnewAndTheEndOfInputIsNoTimeThatPasses() throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<String, IncidentEvent, ChainWatch> watch =
                watch()) {
            watch.open();
            IncidentEvent first = event("acme", ChainHead.genesis(), 0);
            IncidentEvent second = event("acme", first.head(), 200_000);
            watch.processElement(first, T0);
            watch.processElement(second, T0 + 200_000);
            watch.processElement(event(ChainAlarm.TENANT, ChainHead.genesis(), 0), T0);
            watch.processWatermark(new Watermark(T0 + 499_999));
            assertThat(watch.extractOutputValues()).isEmpty();
            watch.processWatermark(new Watermark(T0 + 500_000));
            assertThat(watch.extractOutputValues())
                    .extracting(ChainWatch::head)
                    .containsExactly(second.head());
            watch.processWatermark(Watermark.MAX_WATERMARK);
            assertThat(watch.extractOutputValues()).hasSize(1);
        }
    }

    @Test
    void aBrokenChainIsAnIncidentOfItsOwnOnceAndOverWhenTheChainIsWhole() throws Exception {
        OperatorSubtaskState saved;
        List<IncidentEvent> told = new ArrayList<>();
        try (KeyedOneInputStreamOperatorTestHarness<String, ChainReport, IncidentEvent> raise =
                raise()) {
            raise.open();
            say(raise, 1, Outcome.WHOLE);
            say(raise, 2, Outcome.UNREACHABLE, "no answer");
            assertThat(raise.extractOutputValues()).isEmpty();
            say(raise, 3, Outcome.BROKEN, "GAP at 4: 1 missing", "WRONG_HEAD");
            say(raise, 4, Outcome.BROKEN, "GAP at 4: 1 missing", "WRONG_HEAD");
            say(raise, 5, Outcome.UNREACHABLE, "no answer");
            told.addAll(raise.extractOutputValues());
            saved = raise.snapshot(1, 1);
        }
        assertThat(told).hasSize(1);
        Incident opened = told.get(0).incident();
        assertThat(opened.tenant()).isEqualTo("incident-commander");
        assertThat(opened.services()).containsExactly("event-store");
        assertThat(opened.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(opened.title()).contains("incident i of acme").contains("broken");
        assertThat(told.get(0).cause())
                .startsWith("GAP at 4: 1 missing and 1 more")
                .contains("events verify i");
        try (KeyedOneInputStreamOperatorTestHarness<String, ChainReport, IncidentEvent> raise =
                raise()) {
            raise.initializeState(saved);
            raise.open();
            say(raise, 6, Outcome.BROKEN, "GAP at 4: 1 missing", "WRONG_HEAD");
            say(raise, 7, Outcome.BROKEN, "CHANGED_CONTENT at 2");
            say(raise, 8, Outcome.MENDED, "CHANGED_CONTENT at 2");
            say(raise, 9, Outcome.WHOLE);
            told.addAll(raise.extractOutputValues());
            assertThat(raise.numKeyedStateEntries()).isZero();
            assertThat(raise.numEventTimeTimers()).isZero();
        }
        assertThat(told)
                .extracting(IncidentEvent::kind)
                .containsExactly(
                        IncidentEventKind.OPENED,
                        IncidentEventKind.UPDATED,
                        IncidentEventKind.CLOSED);
        assertThat(IncidentEventChain.verify(told, told.get(2).head())).isEmpty();
        assertThat(told.get(2).incident().isClosed()).isTrue();
    }

    @Test
    void whatNobodyLooksAtAnyMoreIsForgotten() throws Exception {
        try (KeyedOneInputStreamOperatorTestHarness<String, ChainReport, IncidentEvent> raise =
                raise()) {
            raise.open();
            say(raise, 1, Outcome.BROKEN, "GAP at 4");
            assertThat(raise.numKeyedStateEntries()).isEqualTo(1);
            raise.processWatermark(new Watermark(T0 + 31 * DAY));
            assertThat(raise.numKeyedStateEntries()).isZero();
        }
    }

    private static void say(
            KeyedOneInputStreamOperatorTestHarness<String, ChainReport, IncidentEvent> raise,
            long second,
            Outcome outcome,
            String... findings)
            throws Exception {
        ChainWatch watch =
                new ChainWatch("acme", "i", ChainHead.genesis(), T0, 1, T0 + second * 1_000);
        raise.processElement(
                new ChainReport(watch, outcome, Arrays.asList(findings)), T0 + second * 1_000);
    }

    private static IncidentEvent event(String tenant, ChainHead head, long after) {
        return IncidentEventChain.next(
                head,
                head.sequence() == 0 ? IncidentEventKind.OPENED : IncidentEventKind.UPDATED,
                Incident.builder()
                        .incidentId("i")
                        .tenant(tenant)
                        .severity(Severity.HIGH)
                        .openedAtMillis(T0)
                        .updatedAtMillis(T0 + after)
                        .build(),
                T0 + after,
                "lifecycle",
                "x",
                List.of());
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, IncidentEvent, ChainWatch> watch()
            throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new WatchChainFunction(new ChainPatrol(FIRST))),
                IncidentEvent::incidentId,
                Types.STRING);
    }

    private static KeyedOneInputStreamOperatorTestHarness<String, ChainReport, IncidentEvent>
            raise() throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(new RaiseAlarmFunction()),
                report -> report.watch().incidentId(),
                Types.STRING);
    }
}
