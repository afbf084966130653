// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis.memory;

import com.fasterxml.jackson.databind.JsonNode;
import io.incidentcommander.model.diagnosis.MemoryHit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.opensearch.client.opensearch.core.MsearchResponse;
import org.opensearch.client.opensearch.core.msearch.MultiSearchResponseItem;
import org.opensearch.client.opensearch.core.search.Hit;

/** What the server said to {@link PatternSearches}. */
final class Answer {
    private final List<MultiSearchResponseItem<JsonNode>> parts;
    private final boolean askedForMeaning;

    Answer(MsearchResponse<JsonNode> answer, Optional<float[]> vector) {
        this.parts = answer.responses();
        this.askedForMeaning = vector.isPresent();
    }

    /** Empty: that search failed. */
    Optional<List<MemoryHit>> words() {
        return hits(0);
    }

    /** Empty: that search failed, or there was none. */
    Optional<List<MemoryHit>> meaning() {
        return askedForMeaning ? hits(1) : Optional.empty();
    }

    /** Of the failures. */
    String reason() {
        StringBuilder reason = new StringBuilder();
        for (MultiSearchResponseItem<JsonNode> part : parts) {
            if (part.isFailure()) {
                reason.append(reason.length() == 0 ? "" : "; ")
                        .append(part.failure().error().type())
                        .append(": ")
                        .append(part.failure().error().reason());
            }
        }
        return reason.toString();
    }

    private Optional<List<MemoryHit>> hits(int part) {
        if (part >= parts.size() || parts.get(part).isFailure()) {
            return Optional.empty();
        }
        List<MemoryHit> hits = new ArrayList<>();
        for (Hit<JsonNode> hit : parts.get(part).result().hits().hits()) {
            if (hit.source() != null) {
                double score = hit.score() == null ? 0 : hit.score();
                hits.add(PatternDocuments.hit(hit.source(), score));
            }
        }
        return Optional.of(hits);
    }
}
