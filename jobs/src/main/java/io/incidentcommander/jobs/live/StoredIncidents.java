// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import io.incidentcommander.connectors.audit.DynamoDbClientProvider;
import io.incidentcommander.connectors.audit.DynamoDbEventStore;
import io.incidentcommander.jobs.audit.EventFile;
import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.udfs.audit.ChainFinding;
import io.incidentcommander.udfs.audit.IncidentEventChain;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** What the event store holds about the incidents of a run, with its chains checked. Immutable. */
final class StoredIncidents {
    private static final int AT_ONCE = 32;

    private final List<IncidentEvent> last;
    private final long events;
    private final List<ChainFinding> findings;

    private StoredIncidents(List<IncidentEvent> last, long events, List<ChainFinding> findings) {
        this.last = last;
        this.events = events;
        this.findings = findings;
    }

    /**
     * Reads every event of these incidents back.
     *
     * @param copy gets what the store holds, as it is
     */
    static StoredIncidents read(
            ServiceAddresses addresses, List<String> incidentIds, EventFile.Writer copy)
            throws Exception {
        List<IncidentEvent> last = new ArrayList<>();
        List<ChainFinding> findings = new ArrayList<>();
        long events = 0;
        try (DynamoDbAsyncClient client =
                DynamoDbClientProvider.at(addresses.dynamoDb()).create()) {
            DynamoDbEventStore store = new DynamoDbEventStore(client, RunNames.EVENT_TABLE);
            for (int from = 0; from < incidentIds.size(); from += AT_ONCE) {
                List<String> some =
                        incidentIds.subList(from, Math.min(incidentIds.size(), from + AT_ONCE));
                for (Chain chain : Patience.call(() -> chains(store, some))) {
                    copy.write(chain.id, chain.events, chain.head);
                    events += chain.events.size();
                    findings.addAll(IncidentEventChain.verify(chain.events, chain.head));
                    chain.events.stream().reduce((a, b) -> b).ifPresent(last::add);
                }
            }
        }
        return new StoredIncidents(last, events, findings);
    }

    /** The last event of each incident that the store knows. */
    List<IncidentEvent> last() {
        return last;
    }

    long events() {
        return events;
    }

    /** Empty: every chain is whole. */
    List<ChainFinding> findings() {
        return findings;
    }

    private static List<Chain> chains(DynamoDbEventStore store, List<String> ids) {
        List<CompletableFuture<Chain>> asked = new ArrayList<>();
        for (String id : ids) {
            asked.add(
                    store.read(id)
                            .thenCombine(
                                    store.head(id), (events, head) -> new Chain(id, events, head)));
        }
        List<Chain> chains = new ArrayList<>();
        asked.forEach(chain -> chains.add(chain.join()));
        return chains;
    }

    private static final class Chain {
        private final String id;
        private final List<IncidentEvent> events;
        private final ChainHead head;

        Chain(String id, List<IncidentEvent> events, ChainHead head) {
            this.id = id;
            this.events = events;
            this.head = head;
        }
    }
}
