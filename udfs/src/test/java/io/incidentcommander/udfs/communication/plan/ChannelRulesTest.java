// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.communication.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.incidentcommander.model.communication.ChannelKind;
import io.incidentcommander.model.communication.Contact;
import io.incidentcommander.model.communication.IncidentBrief;
import io.incidentcommander.model.communication.Notice;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.IncidentState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChannelRulesTest {
    @Test
    void thePlannerKeepsTheWaitsAndThePaceThatItIsGiven() {
        ChannelRules rules =
                ChannelRules.defaults()
                        .waiting(ChannelKind.WEBHOOK, 0, 4_000)
                        .paced(ChannelKind.WEBHOOK, Pace.of(1, 1));
        Run run = new Run(ChannelKind.WEBHOOK, rules);
        run.say("i", 1, IncidentState.DETECTED);
        run.say("j", 1, IncidentState.DETECTED);
        assertThat(run.leavesUntil(5_000)).containsExactly(0L, 1_000L);
        run.say("i", 2, IncidentState.DIAGNOSING);
        assertThat(run.leavesUntil(20_000)).containsExactly(9_000L);
    }

    @Test
    void theSameIsToldAgainAfterTheTimeThatIsGiven() {
        Run run = new Run(ChannelKind.SLACK, ChannelRules.defaults().deduplicating(7_000));
        run.say("i", 1, IncidentState.DETECTED);
        assertThat(run.leavesUntil(0)).containsExactly(0L);
        run.say("i", 2, IncidentState.DETECTED);
        assertThat(run.leavesUntil(20_000)).containsExactly(7_000L);
    }

    @Test
    void nobodyWaitsForCompanyUntilTenSecondsAreOver() {
        ChannelRules rules = ChannelRules.defaults();
        assertThat(rules.waiting(ChannelKind.EMAIL, 9_000, 9_000).of(ChannelKind.SLACK))
                .isSameAs(rules.of(ChannelKind.SLACK));
        assertThatThrownBy(() -> rules.waiting(ChannelKind.EMAIL, 0, 9_001))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** One channel, asked each second. */
    private static final class Run {
        private final MapPlanBook book = new MapPlanBook();
        private final ChannelPlanner planner;
        private final Contact contact;
        private long now;

        Run(ChannelKind kind, ChannelRules rules) {
            planner = new ChannelPlanner(rules);
            contact = new Contact(kind, "ops", Optional.empty());
        }

        void say(String incident, long sequence, IncidentState state) {
            IncidentBrief brief =
                    IncidentBrief.of("t", incident, sequence)
                            .severity(Severity.HIGH)
                            .state(state)
                            .broken("number " + sequence)
                            .build();
            planner.accept(book, new Notice(contact, brief), now);
        }

        List<Long> leavesUntil(long end) {
            List<Long> times = new ArrayList<>();
            for (; now <= end; now += 1_000) {
                for (int i = planner.dispatch(book, now).departures().size(); i > 0; i--) {
                    times.add(now);
                }
            }
            now = end;
            return times;
        }
    }
}
