// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import io.incidentcommander.connectors.audit.DynamoDbClientProvider;
import io.incidentcommander.jobs.audit.ChainCheck;
import io.incidentcommander.jobs.audit.EventFile;
import io.incidentcommander.jobs.audit.EventTableChains;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.udfs.audit.ChainCopy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What the event store holds about the incidents of a run, in both regions, with the chains checked
 * against each other. Immutable.
 */
final class StoredIncidents {
    private static final int AT_ONCE = 16;

    private final List<IncidentEvent> last = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private long events;
    private long replicated;

    private StoredIncidents() {}

    /**
     * Reads every event of these incidents back.
     *
     * @param copy gets what the store holds, as it is
     * @param replicaCopy the same of the second region
     */
    static StoredIncidents read(
            ServiceAddresses addresses,
            List<String> incidentIds,
            EventFile.Writer copy,
            EventFile.Writer replicaCopy)
            throws Exception {
        StoredIncidents stored = new StoredIncidents();
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try (EventTableChains primary =
                        new EventTableChains(
                                "table",
                                RunNames.EVENT_TABLE,
                                RunNames.ANCHOR_TABLE,
                                DynamoDbClientProvider.at(addresses.dynamoDb()));
                EventTableChains replica =
                        new EventTableChains(
                                "replica",
                                RunNames.EVENT_REPLICA_TABLE,
                                RunNames.ANCHOR_TABLE,
                                DynamoDbClientProvider.at(addresses.dynamoDbReplica()))) {
            List<Callable<ChainCheck>> checks = new ArrayList<>();
            for (String id : incidentIds) {
                checks.add(
                        () ->
                                Patience.call(
                                        () -> ChainCheck.of(id, primary, Optional.of(replica))));
            }
            int at = 0;
            for (Future<ChainCheck> check : threads.invokeAll(checks)) {
                stored.add(incidentIds.get(at++), check.get(), copy, replicaCopy);
            }
        } finally {
            threads.shutdownNow();
        }
        return stored;
    }

    private void add(
            String id, ChainCheck check, EventFile.Writer copy, EventFile.Writer replicaCopy)
            throws Exception {
        ChainCopy chain = check.copy();
        ChainCopy second = check.second().orElseThrow();
        copy.write(id, chain);
        replicaCopy.write(id, second);
        events += chain.events().size();
        replicated += second.events().size();
        wrong.addAll(check.wrong());
        chain.events().stream().reduce((a, b) -> b).ifPresent(last::add);
    }

    /** The last event of each incident that the store knows. */
    List<IncidentEvent> last() {
        return List.copyOf(last);
    }

    long events() {
        return events;
    }

    /** Events of the second region. */
    long replicated() {
        return replicated;
    }

    /** Empty: every chain is whole, in both regions. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }
}
