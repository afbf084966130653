// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.udfs.correlation.control.ControlDocument;
import io.incidentcommander.udfs.correlation.control.ControlDocumentReader;
import io.incidentcommander.udfs.correlation.routing.Route;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertmanagerImportTest {
    private static final String FILE =
            "global:\n"
                    + "  smtp_smarthost: localhost:25\n"
                    + "templates: ['/etc/alertmanager/template/*.tmpl']\n"
                    + "route:\n"
                    + "  group_by: [alertname, cluster]\n"
                    + "  group_wait: 30s\n"
                    + "  receiver: team-X-mails\n"
                    + "  routes:\n"
                    + "  - match_re: {service: '^(foo1|foo2|baz)$'}\n"
                    + "    receiver: team-X-mails\n"
                    + "    routes:\n"
                    + "    - match: {severity: critical}\n"
                    + "      receiver: pager\n"
                    + "      mute_time_intervals: [offhours]\n"
                    + "  - matchers: ['service=\"files\"', team!~\"a|b\"]\n"
                    + "    continue: true\n"
                    + "    active_time_intervals: [offhours]\n"
                    + "inhibit_rules:\n"
                    + "- source_match: {severity: critical}\n"
                    + "  target_match: {severity: warning}\n"
                    + "  equal: [alertname, cluster]\n"
                    + "- source_matchers: [a=b]\n"
                    + "  target_match_re: {c: 'd.*'}\n"
                    + "mute_time_intervals:\n"
                    + "- name: offhours\n"
                    + "  time_intervals:\n"
                    + "  - times: [{start_time: '18:00', end_time: '24:00'}]\n"
                    + "    weekdays: ['monday:friday']\n"
                    + "receivers:\n"
                    + "- name: team-X-mails\n"
                    + "  email_configs: [{to: a@example.org}]\n"
                    + "- name: pager\n";

    private final AlertmanagerImport imported = AlertmanagerImport.read(FILE, "alertmanager.yml");

    private ControlDocument document() {
        Problems problems = new Problems("document");
        ControlDocument document =
                ControlDocumentReader.read(imported.document().orElseThrow(), problems)
                        .orElseThrow();
        assertThat(problems.all()).isEmpty();
        return document;
    }

    @Test
    void routesInhibitionAndTimeIntervalsAreCarriedOver() {
        Route root = document().route().orElseThrow();
        assertThat(receivers(root, Map.of())).containsExactly("team-X-mails");
        assertThat(receivers(root, Map.of("service", "foo2", "severity", "critical")))
                .containsExactly("pager");
        List<Route> files = root.match(name -> name.equals("service") ? "files" : "");
        assertThat(files.get(0).groupBy()).containsExactly("alertname", "cluster");
        assertThat(files.get(0).mutedAt(0)).as("midnight is not off hours").isPresent();
        assertThat(document().inhibition())
                .extracting(Object::toString)
                .containsExactly(
                        "{severity=\"critical\"} inhibits {severity=\"warning\"} of equal"
                                + " [alertname, cluster]",
                        "{a=\"b\"} inhibits {c=~\"d.*\"}");
    }

    @Test
    void whatHasNoCounterpartIsNamedWithItsLine() {
        assertThat(imported.notCarried())
                .extracting(p -> p.line() + " " + p.what().split("[ :]")[0])
                .containsExactly(
                        "2 global", "3 templates", "5 group_by", "6 group_wait", "31 receiver");
    }

    @Test
    void whatAlertmanagerRefusesIsAnError() {
        for (String wrong :
                List.of(
                        "receivers: []",
                        "route: {receiver: a, routes: [{matchers: ['a=~(']}]}",
                        "route: {receiver: a, routes: [{mute_time_intervals: [nope]}]}",
                        "route: {receiver: a, matchers: [a=b]}",
                        "route: [")) {
            AlertmanagerImport refused = AlertmanagerImport.read(wrong, "a.yml");
            assertThat(refused.document()).as(wrong).isEmpty();
            assertThat(refused.errors()).as(wrong).isNotEmpty();
        }
    }

    private static List<String> receivers(Route root, Map<String, String> labels) {
        return root.match(name -> labels.getOrDefault(name, "")).stream()
                .map(Route::receiver)
                .toList();
    }
}
