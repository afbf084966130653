// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.correlation.ServiceCall;
import io.incidentcommander.udfs.correlation.catalogue.CatalogueEntry;
import io.incidentcommander.udfs.correlation.catalogue.SourceExpectation;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ControlDocumentReaderTest {
    private final Problems problems = new Problems("rules.yaml");

    @Test
    void allSectionsAreRead() {
        ControlDocument document =
                ControlDocumentReader.read(
                                "tenant: acme\n"
                                    + "services:\n"
                                    + "  orders:\n"
                                    + "    owner: payments\n"
                                    + "    tier: critical\n"
                                    + "    time_zone: Europe/Berlin\n"
                                    + "    runbook: https://wiki/orders\n"
                                    + "    dashboard: https://graphs/orders\n"
                                    + "    dependencies: [orders-db]\n"
                                    + "    users: 120_000\n"
                                    + "    expected:\n"
                                    + "    - {source: prom, matchers: [alertname=Watchdog], within:"
                                    + " 5 min}\n"
                                    + "sources:\n"
                                    + "- {source: cw, vendor: cloudwatch, within: 5 min}\n"
                                    + "- {source: files, within: 1 h}\n"
                                    + "topology:\n"
                                    + "  web: [orders, search]\n"
                                    + "freezes:\n"
                                    + "- {id: f1, services: ['*'], starts_at:"
                                    + " 2026-12-20T00:00:00Z,\n"
                                    + "   ends_at: 2027-01-02T00:00:00Z, owner: cto, reason:"
                                    + " holidays}\n",
                                problems)
                        .orElseThrow();
        CatalogueEntry orders = document.services().get(0);
        assertThat(orders.timeZone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(orders.users()).isEqualTo(120_000);
        assertThat(orders.expected().get(0).withinMillis()).isEqualTo(300_000);
        assertThat(document.calls())
                .containsExactlyInAnyOrder(
                        ServiceCall.of("web", "orders"),
                        ServiceCall.of("web", "search"),
                        ServiceCall.of("orders", "orders-db"));
        assertThat(document.sources())
                .extracting(SourceExpectation::toString)
                .containsExactly("cw of CLOUDWATCH within 300000", "files of OTHER within 3600000");
        assertThat(document.freezes()).hasSize(1);
        assertThat(document.canSuppress()).isFalse();
    }

    @Test
    void allThatIsWrongIsToldAtOnceWithItsLine() {
        Optional<ControlDocument> document =
                ControlDocumentReader.read(
                        "services:\n"
                                + "  orders:\n"
                                + "    tier: HUGE\n"
                                + "    time_zone: Mars\n"
                                + "    users: many\n"
                                + "    color: red\n"
                                + "silences:\n"
                                + "- id: s1\n"
                                + "  matchers: ['service=~(']\n"
                                + "  starts_at: tomorrow\n"
                                + "  ends_at: 2026-01-01T00:00:00Z\n"
                                + "  owner: ann\n"
                                + "  reason: test\n"
                                + "rotuing: {}\n"
                                + "maintenance:\n"
                                + "- {id: m1, services: [a], time_interval: nope, owner: o, reason:"
                                + " r}\n",
                        problems);
        assertThat(document).isEmpty();
        assertThat(problems.all())
                .extracting(Problems.Problem::line)
                .containsExactly(3, 4, 5, 6, 9, 10, 14, 16);
        assertThat(problems.all().get(0).toString())
                .isEqualTo(
                        "rules.yaml, line 3: 'HUGE' is no tier; use CRITICAL, IMPORTANT or"
                                + " SUPPORTING");
    }

    @Test
    void whatIsNotYamlIsOneProblem() {
        ControlDocumentReader.read("a: [1\nb: 2", problems);
        assertThat(problems.all()).hasSize(1);
        assertThat(problems.all().get(0).what()).startsWith("not YAML");
    }

    @Test
    void anEmptyFileIsAnEmptyDocument() {
        assertThat(ControlDocumentReader.read("", problems)).isPresent();
        assertThat(ControlDocumentReader.read("# nothing\n", problems)).isPresent();
    }

    @Test
    void aDocumentCannotGrowWithoutBoundOrConstructAnything() {
        StringBuilder bomb = new StringBuilder("a: &a0 [x, x]\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("a").append(i).append(": &a").append(i);
            bomb.append(" [*a").append(i - 1).append(", *a").append(i - 1).append("]\n");
        }
        assertThat(ControlDocumentReader.read(bomb.toString(), problems)).isEmpty();
        assertThat(problems.all()).isNotEmpty();
        Problems deep = new Problems("deep");
        assertThat(ControlDocumentReader.read("a: " + "[".repeat(100_000), deep)).isEmpty();
        Problems tag = new Problems("tag");
        ControlDocumentReader.read("tenant: !!javax.script.ScriptEngineManager [x]", tag);
        assertThat(tag.all()).isNotEmpty();
    }
}
