// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class IndexedIncidentsTest {
    private final IndexedIncidents waiting = new IndexedIncidents();

    @Test
    void theWorstGoFirstAndOfEqualsThoseThatWaitLongest() {
        add("a", Severity.LOW);
        add("b", Severity.HIGH);
        add("c", Severity.CRITICAL);
        add("d", Severity.HIGH);
        assertThat(taken(3)).containsExactly("c", "b", "d");
        waiting.landed(List.of());
        add("e", Severity.MEDIUM);
        assertThat(taken(3)).containsExactly("e", "a");
    }

    @Test
    void whatIsTriedAgainTakesItsTurnUnlessANewerStateWaits() {
        Incident first = add("a", Severity.CRITICAL);
        assertThat(taken(1)).containsExactly("a");
        Incident newer = incident("a", Severity.LOW).toBuilder().sequence(2).build();
        waiting.add(newer);
        add("b", Severity.HIGH);
        waiting.landed(List.of(first));
        assertThat(waiting.size()).isEqualTo(2);
        assertThat(taken(1)).containsExactly("b");
        assertThat(waiting.snapshot()).contains(newer).hasSize(2);
    }

    private List<String> taken(int most) {
        return waiting.takeBatch(most).stream()
                .map(Incident::incidentId)
                .collect(Collectors.toList());
    }

    private Incident add(String id, Severity severity) {
        Incident incident = incident(id, severity);
        waiting.add(incident);
        return incident;
    }

    private static Incident incident(String id, Severity severity) {
        return EventSamples.incident(id, "slow").toBuilder().severity(severity).sequence(1).build();
    }
}
