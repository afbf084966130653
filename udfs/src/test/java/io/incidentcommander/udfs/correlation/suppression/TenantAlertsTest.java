// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.suppression;

import static io.incidentcommander.udfs.correlation.ControlAlerts.fires;
import static io.incidentcommander.udfs.correlation.ControlAlerts.resolves;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.correlation.ControlKind;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.udfs.correlation.control.ControlBook;
import io.incidentcommander.udfs.correlation.control.ControlFile;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TenantAlertsTest {
    private static final String INHIBIT =
            "inhibition:\n"
                    + "- source_matchers: [severity=critical]\n"
                    + "  target_matchers: [severity=~\"warning|info\"]\n"
                    + "  equal: [cluster]\n";

    private final Recorded seen = new Recorded();
    private final SuppressionPolicy policy = new SuppressionPolicy(100, 1_000_000, 60_000);
    private final TenantAlerts alerts = new TenantAlerts("acme", policy, seen);

    private static ControlBook book(String... yaml) {
        List<Problems.Problem> problems = new ArrayList<>();
        List<ControlFile> files = new ArrayList<>();
        for (String text : yaml) {
            files.add(new ControlFile("f" + files.size() + ".yaml", text));
        }
        ControlBook book = ControlBook.of(files, 1_000, problems);
        assertThat(problems).isEmpty();
        return book;
    }

    private static String silence(String id, String matchers, String from, String until) {
        return "silences:\n- id: "
                + id
                + "\n  matchers: ['"
                + matchers
                + "']\n  starts_at: "
                + from
                + "\n  ends_at: "
                + until
                + "\n  owner: ann\n  reason: disk swap\n";
    }

    private void take(ControlBook book, NotableAlert... second) {
        alerts.take(List.of(second), book);
    }

    @Test
    void aFiringSourceInhibitsTargetsOfEqualLabels() {
        ControlBook book = book(INHIBIT);
        take(book, fires(1_000, "alertname", "Down", "severity", "critical", "cluster", "a"));
        take(book, fires(2_000, "alertname", "Slow", "severity", "warning", "cluster", "a"));
        take(book, fires(2_000, "alertname", "Far", "severity", "warning", "cluster", "b"));
        assertThat(seen.log).containsExactly("pass Down", "inhibited Slow", "pass Far");
        assertThat(seen.reasons.get(0))
                .contains("inhibited by Down on unknown")
                .contains("firing since 1970-01-01T00:00:01Z")
                .contains("severity=\"critical\"");
    }

    @Test
    void missingLabelsAreEqualToEmptyOnes() {
        ControlBook book = book(INHIBIT);
        take(book, fires(1_000, "alertname", "Down", "severity", "critical", "cluster", ""));
        take(book, fires(2_000, "alertname", "Slow", "severity", "warning"));
        assertThat(seen.log).containsExactly("pass Down", "inhibited Slow");
    }

    @Test
    void aSourceThatIsResolvedInhibitsNoLonger() {
        ControlBook book = book(INHIBIT);
        take(book, fires(1_000, "alertname", "Down", "severity", "critical"));
        take(book, resolves(2_000, "alertname", "Down", "severity", "critical"));
        take(book, fires(3_000, "alertname", "Slow", "severity", "warning"));
        assertThat(seen.log).containsExactly("pass Down", "pass Down", "pass Slow");
    }

    @Test
    void anAlertThatMatchesBothSidesIsNotInhibitedByAnotherSuchButByASource() {
        String both =
                "inhibition:\n"
                        + "- source_matchers: [severity=~\"critical|warning\"]\n"
                        + "  target_matchers: [severity=~\"warning|info\"]\n";
        ControlBook book = book(both);
        take(book, fires(1_000, "alertname", "Both1", "severity", "warning"));
        take(book, fires(2_000, "alertname", "Both2", "severity", "warning"));
        take(book, fires(3_000, "alertname", "Info", "severity", "info"));
        take(book, fires(4_000, "alertname", "Source", "severity", "critical"));
        take(book, fires(5_000, "alertname", "Both3", "severity", "warning"));
        assertThat(seen.log)
                .containsExactly(
                        "pass Both1",
                        "pass Both2",
                        "inhibited Info",
                        "pass Source",
                        "inhibited Both3");
    }

    @Test
    void aCauseInTheSameSecondInhibitsItsSymptomsEvenIfTheyWereFaster() {
        take(
                book(INHIBIT),
                fires(1_100, "alertname", "Slow", "severity", "warning"),
                fires(1_900, "alertname", "Down", "severity", "critical"));
        assertThat(seen.log).containsExactly("inhibited Slow", "pass Down");
    }

    @Test
    void aSourceThatWasResolvedWithinTheSecondDoesNot() {
        take(
                book(INHIBIT),
                fires(1_100, "alertname", "Down", "severity", "critical"),
                resolves(1_200, "alertname", "Down", "severity", "critical"),
                fires(1_300, "alertname", "Slow", "severity", "warning"));
        assertThat(seen.log).containsExactly("pass Down", "pass Down", "pass Slow");
        take(book(INHIBIT), fires(2_000, "alertname", "Later", "severity", "warning"));
        assertThat(seen.log).endsWith("pass Later");
    }

    @Test
    void silencedAndInhibitedSourcesInhibitAllTheSame() {
        ControlBook book =
                book(
                        INHIBIT,
                        silence(
                                "s1",
                                "alertname=Down",
                                "1970-01-01T00:00:00Z",
                                "1970-01-01T00:10:00Z"));
        take(book, fires(1_000, "alertname", "Down", "severity", "critical"));
        take(book, fires(2_000, "alertname", "Slow", "severity", "warning"));
        assertThat(seen.log).containsExactly("silenced Down", "inhibited Slow");
        assertThat(seen.reasons.get(0))
                .isEqualTo("silence s1 of ann until 1970-01-01T00:10:00Z: disk swap");
    }

    @Test
    void whatStillFiresWhenTheSilenceEndsIsToldThen() {
        ControlBook book =
                book(
                        silence(
                                "s1",
                                "alertname=~\"Down|Gone\"",
                                "1970-01-01T00:00:00Z",
                                "1970-01-01T00:02:00Z"));
        take(book, fires(1_000, "alertname", "Down"), fires(1_500, "alertname", "Gone"));
        take(book, resolves(3_000, "alertname", "Gone"));
        alerts.recheck(60_000, book);
        assertThat(seen.log).containsExactly("silenced Down", "silenced Gone", "silenced Gone");
        assertThat(seen.reasons.get(2))
                .startsWith("resolved before it was told of; it was silence s1");
        alerts.recheck(120_000, book);
        assertThat(seen.log).endsWith("release Down at 120000");
        take(book, resolves(130_000, "alertname", "Down"));
        assertThat(seen.log).endsWith("pass Down");
        assertThat(alerts.isEmpty()).isTrue();
        assertThat(seen.state).isEmpty();
        assertThat(seen.held).isEqualTo(seen.settled + seen.released);
    }

    @Test
    void theResolutionOfWhatWasToldGoesOnThoughItIsSilencedByNow() {
        ControlBook book =
                book(
                        silence(
                                "s1",
                                "alertname=Down",
                                "1970-01-01T00:00:02Z",
                                "1970-01-01T00:02:00Z"));
        take(book, fires(1_000, "alertname", "Down"));
        take(book, resolves(3_000, "alertname", "Down"));
        assertThat(seen.log).containsExactly("pass Down", "pass Down");
    }

    @Test
    void targetsAreToldOnceTheirSourceIsResolvedOrForgotten() {
        ControlBook book = book(INHIBIT);
        take(book, fires(1_000, "alertname", "Down", "severity", "critical"));
        take(book, fires(500_000, "alertname", "Slow", "severity", "warning"));
        alerts.recheck(960_000, book);
        assertThat(seen.log).containsExactly("pass Down", "inhibited Slow");
        alerts.recheck(1_020_000, book);
        assertThat(seen.log).endsWith("release Slow at 1020000");
    }

    @Test
    void theOldestMakeRoomForTheNewest() {
        TenantAlerts few =
                new TenantAlerts("acme", new SuppressionPolicy(2, 1_000_000, 60_000), seen);
        ControlBook book =
                book(
                        silence(
                                "s1",
                                "alertname=~.+",
                                "1970-01-01T00:00:00Z",
                                "1970-01-01T00:02:00Z"));
        for (int i = 1; i <= 5; i++) {
            few.take(List.of(fires(i * 1_000L, "alertname", "A" + i)), book);
        }
        assertThat(seen.state).hasSize(2);
        assertThat(seen.settled).isEqualTo(3);
        few.recheck(120_000, book);
        assertThat(seen.log).endsWith("release A4 at 120000", "release A5 at 120000");
    }

    @Test
    void rulesChangeWithinASecondAtTheirTime() {
        ControlBook book = book();
        book.accept(
                ControlUpdate.set(ControlKind.DOCUMENT, "acme", "rules", 1, 1_500, "ann", INHIBIT));
        take(
                book,
                fires(1_000, "alertname", "Down", "severity", "critical"),
                fires(1_499, "alertname", "Before", "severity", "warning"),
                fires(1_500, "alertname", "After", "severity", "warning"));
        assertThat(seen.log).containsExactly("pass Down", "pass Before", "inhibited After");
    }

    @Test
    void mutedRoutesMaintenanceAndSilencesEachHaveTheirReason() {
        ControlBook book =
                book(
                        "time_intervals:\n"
                                + "- name: night\n"
                                + "  time_intervals:\n"
                                + "  - times: [{start_time: '00:00', end_time: '06:00'}]\n"
                                + "routing:\n"
                                + "  receiver: ops\n"
                                + "  routes:\n"
                                + "  - matchers: [team=web]\n"
                                + "    receiver: web\n"
                                + "    continue: true\n"
                                + "    mute_time_intervals: [night]\n"
                                + "  - matchers: [page=yes]\n"
                                + "    receiver: pager\n"
                                + "maintenance:\n"
                                + "- id: m1\n"
                                + "  services: [orders]\n"
                                + "  owner: bob\n"
                                + "  reason: upgrade\n"
                                + "  time_interval: night\n");
        take(book, fires(1_000, "alertname", "Muted", "team", "web"));
        take(book, fires(2_000, "alertname", "Heard", "team", "web", "page", "yes"));
        take(book, fires(3_000, "alertname", "Work", "service", "orders"));
        take(book, fires(3_000, "alertname", "Other", "service", "orders-db"));
        assertThat(seen.log)
                .containsExactly("silenced Muted", "pass Heard", "silenced Work", "pass Other");
        assertThat(seen.reasons)
                .containsExactly(
                        "route.routes[0] to web is muted at night",
                        "maintenance window m1 of bob at night: upgrade");
    }

    @Test
    void aRestoredTenantDecidesAsIfNothingHadHappened() {
        ControlBook book = book(INHIBIT);
        take(book, fires(1_000, "alertname", "Down", "severity", "critical"));
        take(book, fires(2_000, "alertname", "Slow", "severity", "warning"));
        Recorded after = new Recorded();
        TenantAlerts restored = new TenantAlerts("acme", policy, after);
        seen.state.values().forEach(restored::restore);
        restored.take(List.of(fires(3_000, "alertname", "Info", "severity", "info")), book);
        restored.take(List.of(resolves(4_000, "alertname", "Down", "severity", "critical")), book);
        restored.recheck(60_000, book);
        assertThat(after.log)
                .containsExactly(
                        "inhibited Info",
                        "pass Down",
                        "release Slow at 60000",
                        "release Info at 60000");
    }
}
