// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.ingest.SourceReport;
import io.incidentcommander.udfs.ingest.SourceTally.Quality;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SourceTallyTest {
    private final List<Quality> begun = new ArrayList<>();
    private final SourceTally tally = new SourceTally(id -> "tenant of " + id, begun::add);

    @Test
    void reportsAreByTenSecondsAndSourceHoweverMuchCameSinceTheLast() {
        tally.heard("a", 1_000, 1_000, 1_000);
        tally.heard("b", 2_000, 2_000, 2_000);
        tally.heard("a", 9_999, 9_999, 9_999);
        tally.heard("a", 10_000, 10_000, 10_000);
        tally.malformed("a", OptionalLong.of(3_000));
        tally.malformed("b", OptionalLong.empty());

        assertThat(drained())
                .containsExactly(
                        new SourceReport("tenant of a", "a", 0, 9_999, 3, 1),
                        new SourceReport("tenant of a", "a", 10_000, 10_000, 1, 0),
                        new SourceReport("tenant of b", "b", 0, 2_000, 2, 1));
        assertThat(drained()).isEmpty();
    }

    @Test
    void whatCannotBeReadIsNotHeard() {
        tally.malformed("a", OptionalLong.empty());
        assertThat(drained()).as("nothing says when that was").isEmpty();
        tally.malformed("a", OptionalLong.of(25_000));
        assertThat(drained())
                .singleElement()
                .satisfies(r -> assertThat(r.heardMillis()).isLessThan(r.atMillis()));
    }

    @Test
    void lagSkewSilenceAndShareAreKnownBySource() {
        tally.heard("a", 500, 1_000, 4_000);
        tally.malformed("a", OptionalLong.of(5_000));

        assertThat(begun).hasSize(1);
        Quality quality = begun.get(0);
        assertThat(quality.source()).isEqualTo("a");
        assertThat(quality.lagMillis()).isEqualTo(3_000);
        assertThat(quality.skewMillis()).isEqualTo(500);
        assertThat(quality.malformedShare()).isEqualTo(0.5);
        assertThat(quality.silentMillis(10_000)).isEqualTo(6_000);
    }

    private List<SourceReport> drained() {
        List<SourceReport> reports = new ArrayList<>();
        tally.drain(reports::add);
        return reports;
    }
}
