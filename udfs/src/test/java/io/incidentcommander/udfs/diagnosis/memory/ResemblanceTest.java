// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.diagnosis.MemoryHit;
import io.incidentcommander.model.diagnosis.memory.MemoryQuery;
import io.incidentcommander.model.diagnosis.memory.Recollection;
import io.incidentcommander.model.diagnosis.memory.Recollection.Extent;
import io.incidentcommander.model.lifecycle.IncidentType;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ResemblanceTest {
    private static final MemoryQuery POOL =
            query("database_failure orders-db orders connection pool exhausted; slow queries");
    private static final MemoryHit SAME =
            hit("same", "orders-db", "connection pools exhausted; queries slow");
    private static final MemoryHit OTHER =
            hit("other", "thumbnailer", "certificate will expire; renewal was refused");

    @Test
    void whatLooksLikeItStaysAndWhatDoesNotGoes() {
        Recollection found = new Recollection(Extent.WHOLE, List.of(OTHER, SAME), "");

        assertThat(Resemblance.keep(POOL, found))
                .isEqualTo(new Recollection(Extent.WHOLE, List.of(SAME), ""));
    }

    @Test
    void thatNothingIsSimilarIsSaidAndHowNearItComes() {
        Recollection found = new Recollection(Extent.WORDS_ONLY, List.of(OTHER), "no vector");
        Recollection kept = Resemblance.keep(POOL, found);

        assertThat(kept.extent()).isEqualTo(Extent.WORDS_ONLY);
        assertThat(kept.hits()).isEmpty();
        assertThat(kept.reason())
                .startsWith("nothing similar: what comes nearest resembles it by 0.")
                .endsWith("; no vector");
    }

    @Test
    void ofSeveralThatAreNotSimilarTheNearestIsTold() {
        MemoryHit far = hit("far", "zzz", "qqqq wwww");
        double nearest = Resemblance.of(POOL.text(), Resemblance.text(OTHER));
        assertThat(Resemblance.of(POOL.text(), Resemblance.text(far))).isLessThan(nearest);

        for (List<MemoryHit> hits : List.of(List.of(OTHER, far), List.of(far, OTHER))) {
            assertThat(Resemblance.keep(POOL, new Recollection(Extent.WHOLE, hits, "")).reason())
                    .contains(String.format(Locale.ROOT, "by %.2f, 0.45 is asked", nearest));
        }
    }

    @Test
    void anEmptyMemoryIsNotBlamed() {
        Recollection none = new Recollection(Extent.WHOLE, List.of(), "");

        assertThat(Resemblance.keep(POOL, none)).isEqualTo(none);
    }

    private static MemoryQuery query(String text) {
        return new MemoryQuery("acme", "now", text, MemoryQuery.DEFAULT_COUNT);
    }

    private static MemoryHit hit(String id, String service, String symptoms) {
        return new MemoryHit(
                id,
                "incident-" + id,
                service.equals("orders-db") ? IncidentType.DATABASE_FAILURE : IncidentType.UNKNOWN,
                List.of(service),
                symptoms,
                "",
                "restart",
                1,
                0,
                0.1,
                0);
    }
}
