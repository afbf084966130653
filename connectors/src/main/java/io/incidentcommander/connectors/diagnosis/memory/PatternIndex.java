// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis.memory;

import io.incidentcommander.model.diagnosis.memory.EmbeddingSpace;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.opensearch.client.json.JsonData;
import org.opensearch.client.opensearch.OpenSearchClient;
import org.opensearch.client.opensearch._types.OpenSearchException;
import org.opensearch.client.opensearch._types.mapping.DynamicMapping;
import org.opensearch.client.opensearch._types.mapping.TypeMapping;
import org.opensearch.client.transport.OpenSearchTransport;

/**
 * Where patterns are kept: one index for each version of the mapping and each space of embeddings,
 * whose name says both. The alias for words is on all of them; the alias for meaning, by which is
 * learned too, on the one of its space alone, so that vectors of different spaces never meet.
 */
public final class PatternIndex {
    /** To be raised with every change of {@link #mapping}. */
    static final int MAPPING_VERSION = 1;

    private static final List<String> KEYWORDS =
            List.of(
                    PatternDocuments.ID,
                    PatternDocuments.TENANT,
                    PatternDocuments.INCIDENT,
                    PatternDocuments.DERIVED,
                    PatternDocuments.TYPE,
                    PatternDocuments.SERVICES);

    private final String alias;
    private final EmbeddingSpace space;

    public PatternIndex(String alias, EmbeddingSpace space) {
        this.alias = alias;
        this.space = space;
    }

    public EmbeddingSpace space() {
        return space;
    }

    /** The alias for words. */
    public String words() {
        return alias;
    }

    /** The alias for meaning and for learning. */
    public String meaning() {
        return name() + "-live";
    }

    /** Of the index behind it. */
    public String name() {
        return alias + "-" + MAPPING_VERSION + "-" + space;
    }

    /** Creates the index with its aliases unless it is there. */
    public void createIfAbsent(OpenSearchTransport transport) throws IOException {
        OpenSearchClient client = new OpenSearchClient(transport);
        if (client.indices().exists(e -> e.index(name())).value()) {
            return;
        }
        try {
            client.indices()
                    .create(
                            c ->
                                    c.index(name())
                                            .settings(
                                                    s ->
                                                            s.knn(true)
                                                                    .numberOfShards("1")
                                                                    .autoExpandReplicas("0-1"))
                                            .aliases(words(), a -> a)
                                            .aliases(meaning(), a -> a)
                                            .mappings(mapping()));
        } catch (OpenSearchException e) {
            if (!"resource_already_exists_exception".equals(e.error().type())) {
                throw e; // Else somebody else was faster.
            }
        }
    }

    /** How many patterns there are behind the alias, whatever their mapping and space. */
    public long count(OpenSearchTransport transport) throws IOException {
        return new OpenSearchClient(transport).count(c -> c.index(words())).count();
    }

    /** The indices of other mappings or spaces, whose patterns are to be moved here. */
    public Set<String> outdated(OpenSearchTransport transport) throws IOException {
        OpenSearchClient client = new OpenSearchClient(transport);
        Set<String> names =
                new TreeSet<>(client.indices().getAlias(g -> g.name(alias)).result().keySet());
        names.remove(name());
        return names;
    }

    private TypeMapping mapping() {
        TypeMapping.Builder mapping =
                new TypeMapping.Builder()
                        .dynamic(DynamicMapping.Strict)
                        .meta("mapping_version", JsonData.of(MAPPING_VERSION))
                        .meta("embedding", JsonData.of(space.label()))
                        .meta("dimension", JsonData.of(space.dimension()));
        KEYWORDS.forEach(field -> mapping.properties(field, p -> p.keyword(k -> k)));
        // Kept and shown, searched as one text below.
        for (String field :
                List.of(
                        PatternDocuments.SYMPTOMS,
                        PatternDocuments.CAUSE,
                        PatternDocuments.REMEDY)) {
            mapping.properties(field, p -> p.text(t -> t.index(false)));
        }
        mapping.properties(PatternDocuments.TEXT, p -> p.text(t -> t));
        mapping.properties(PatternDocuments.WORKED, p -> p.boolean_(b -> b));
        mapping.properties(PatternDocuments.LEARNED, p -> p.date(d -> d.format("epoch_millis")));
        mapping.properties(
                PatternDocuments.EMBEDDING,
                p ->
                        p.knnVector(
                                v ->
                                        v.dimension(space.dimension())
                                                .method(
                                                        m ->
                                                                m.name("hnsw")
                                                                        .engine("lucene")
                                                                        .spaceType(
                                                                                "cosinesimil"))));
        return mapping.build();
    }
}
