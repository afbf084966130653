// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis.memory;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.opensearch.client.opensearch.OpenSearchClient;
import org.opensearch.client.opensearch._types.FieldValue;
import org.opensearch.client.opensearch._types.SortOptions;
import org.opensearch.client.opensearch._types.SortOrder;
import org.opensearch.client.opensearch._types.query_dsl.Query;
import org.opensearch.client.opensearch.core.SearchRequest;
import org.opensearch.client.opensearch.core.search.Hit;

/** All patterns that match, page by page, by tenant and id; vectors are not read. */
final class PatternPages {
    private static final int PAGE = 500;

    private final OpenSearchClient client;
    private final String index;
    private final Query query;

    PatternPages(OpenSearchClient client, String index, Query query) {
        this.client = client;
        this.index = index;
        this.query = query;
    }

    /** What is done with a page. */
    interface Work {
        void on(List<Hit<JsonNode>> page) throws IOException;
    }

    void each(Work work) throws IOException {
        List<FieldValue> after = List.of();
        while (true) {
            List<Hit<JsonNode>> page = client.search(request(after), JsonNode.class).hits().hits();
            if (page.isEmpty()) {
                return;
            }
            work.on(page);
            after = page.get(page.size() - 1).sortVals();
        }
    }

    private SearchRequest request(List<FieldValue> after) {
        SearchRequest.Builder request =
                new SearchRequest.Builder()
                        .index(index)
                        .query(query)
                        .size(PAGE)
                        .seqNoPrimaryTerm(true)
                        .source(
                                s ->
                                        s.filter(
                                                f ->
                                                        f.excludes(
                                                                PatternDocuments.EMBEDDING,
                                                                PatternDocuments.TEXT)))
                        .sort(by(PatternDocuments.TENANT), by(PatternDocuments.ID));
        if (!after.isEmpty()) {
            request.searchAfterVals(after);
        }
        return request.build();
    }

    private static SortOptions by(String field) {
        return SortOptions.of(s -> s.field(f -> f.field(field).order(SortOrder.Asc)));
    }
}
