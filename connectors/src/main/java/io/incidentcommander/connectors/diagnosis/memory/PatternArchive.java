// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis.memory;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentcommander.model.diagnosis.memory.IncidentPattern;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.opensearch.client.json.JsonData;
import org.opensearch.client.opensearch.OpenSearchClient;
import org.opensearch.client.opensearch._types.query_dsl.Query;
import org.opensearch.client.opensearch.core.BulkRequest;
import org.opensearch.client.opensearch.core.bulk.BulkResponseItem;
import org.opensearch.client.opensearch.core.search.Hit;
import org.opensearch.client.transport.OpenSearchTransport;

/**
 * Moves patterns that are old into the archive. A pattern is deleted only after the object that
 * holds it was read back and holds it unchanged, and only if it did not change in the index
 * meanwhile. Breaking off leaves patterns in both places at worst; beginning again writes the same
 * objects.
 */
public final class PatternArchive {
    /** Older patterns are archived. */
    public static final Duration KEPT = Duration.ofDays(180);

    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;

    private final OpenSearchClient client;
    private final String alias;
    private final ArchiveStore store;

    /**
     * @param alias the alias for words
     */
    public PatternArchive(OpenSearchTransport transport, String alias, ArchiveStore store) {
        this.client = new OpenSearchClient(transport);
        this.alias = alias;
        this.store = store;
    }

    /**
     * @param nowMillis epoch milliseconds
     * @throws IOException if an object could not be written or does not read back; nothing of it
     *     was deleted
     */
    public ArchiveReport run(long nowMillis) throws IOException {
        client.indices().refresh(r -> r.index(alias));
        long before = nowMillis - KEPT.toMillis();
        Query old =
                Query.of(
                        q ->
                                q.range(
                                        r ->
                                                r.field(PatternDocuments.LEARNED)
                                                        .lt(JsonData.of(before))));
        ArchiveReport report = new ArchiveReport();
        new PatternPages(client, alias, old).each(page -> archive(page, report));
        return report;
    }

    /** The patterns of an archived object. */
    public List<IncidentPattern> read(String key) throws IOException {
        return ArchiveFile.read(store.get(key));
    }

    private void archive(List<Hit<JsonNode>> page, ArchiveReport report) throws IOException {
        Map<String, List<Hit<JsonNode>>> byTenant = new TreeMap<>();
        for (Hit<JsonNode> hit : page) {
            String tenant = hit.source().path(PatternDocuments.TENANT).asText();
            byTenant.computeIfAbsent(tenant, t -> new ArrayList<>()).add(hit);
        }
        for (List<Hit<JsonNode>> hits : byTenant.values()) {
            report.archived(write(hits), hits.size());
            delete(hits, report);
        }
    }

    /** Writes the patterns and reads them back. */
    private String write(List<Hit<JsonNode>> hits) throws IOException {
        List<IncidentPattern> patterns = new ArrayList<>();
        for (Hit<JsonNode> hit : hits) {
            IncidentPattern pattern = PatternDocuments.pattern(hit.source());
            if (!pattern.patternId().equals(hit.id())) {
                throw new IOException(
                        "Pattern " + hit.id() + " does not hold what its id says: look into it");
            }
            patterns.add(pattern);
        }
        byte[] content = ArchiveFile.write(patterns);
        String key = ArchiveFile.key(patterns, content);
        store.put(key, content);
        if (!read(key).equals(patterns)) {
            throw new IOException("The archive " + key + " does not read back as it was written");
        }
        return key;
    }

    private void delete(List<Hit<JsonNode>> hits, ArchiveReport report) throws IOException {
        BulkRequest.Builder bulk = new BulkRequest.Builder();
        for (Hit<JsonNode> hit : hits) {
            bulk.operations(
                    o ->
                            o.delete(
                                    d ->
                                            d.index(hit.index())
                                                    .id(hit.id())
                                                    .ifSeqNo(hit.seqNo())
                                                    .ifPrimaryTerm(hit.primaryTerm())));
        }
        for (BulkResponseItem item : client.bulk(bulk.build()).items()) {
            if (item.status() == CONFLICT) {
                report.changedOne();
            } else if (item.error() == null || item.status() == NOT_FOUND) {
                report.deletedOne();
            } else {
                throw new IOException(
                        "Pattern "
                                + item.id()
                                + " is archived, but cannot be deleted: "
                                + item.error().reason());
            }
        }
    }
}
