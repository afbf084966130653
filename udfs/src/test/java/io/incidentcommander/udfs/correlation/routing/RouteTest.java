// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.udfs.correlation.yaml.Problems;
import io.incidentcommander.udfs.correlation.yaml.YamlNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Alertmanager's documentation on routes: depth first, first child, continue, inheritance. */
class RouteTest {
    private static final String TREE =
            "receiver: root\n"
                    + "group_by: [alertname]\n"
                    + "routes:\n"
                    + "- matchers: ['service=~\"mysql|cassandra\"']\n"
                    + "  receiver: database\n"
                    + "  group_by: [cluster, database]\n"
                    + "  routes:\n"
                    + "  - matchers: [owner=dba]\n"
                    + "    continue: true\n"
                    + "    receiver: dba\n"
                    + "  - matchers: [severity=critical]\n"
                    + "    group_by: ['...']\n"
                    + "- matchers: [team=frontend]\n"
                    + "  receiver: frontend\n"
                    + "- matchers: [service=mysql]\n"
                    + "  receiver: never\n";

    private final Problems problems = new Problems("test");
    private final Route root = new RouteReader(Map.of()).read(YamlNode.parse(TREE, problems).get());

    private List<String> routes(String... labels) {
        return root
                .match(
                        name -> {
                            int at = Arrays.asList(labels).indexOf(name);
                            return at < 0 ? "" : labels[at + 1];
                        })
                .stream()
                .map(route -> route.receiver() + route.groupBy())
                .collect(Collectors.toList());
    }

    @Test
    void theFirstChildThatMatchesTakesTheAlert() {
        assertThat(problems.all()).isEmpty();
        assertThat(routes("service", "mysql")).containsExactly("database[cluster, database]");
        assertThat(routes("team", "frontend")).containsExactly("frontend[alertname]");
    }

    @Test
    void withoutAChildTheNodeItselfTakesIt() {
        assertThat(routes("service", "web")).containsExactly("root[alertname]");
    }

    @Test
    void aChildThatContinuesLetsItsSiblingsTryToo() {
        assertThat(routes("service", "mysql", "owner", "dba", "severity", "critical"))
                .containsExactly("dba[cluster, database]", "database[...]");
        assertThat(routes("service", "mysql", "owner", "dba"))
                .containsExactly("dba[cluster, database]");
    }

    @Test
    void theRootTakesEverythingAndSaysSo() {
        Problems wrong = new Problems("test");
        new RouteReader(Map.of())
                .read(
                        YamlNode.parse(
                                        "receiver: a\nmatchers: [a=b]\nmute_time_intervals: [x]",
                                        wrong)
                                .get());
        assertThat(wrong.all()).extracting(Problems.Problem::line).contains(2, 3);
    }
}
