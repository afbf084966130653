// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.communication;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.communication.ChannelKind;
import io.incidentcommander.model.communication.Contact;
import io.incidentcommander.model.communication.IncidentBrief;
import io.incidentcommander.model.communication.Notice;
import io.incidentcommander.model.communication.OutboundMessage;
import io.incidentcommander.model.communication.QuietHours;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.IncidentState;
import io.incidentcommander.udfs.communication.plan.ChannelRules;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** The planner's clock goes over a change of its receivers' clocks. */
class PlanOverClockChangeTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final QuietHours NIGHT = new QuietHours(BERLIN, 22 * 60, 7 * 60);
    private static final QuietHours SMALL_HOURS = new QuietHours(BERLIN, 60, 150);

    @Test
    void inSpringTheMorningComesAnHourSooner() throws Exception {
        try (Planner planner = new Planner(NIGHT, Optional.empty())) {
            planner.tell("2026-03-28T23:00:00+01:00", "quiet", Severity.HIGH);
            planner.tell("2026-03-28T23:00:01+01:00", "loud", Severity.CRITICAL);
            planner.clock("2026-03-29T06:59:59+02:00");
            assertThat(planner.told()).containsExactly("loud");
            planner.clock("2026-03-29T07:00:00+02:00");
            assertThat(planner.told()).containsExactly("loud", "quiet");
        }
    }

    @Test
    void inAutumnItComesAnHourLaterAfterARestoreInTheNightToo() throws Exception {
        OperatorSubtaskState night;
        try (Planner planner = new Planner(NIGHT, Optional.empty())) {
            planner.tell("2026-10-24T23:00:00+02:00", "quiet", Severity.HIGH);
            planner.clock("2026-10-25T02:59:00+02:00");
            night = planner.harness.snapshot(1, 1);
        }
        try (Planner planner = new Planner(NIGHT, Optional.of(night))) {
            planner.clock("2026-10-25T06:59:59+01:00");
            assertThat(planner.told()).isEmpty();
            planner.clock("2026-10-25T07:00:00+01:00");
            assertThat(planner.told()).containsExactly("quiet");
        }
    }

    @Test
    void hoursThatEndInTheGapEndWithIt() throws Exception {
        try (Planner planner = new Planner(SMALL_HOURS, Optional.empty())) {
            planner.tell("2026-03-29T01:30:00+01:00", "quiet", Severity.HIGH);
            planner.clock("2026-03-29T01:59:59+01:00");
            assertThat(planner.told()).isEmpty();
            planner.clock("2026-03-29T03:00:00+02:00");
            assertThat(planner.told()).containsExactly("quiet");
        }
    }

    @Test
    void hoursThatComeTwiceAreQuietTwice() throws Exception {
        try (Planner planner = new Planner(SMALL_HOURS, Optional.empty())) {
            planner.tell("2026-10-25T02:10:00+02:00", "first", Severity.HIGH);
            planner.clock("2026-10-25T02:29:59+02:00");
            assertThat(planner.told()).isEmpty();
            planner.clock("2026-10-25T02:30:00+02:00");
            assertThat(planner.told()).containsExactly("first");

            planner.tell("2026-10-25T02:40:00+02:00", "between", Severity.HIGH);
            planner.clock("2026-10-25T02:40:01+02:00");
            assertThat(planner.told()).containsExactly("first", "between");

            planner.tell("2026-10-25T02:10:00+01:00", "again", Severity.HIGH);
            planner.clock("2026-10-25T02:29:59+01:00");
            assertThat(planner.told()).containsExactly("first", "between");
            planner.clock("2026-10-25T02:30:00+01:00");
            assertThat(planner.told()).containsExactly("first", "between", "again");
        }
    }

    private static final class Planner implements AutoCloseable {
        private final KeyedOneInputStreamOperatorTestHarness<String, Notice, OutboundMessage>
                harness;
        private final Contact contact;

        Planner(QuietHours quiet, Optional<OperatorSubtaskState> state) throws Exception {
            contact = new Contact(ChannelKind.SLACK, "C1", Optional.of(quiet));
            harness =
                    new KeyedOneInputStreamOperatorTestHarness<>(
                            new KeyedProcessOperator<>(
                                    new PlanChannelFunction(ChannelRules.defaults())),
                            notice -> notice.contact().channel(),
                            Types.STRING);
            if (state.isPresent()) {
                harness.initializeState(state.get());
            }
            harness.open();
        }

        void tell(String time, String incident, Severity severity) throws Exception {
            clock(time);
            harness.processElement(
                    new Notice(
                            contact,
                            IncidentBrief.of("t", incident, 1)
                                    .severity(severity)
                                    .state(IncidentState.DETECTED)
                                    .build()),
                    0);
        }

        void clock(String time) throws Exception {
            harness.setProcessingTime(OffsetDateTime.parse(time).toInstant().toEpochMilli());
        }

        List<String> told() {
            return harness.extractOutputValues().stream()
                    .map(message -> message.incident())
                    .map(key -> key.substring(key.lastIndexOf('/') + 1))
                    .collect(Collectors.toList());
        }

        @Override
        public void close() throws Exception {
            harness.close();
        }
    }
}
