// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis.memory;

import io.incidentcommander.model.diagnosis.memory.MemoryQuery;
import java.util.Optional;
import org.opensearch.client.opensearch._types.FieldValue;
import org.opensearch.client.opensearch._types.query_dsl.Query;
import org.opensearch.client.opensearch.core.MsearchRequest;
import org.opensearch.client.opensearch.core.msearch.RequestItem;

/**
 * The searches of one query, words first. The filter is part of both, so that what it leaves out
 * takes no place among the candidates.
 */
final class PatternSearches {
    /** Ranks that take part in the fusion. */
    static final int CANDIDATES = 50;

    /** Of a longer text the beginning is looked for by words: a query has clauses within bounds. */
    private static final int MOST_CHARS = 4_000;

    private final PatternIndex index;

    PatternSearches(PatternIndex index) {
        this.index = index;
    }

    MsearchRequest of(MemoryQuery query, Optional<float[]> vector) {
        MsearchRequest.Builder request = new MsearchRequest.Builder();
        request.searches(search(index.words(), words(query)));
        vector.ifPresent(v -> request.searches(search(index.meaning(), meaning(query, v))));
        return request.build();
    }

    private static RequestItem search(String alias, Query query) {
        return RequestItem.of(
                item ->
                        item.header(h -> h.index(alias))
                                .body(
                                        b ->
                                                b.query(query)
                                                        .size(CANDIDATES)
                                                        .source(
                                                                s ->
                                                                        s.filter(
                                                                                f ->
                                                                                        f.excludes(
                                                                                                PatternDocuments
                                                                                                        .EMBEDDING,
                                                                                                PatternDocuments
                                                                                                        .TEXT)))));
    }

    private static Query words(MemoryQuery query) {
        String text = query.text();
        String cut = text.substring(0, Math.min(text.length(), MOST_CHARS));
        return Query.of(
                q ->
                        q.bool(
                                b ->
                                        b.must(
                                                        m ->
                                                                m.match(
                                                                        t ->
                                                                                t.field(
                                                                                                PatternDocuments
                                                                                                        .TEXT)
                                                                                        .query(
                                                                                                FieldValue
                                                                                                        .of(
                                                                                                                cut))))
                                                .filter(filter(query))));
    }

    private static Query meaning(MemoryQuery query, float[] vector) {
        return Query.of(
                q ->
                        q.knn(
                                k ->
                                        k.field(PatternDocuments.EMBEDDING)
                                                .vector(vector)
                                                .k(CANDIDATES)
                                                .filter(filter(query))));
    }

    /** Of the tenant, not of this incident, and not derived from it. */
    private static Query filter(MemoryQuery query) {
        return Query.of(
                q ->
                        q.bool(
                                b ->
                                        b.filter(term(PatternDocuments.TENANT, query.tenant()))
                                                .mustNot(
                                                        term(
                                                                PatternDocuments.INCIDENT,
                                                                query.incidentId()))
                                                .mustNot(
                                                        term(
                                                                PatternDocuments.DERIVED,
                                                                query.incidentId()))));
    }

    private static Query term(String field, String value) {
        return Query.of(q -> q.term(t -> t.field(field).value(FieldValue.of(value))));
    }
}
