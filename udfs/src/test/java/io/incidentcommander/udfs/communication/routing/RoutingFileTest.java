// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.communication.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.udfs.correlation.routing.Route;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Example;

class RoutingFileTest {
    private static final String FILE =
            "receivers:\n"
                    + "  all:\n"
                    + "    contacts: [{slack: C-ALL}]\n"
                    + "  first:\n"
                    + "    contacts: [{pagerduty: first}]\n"
                    + "    escalation: [{after: 5 min, to: lead}]\n"
                    + "  lead:\n"
                    + "    contacts: [{email: lead@example.org}]\n"
                    + "  forgotten:\n"
                    + "    contacts: [{slack: C-OLD}]\n"
                    + "routing:\n"
                    + "  receiver: all\n"
                    + "  routes:\n"
                    + "  - matchers: [severity=critical, owner=payments]\n"
                    + "    receiver: first\n";

    private static List<String> routes(RoutingFile file, String severity, String owner) {
        Map<String, String> labels = Map.of("severity", severity, "owner", owner);
        return file.routes(name -> labels.getOrDefault(name, "")).stream()
                .map(Route::receiver)
                .collect(Collectors.toList());
    }

    @Example
    void severityAndOwnerChoose() {
        Problems problems = new Problems("r.yaml");
        RoutingFile file = RoutingFile.read(FILE, problems);
        assertThat(problems.all()).isEmpty();
        assertThat(routes(file, "critical", "payments")).containsExactly("first");
        assertThat(routes(file, "critical", "search")).containsExactly("all");
        assertThat(routes(file, "low", "payments")).containsExactly("all");
        assertThat(file.unused()).containsExactly("forgotten");
    }

    @Example
    void allThatIsWrongIsToldWithItsLine() {
        Problems problems = new Problems("r.yaml");
        RoutingFile.read(
                FILE.replace("receiver: first", "receiver: frist")
                                .replace("after: 5 min", "after: soon")
                                .replace("slack: C-OLD", "fax: C-OLD")
                        + "colour: red\n",
                problems);
        assertThat(problems.all())
                .extracting(Problems.Problem::line)
                .containsExactly(6, 10, 10, 15, 16);
        assertThat(problems.all().get(3).toString())
                .isEqualTo(
                        "r.yaml, line 15: no receiver frist; there are [all, first, forgotten,"
                                + " lead]");
    }

    @Example
    void aFileThatIsNoYamlIsAProblemAndNoCrash() {
        Problems problems = new Problems("r.yaml");
        RoutingFile.read("receivers: [\n", problems);
        RoutingFile.read("routing: 7\n", problems);
        assertThat(problems.all()).isNotEmpty();
    }
}
