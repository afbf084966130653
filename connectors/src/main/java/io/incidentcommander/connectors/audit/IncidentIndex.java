// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import java.io.IOException;
import java.util.List;
import org.opensearch.client.opensearch.OpenSearchClient;
import org.opensearch.client.opensearch._types.mapping.DynamicMapping;
import org.opensearch.client.opensearch._types.mapping.TypeMapping;
import org.opensearch.client.transport.OpenSearchTransport;

/** The index of incidents behind its alias, with a mapping for every field of the documents. */
public final class IncidentIndex {
    private static final List<String> KEYWORDS =
            List.of(
                    "incident_id",
                    "tenant",
                    "type",
                    "severity",
                    "services",
                    "state",
                    "merged_into",
                    "origins");
    private static final List<String> DATES = List.of("opened_at", "updated_at", "closed_at");
    private static final List<String> COUNTS = List.of("alert_count", "kept_alerts", "sequence");
    private static final List<String> NUMBERS =
            List.of("confidence", "confidence_low", "confidence_high", "cost_usd");

    private static final List<String> TEXTS = List.of("title", "evidence");

    private IncidentIndex() {}

    /** Creates {@code alias-000001} behind the alias unless the alias is there. For local runs. */
    public static void createIfAbsent(OpenSearchTransport transport, String alias)
            throws IOException {
        OpenSearchClient client = new OpenSearchClient(transport);
        if (client.indices().existsAlias(e -> e.name(alias)).value()) {
            return;
        }
        client.indices()
                .create(
                        c ->
                                c.index(alias + "-000001")
                                        .aliases(alias, a -> a.isWriteIndex(true))
                                        .mappings(mapping()));
    }

    private static TypeMapping mapping() {
        TypeMapping.Builder mapping = new TypeMapping.Builder().dynamic(DynamicMapping.False);
        KEYWORDS.forEach(field -> mapping.properties(field, p -> p.keyword(k -> k)));
        DATES.forEach(field -> mapping.properties(field, p -> p.date(d -> d)));
        COUNTS.forEach(field -> mapping.properties(field, p -> p.long_(l -> l)));
        NUMBERS.forEach(field -> mapping.properties(field, p -> p.double_(d -> d)));
        TEXTS.forEach(field -> mapping.properties(field, p -> p.text(t -> t)));
        return mapping.build();
    }
}
