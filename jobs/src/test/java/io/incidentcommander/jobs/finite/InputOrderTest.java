// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.finite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.incidentcommander.model.ingest.AlertId;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputOrderTest {
    private static final InputOrder ORDER = new InputOrder(List.of("b", "a", "anomaly"));

    @Test
    void alertsAreInTheOrderOfFilesRecordsAndWhatStandsInThem() {
        List<AlertId> all =
                List.of(
                        at("b", 0, 0),
                        at("b", 0, 65_535),
                        at("b", 0, 0).raised(),
                        at("b", 1, 0),
                        at("b", (1L << 31) - 1, 7).raised(),
                        at("a", 0, 3),
                        at("a", 0, 3).raised(),
                        at("anomaly", 5, 1));

        assertThat(all).map(ORDER::placeOf).isSorted().doesNotHaveDuplicates();
        assertThat(all).map(id -> ORDER.idAt(ORDER.placeOf(id))).isEqualTo(all);
    }

    @Test
    void ofWhatCannotBeThereThereIsNoPlace() {
        InputOrder without = new InputOrder(List.of("b"));
        assertThatThrownBy(() -> without.placeOf(at("a", 0, 0).raised()))
                .isInstanceOf(IllegalArgumentException.class);
        for (AlertId id : List.of(at("c", 0, 0), at("b", 1L << 31, 0), at("b", 0, 65_536))) {
            assertThatThrownBy(() -> ORDER.placeOf(id))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static AlertId at(String file, long offset, int index) {
        return new AlertId(file, file, offset, index);
    }
}
