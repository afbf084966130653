// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.communication.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.communication.IncidentBrief;
import io.incidentcommander.model.communication.ToldReceivers;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.IncidentState;
import io.incidentcommander.udfs.correlation.alertmanager.AlertmanagerImport;
import io.incidentcommander.udfs.correlation.control.ControlBook;
import io.incidentcommander.udfs.correlation.control.ControlFile;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class NoticeRouterTest {
    private static final long T = 1_700_000_000_000L;
    private static final long MINUTE = 60_000;

    private static final String ALERTMANAGER =
            "route:\n"
                    + "  receiver: everybody\n"
                    + "  routes:\n"
                    + "  - matchers: [severity=critical]\n"
                    + "    receiver: on-call\n"
                    + "    continue: true\n"
                    + "  - matchers: [service=orders]\n"
                    + "    receiver: orders\n"
                    + "receivers: [{name: everybody}, {name: on-call}, {name: orders}]\n";

    private static final String RECEIVERS =
            "receivers:\n"
                    + "  everybody:\n"
                    + "    contacts: [{slack: C-ALL}]\n"
                    + "  orders:\n"
                    + "    contacts: [{slack: C-ORDERS}, {email: ann@example.org, quiet: {zone:"
                    + " Europe/Berlin, from: '22:00', until: '07:00'}}]\n"
                    + "  on-call:\n"
                    + "    contacts: [{pagerduty: first}]\n"
                    + "    escalation: [{after: 5 min, to: second}]\n"
                    + "  second:\n"
                    + "    contacts: [{pagerduty: second}]\n"
                    + "    escalation: [{after: 10 min, to: boss}, {after: 1 min, to: on-call}]\n"
                    + "  boss:\n"
                    + "    contacts: [{email: boss@example.org}]\n";

    private final NoticeRouter router = router();

    private static NoticeRouter router() {
        String control = AlertmanagerImport.read(ALERTMANAGER, "alertmanager.yml").document().get();
        List<Problems.Problem> wrong = new ArrayList<>();
        ControlBook book = ControlBook.of(List.of(new ControlFile("c.yaml", control)), 10, wrong);
        Problems problems = new Problems("receivers.yaml");
        ReceiverBook receivers = ReceiverBookReader.read(RECEIVERS, problems);
        assertThat(wrong).isEmpty();
        assertThat(problems.all()).isEmpty();
        return new NoticeRouter(
                receivers, (labels, millis) -> book.rules("acme", millis).routes(labels));
    }

    private static IncidentBrief.Builder brief(long sequence) {
        return IncidentBrief.of("acme", "i", sequence).services(List.of("orders"));
    }

    private static List<String> contacts(NoticeRouter.Step step) {
        return step.notices().stream()
                .map(n -> n.contact().toString())
                .collect(Collectors.toList());
    }

    @Test
    void routesOfAnImportedFileChooseBySeverityAndService() {
        assertThat(contacts(router.heard(Optional.empty(), brief(1).build(), T).get()))
                .containsExactly("slack:C-ORDERS", "email:ann@example.org");
        assertThat(
                        contacts(
                                router.heard(
                                                Optional.empty(),
                                                brief(1).services(List.of("web")).build(),
                                                T)
                                        .get()))
                .containsExactly("slack:C-ALL");
        assertThat(
                        contacts(
                                router.heard(
                                                Optional.empty(),
                                                brief(1).severity(Severity.CRITICAL).build(),
                                                T)
                                        .get()))
                .containsExactlyInAnyOrder(
                        "pagerduty:first", "slack:C-ORDERS", "email:ann@example.org");
    }

    @Test
    void whoWasToldHearsTheRestAndNothingTwice() {
        NoticeRouter.Step critical =
                router.heard(Optional.empty(), brief(1).severity(Severity.CRITICAL).build(), T)
                        .get();
        NoticeRouter.Step milder =
                router.heard(Optional.of(critical.told()), brief(2).build(), T + 1).get();
        assertThat(contacts(milder)).contains("pagerduty:first", "slack:C-ORDERS");
        assertThat(router.heard(Optional.of(milder.told()), brief(2).build(), T + 2)).isEmpty();
        assertThat(router.heard(Optional.of(milder.told()), brief(1).build(), T + 2)).isEmpty();
    }

    @Test
    void levelsBringInOthersUntilSomebodyAnswers() {
        IncidentBrief critical = brief(1).severity(Severity.CRITICAL).build();
        NoticeRouter.Step step = router.heard(Optional.empty(), critical, T).get();
        assertThat(step.nextDue()).contains(T + 5 * MINUTE);

        NoticeRouter.Step early = router.due(step.told(), T + 5 * MINUTE - 1);
        assertThat(early.notices()).isEmpty();

        NoticeRouter.Step second = router.due(step.told(), T + 5 * MINUTE);
        assertThat(contacts(second)).containsExactly("pagerduty:second");
        assertThat(second.nextDue()).contains(T + 15 * MINUTE);

        NoticeRouter.Step boss = router.due(second.told(), T + 15 * MINUTE);
        assertThat(contacts(boss)).containsExactly("email:boss@example.org");
        assertThat(boss.nextDue()).isEmpty();
    }

    @Test
    void anAnswerOrTheEndStopsTheCalling() {
        ToldReceivers told =
                router.heard(Optional.empty(), brief(1).severity(Severity.CRITICAL).build(), T)
                        .get()
                        .told();
        IncidentBrief answered = brief(2).severity(Severity.CRITICAL).acknowledgedBy("ann").build();
        IncidentBrief ended =
                brief(2).severity(Severity.CRITICAL).state(IncidentState.RESOLVED).build();
        for (IncidentBrief brief : List.of(answered, ended)) {
            NoticeRouter.Step step = router.heard(Optional.of(told), brief, T + 1).get();
            assertThat(step.nextDue()).isEmpty();
            assertThat(router.due(step.told(), T + 60 * MINUTE).notices()).isEmpty();
        }
        ToldReceivers over = router.heard(Optional.of(told), ended, T + 1).get().told();
        IncidentBrief again = brief(3).severity(Severity.CRITICAL).build();
        assertThat(router.heard(Optional.of(over), again, T + 60 * MINUTE).get().nextDue())
                .contains(T + 65 * MINUTE);
    }

    @Test
    void whatIsWrongIsToldWithItsLine() {
        Problems problems = new Problems("r.yaml");
        ReceiverBookReader.read(
                "receivers:\n"
                        + "  a:\n"
                        + "    contacts: [{slack: C, email: x}, {fax: 1},\n"
                        + "      {email: y, quiet: {zone: Mars, from: '25:00', until: '07:00'}}]\n"
                        + "    escalation: [{after: soon, to: b}, {after: 5 min, to: b}]\n",
                problems);
        assertThat(problems.all().toString())
                .contains("line 3", "one of slack", "unknown key fax", "time zone", "time of day")
                .contains("no duration", "no receiver b");
    }
}
