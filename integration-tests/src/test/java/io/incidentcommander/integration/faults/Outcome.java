// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.Ledger;
import io.incidentcommander.model.audit.SourceCounts;
import java.util.Map;
import java.util.SortedMap;

/**
 * What a run that came to its end left behind.
 *
 * @param events the hash of each incident event by its id
 */
record Outcome(Ledger ledger, SortedMap<String, String> events) {
    /** Runs to the end of input: every fault struck, and no event was contradicted. */
    static Outcome of(Cluster cluster, TopologyJob job, Observation seen) throws Exception {
        cluster.run(job.restarts(3 * seen.faults().waiting().size()), seen);
        return of(seen);
    }

    /** Of a job that ended. */
    static Outcome of(Observation seen) {
        assertThat(seen.faults().waiting()).as("faults that never struck").isEmpty();
        assertThat(seen.incidents().contradictions()).isEmpty();
        return new Outcome(seen.ledger(), seen.incidents().hashes());
    }

    /** Exact to the last record: nothing is pending. */
    Outcome accountsFor(Map<String, Long> read) {
        assertThat(ledger.imbalanceAgainst(read)).isEmpty();
        assertThat(ledger.counts().values()).allMatch(counts -> counts.pending() == 0);
        return this;
    }

    SourceCounts counts(String source) {
        return ledger.counts().get(source);
    }
}
