// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis.memory;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentcommander.model.diagnosis.memory.Embedder;
import io.incidentcommander.model.diagnosis.memory.IncidentPattern;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.opensearch.client.opensearch.OpenSearchClient;
import org.opensearch.client.opensearch._types.query_dsl.Query;
import org.opensearch.client.opensearch.core.search.Hit;
import org.opensearch.client.transport.OpenSearchTransport;

/**
 * Moves patterns into the index of the present mapping and embedder, while they are searched and
 * learned: words are searched in both indices, meaning in the new one, and what is learned goes to
 * the new one. The old index goes only when every pattern of it is in the new one, in the same step
 * as its alias. May be broken off and begun again at any time, and run twice at once.
 */
public final class PatternReindex {
    private static final int MOST_PASSES = 5;

    private final OpenSearchTransport transport;
    private final OpenSearchClient client;
    private final PatternIndex target;
    private final PatternImport into;

    public PatternReindex(OpenSearchTransport transport, String alias, Embedder embedder) {
        this.transport = transport;
        this.client = new OpenSearchClient(transport);
        this.target = new PatternIndex(alias, embedder.space());
        this.into = new PatternImport(transport, target, embedder);
    }

    /**
     * Creates the index if need be and moves what is in others.
     *
     * @return patterns moved
     * @throws IOException if a pattern could not be moved; then nothing was taken away
     */
    public long run() throws IOException {
        target.createIfAbsent(transport);
        long moved = 0;
        for (String old : target.outdated(transport)) {
            long copied = copyAll(old);
            client.indices().updateAliases(u -> u.actions(a -> a.removeIndex(r -> r.index(old))));
            moved += copied;
        }
        return moved;
    }

    /** Until a pass finds nothing new: somebody may still have been writing to the old index. */
    private long copyAll(String old) throws IOException {
        long copied = 0;
        for (int pass = 0; pass < MOST_PASSES; pass++) {
            client.indices().refresh(r -> r.index(old));
            long fresh = copy(old);
            copied += fresh;
            if (fresh == 0) {
                client.indices().refresh(r -> r.index(target.name()));
                return copied;
            }
        }
        throw new IOException("The index " + old + " is written to faster than it can be copied");
    }

    /** How many were not there yet. */
    private long copy(String old) throws IOException {
        long[] fresh = {0};
        Query all = Query.of(q -> q.matchAll(m -> m));
        new PatternPages(client, old, all).each(page -> fresh[0] += copy(page));
        return fresh[0];
    }

    private long copy(List<Hit<JsonNode>> page) throws IOException {
        List<IncidentPattern> patterns = new ArrayList<>();
        for (Hit<JsonNode> hit : page) {
            patterns.add(PatternDocuments.pattern(hit.source()));
        }
        return into.add(patterns);
    }
}
