// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.lifecycle.IncidentType;
import org.junit.jupiter.api.Test;

class NamedCausesTest {
    private static final NamedCauses DATABASE = NamedCauses.of(IncidentType.DATABASE_FAILURE);
    private static final NamedCauses LEAK = NamedCauses.of(IncidentType.MEMORY_LEAK);
    private static final NamedCauses SUFFERS = NamedCauses.of(IncidentType.DEPENDENCY_FAILURE);
    private static final NamedCauses SILENT = NamedCauses.of(IncidentType.UNKNOWN);

    @Test
    void whatNamesNoCauseIsLikelyBroughtAbout() {
        assertThat(DATABASE.apart(SILENT)).isLessThan(1);
        assertThat(DATABASE.apart(SUFFERS)).isEqualTo(DATABASE.apart(SILENT));
    }

    @Test
    void whatNamesItsOwnCauseIsLikelyApart() {
        assertThat(DATABASE.apart(LEAK)).isGreaterThan(1);
        assertThat(DATABASE.isAnother(LEAK)).isTrue();
    }

    @Test
    void wordsOfNeitherSayNothing() {
        assertThat(SILENT.apart(SUFFERS)).isEqualTo(1);
        assertThat(SILENT.isOneSilent(SUFFERS)).isFalse();
        assertThat(SILENT.isAnother(LEAK)).isFalse();
    }

    @Test
    void theOrderDoesNotMatter() {
        for (NamedCauses one : new NamedCauses[] {DATABASE, LEAK, SUFFERS, SILENT}) {
            for (NamedCauses other : new NamedCauses[] {DATABASE, LEAK, SUFFERS, SILENT}) {
                assertThat(one.apart(other)).isEqualTo(other.apart(one));
                assertThat(one.isAnother(other)).isEqualTo(other.isAnother(one));
            }
        }
    }
}
