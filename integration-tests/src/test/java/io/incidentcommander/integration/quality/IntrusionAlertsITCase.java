// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real alerts of an intrusion detection system through {@code detect}; facts, no tuned marks. */
class IntrusionAlertsITCase {
    private static final String DATA = "shared/data/ait-ads/russellmitchell_alerts.csv.gz";
    private static final String MAPPING = "docs/examples/ids-alerts-mapping.yaml";

    @TempDir Path results;

    @Test
    void everyAlertIsAccountedForAndTheBudgetIsKept() throws IOException {
        Path root = above(MAPPING);
        Path input = root.resolveSibling(DATA);
        assumeTrue(Files.exists(input), () -> "no data at " + input);

        ScoreGrouping.detect(
                input, root.resolve(MAPPING), results, List.of("--sample-budget", "0.01"));

        JsonNode counts =
                new ObjectMapper()
                        .readTree(results.resolve("ledger.json").toFile())
                        .path(input.toString());
        assertThat(counts.path("in").asLong()).isEqualTo(45_544);
        assertThat(counts.path("alert_bearing").asLong()).isEqualTo(45_544);
        assertThat(counts.path("pending").asLong()).isZero();
        GroupingScore score = LabelledResults.score(input, results);
        assertThat(score.alerts()).isEqualTo(45_544);
        assertThat(score.survivorShare()).isLessThanOrEqualTo(0.01);
        assertThat(score.incidents()).isPositive();
        assertThat(score.phasesByTime()).hasSize(10);
        assertThat(score.phasesByEvent()).hasSize(8);
    }

    private static Path above(String file) {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve(file))) {
            at = at.getParent();
        }
        return at;
    }
}
