// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.audit;

import io.incidentcommander.connectors.audit.DamagedItem;
import io.incidentcommander.connectors.audit.DynamoDbClientProvider;
import io.incidentcommander.connectors.audit.EventStoreCare;
import io.incidentcommander.connectors.audit.StoredChain;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.udfs.audit.ChainCopy;
import io.incidentcommander.udfs.audit.ChainFinding;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** A DynamoDB table of events. Owns its client. */
public final class EventTableChains implements ChainStore, AutoCloseable {
    private final String name;
    private final String table;
    private final DynamoDbAsyncClient client;
    private final EventStoreCare care;

    /**
     * @param name which of the tables, for people
     * @param anchorTable where its anchors are
     */
    public EventTableChains(
            String name, String table, String anchorTable, DynamoDbClientProvider clients) {
        this.name = name;
        this.table = table;
        this.client = clients.create();
        this.care = new EventStoreCare(client, table, anchorTable);
    }

    @Override
    public ChainCopy read(String incidentId) throws IOException {
        StoredChain stored = stored(incidentId);
        return new ChainCopy(
                stored.events(),
                stored.head(),
                stored.anchors(),
                stored.damaged().stream()
                        .map(EventTableChains::finding)
                        .collect(Collectors.toList()));
    }

    @Override
    public int mend(List<IncidentEvent> chain) throws IOException {
        StoredChain asRead = stored(chain.get(0).incidentId());
        try {
            return care.mend(asRead, chain);
        } catch (CompletionException | SdkException e) {
            throw unreachable(e);
        } catch (IllegalStateException e) {
            throw new IOException(label() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String label() {
        return name + " " + table;
    }

    @Override
    public void close() {
        client.close();
    }

    private StoredChain stored(String incidentId) throws IOException {
        try {
            return care.read(incidentId);
        } catch (CompletionException | SdkException e) {
            throw unreachable(e);
        }
    }

    private IOException unreachable(RuntimeException e) {
        Throwable cause =
                e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
        return new IOException(label() + " cannot be used: " + cause.getMessage(), e);
    }

    private static ChainFinding finding(DamagedItem item) {
        return ChainFinding.of(
                item.isReadable() ? ChainFinding.Kind.CHANGED_ITEM : ChainFinding.Kind.UNREADABLE,
                item.sequence(),
                item.detail());
    }
}
