// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.memory;

import io.incidentcommander.model.diagnosis.MemoryHit;
import io.incidentcommander.model.diagnosis.memory.RankFusion;
import java.util.ArrayList;
import java.util.List;

/**
 * The last ranking, that by words, as it is; the others fill the places it leaves, fused by {@link
 * ReciprocalRankFusion}. For vectors made without a model: those know no more than words do, and
 * measured, fusing them as equals finds less than words alone (docs/quality.md).
 */
public final class WordsLead implements RankFusion {
    private static final long serialVersionUID = 1L;

    private final ReciprocalRankFusion fusion = new ReciprocalRankFusion();

    /** Scores fall with the place. */
    @Override
    public List<MemoryHit> fuse(List<List<MemoryHit>> rankings, int most) {
        if (rankings.isEmpty()) {
            return List.of();
        }
        int last = rankings.size() - 1;
        List<MemoryHit> order = new ArrayList<>(rankings.get(last));
        order.addAll(fusion.fuse(rankings.subList(0, last), Integer.MAX_VALUE));
        // One ranking keeps its order, each pattern once.
        return fusion.fuse(List.of(order), most);
    }
}
