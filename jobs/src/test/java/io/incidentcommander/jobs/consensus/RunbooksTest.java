// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.lifecycle.IncidentType;
import io.incidentcommander.udfs.consensus.agents.RunbookCatalogue;
import io.incidentcommander.udfs.resolution.Playbook;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The catalogue that comes with the job. */
class RunbooksTest {
    /** Every kind of remedy that there has to be, and a runbook of it. */
    private static final Map<String, String> KINDS =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("restart", "restart-rolling"),
                            Map.entry("scale", "scale-out"),
                            Map.entry("roll back deployment", "roll-back-release"),
                            Map.entry("fail over", "database-failover"),
                            Map.entry("shed load", "shed-load"),
                            Map.entry("clear cache", "clear-cache"),
                            Map.entry("reset connections", "reset-connections"),
                            Map.entry("extend storage", "extend-volume"),
                            Map.entry("block traffic", "block-sources"),
                            Map.entry("rotate", "rotate-credentials"),
                            Map.entry("isolate", "isolate-instance"),
                            Map.entry("run SSM document", "run-document")));

    @Test
    void thereIsARunbookOfEachKindAndItCanBeCarriedOut() {
        List<Playbook> playbooks = Runbooks.playbooks("").all();
        KINDS.forEach(
                (kind, runbook) -> {
                    Optional<Playbook> found =
                            playbooks.stream()
                                    .filter(p -> p.toString().equals(runbook + "@1"))
                                    .findFirst();
                    assertThat(found).as(kind).isPresent();
                });
    }

    @Test
    void allThatIsOfferedCanBeCarriedOutAsItIsOffered() {
        RunbookCatalogue catalogue = Runbooks.of("");
        for (IncidentType type : IncidentType.values()) {
            catalogue
                    .against(type)
                    .forEach(
                            runbook -> {
                                Action action = runbook.on("shop");
                                assertThat(Runbooks.playbooks("").of(action).orElseThrow())
                                        .satisfies(p -> assertThat(p.flaws(action)).isEmpty());
                            });
        }
    }

    /** What stands in the catalogue and nothing else; on which service, the policy says. */
    @Test
    void whatIsForNoTypeCanBeProposed() {
        RunbookCatalogue catalogue = Runbooks.of("");
        Map<String, String> share = Map.of("share", "10%");
        assertThat(catalogue.offers(new Action("shed-load", "1", "shop", share))).isTrue();
        assertThat(catalogue.offers(new Action("scale-out", "1", "shop", Map.of("factor", "2"))))
                .isTrue();
        assertThat(catalogue.offers(new Action("shed-load", "1", "", share))).isFalse();
        assertThat(catalogue.offers(new Action("shed-load", "2", "shop", share))).isFalse();
        assertThat(catalogue.offers(new Action("shed-load", "1", "shop", Map.of()))).isFalse();
        assertThat(catalogue.offers(new Action("shed-load", "1", "shop", Map.of("share", "50%"))))
                .isFalse();
        assertThat(catalogue.offers(new Action("format-disk", "1", "shop", Map.of()))).isFalse();
        assertThat(catalogue.offers(Action.ESCALATE)).isFalse();
    }

    @Test
    void whatIsForNoTypeIsOfferedAgainstNone() {
        RunbookCatalogue catalogue = Runbooks.of("");
        List<String> offered =
                Arrays.stream(IncidentType.values())
                        .flatMap(type -> catalogue.against(type).stream())
                        .map(runbook -> runbook.id())
                        .collect(Collectors.toList());
        assertThat(offered)
                .contains("scale-out")
                .doesNotContain("run-document", "isolate-instance", "shed-load");
    }
}
