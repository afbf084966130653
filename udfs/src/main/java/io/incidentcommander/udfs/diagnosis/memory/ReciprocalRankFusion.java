// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.memory;

import io.incidentcommander.model.diagnosis.MemoryHit;
import io.incidentcommander.model.diagnosis.memory.RankFusion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reciprocal rank fusion (Cormack, Clarke and Buettcher, SIGIR 2009): a hit scores the sum of 1 /
 * (60 + rank) over the rankings it is in. Scores of different searches are never compared. Equal
 * scores go by pattern id, so the order of the rankings plays no part.
 */
public final class ReciprocalRankFusion implements RankFusion {
    private static final long serialVersionUID = 1L;

    /** The constant of the paper; larger values lessen the lead of first places. */
    static final int SMOOTHING = 60;

    private static final Comparator<MemoryHit> BEST_FIRST =
            Comparator.comparingDouble(MemoryHit::score)
                    .reversed()
                    .thenComparing(MemoryHit::patternId);

    @Override
    public List<MemoryHit> fuse(List<List<MemoryHit>> rankings, int most) {
        Map<String, List<Integer>> ranks = new LinkedHashMap<>();
        Map<String, MemoryHit> hits = new LinkedHashMap<>();
        for (List<MemoryHit> ranking : rankings) {
            Set<String> ranked = new HashSet<>();
            for (MemoryHit hit : ranking) {
                // The same pattern from two indices counts once, at its first place.
                if (ranked.add(hit.patternId())) {
                    ranks.computeIfAbsent(hit.patternId(), id -> new ArrayList<>())
                            .add(ranked.size());
                    hits.putIfAbsent(hit.patternId(), hit);
                }
            }
        }
        List<MemoryHit> fused = new ArrayList<>();
        hits.forEach((id, hit) -> fused.add(scored(hit, score(ranks.get(id)))));
        fused.sort(BEST_FIRST);
        return List.copyOf(fused.subList(0, Math.min(most, fused.size())));
    }

    /** Summed from the best rank on: sums of doubles depend on their order. */
    private static double score(List<Integer> ranks) {
        Collections.sort(ranks);
        double sum = 0;
        for (int rank : ranks) {
            sum += 1.0 / (SMOOTHING + rank);
        }
        return sum;
    }

    private static MemoryHit scored(MemoryHit hit, double score) {
        return new MemoryHit(
                hit.patternId(),
                hit.incidentId(),
                hit.type(),
                hit.services(),
                hit.symptoms(),
                hit.rootCause(),
                hit.remedy(),
                hit.worked(),
                hit.failed(),
                score,
                hit.learnedAtMillis());
    }
}
