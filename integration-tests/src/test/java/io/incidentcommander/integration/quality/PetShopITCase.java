// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.incidentcommander.integration.quality.ScoreDiagnosis.Hint;
import io.incidentcommander.integration.quality.ScoreDiagnosis.Hits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real issues with a known root cause through {@code diagnose}: no worse than docs/quality.md. */
class PetShopITCase {
    private static final String DATA = "shared/data/petshop";

    @TempDir Path scratch;

    @Test
    void toldOfASymptomItFindsEveryRootCause() throws IOException {
        Hits hits = total(ScoreDiagnosis.issues(data(), Hint.SYMPTOM, null));
        assertThat(hits.all).isEqualTo(24);
        assertThat(hits.topOne()).isGreaterThanOrEqualTo(0.95);
        assertThat(hits.topThree()).isGreaterThanOrEqualTo(0.98);
    }

    @Test
    void toldNothingItFindsMostRootCauses() throws IOException {
        Hits hits = total(ScoreDiagnosis.issues(data(), Hint.NONE, null));
        assertThat(hits.topOne()).isGreaterThanOrEqualTo(0.85);
    }

    @Test
    void normalPeriodsAreMostlyNotReported() throws IOException {
        Hits quiet = total(ScoreDiagnosis.specificity(data(), Hint.NODE, scratch));
        assertThat(quiet.all).isEqualTo(118);
        assertThat(quiet.topOne()).isGreaterThanOrEqualTo(0.9);
    }

    private static Hits total(Map<String, Hits> hits) {
        Hits total = new Hits();
        hits.values().forEach(total::add);
        return total;
    }

    private static Path data() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("commander"))) {
            at = at.getParent();
        }
        Path data = at.resolveSibling(DATA);
        assumeTrue(Files.exists(data), () -> "no data at " + data);
        return data;
    }
}
