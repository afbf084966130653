// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.sampling;

import io.incidentcommander.model.sampling.KnownAlert;
import java.util.List;

/** What is known after a slice, and what was decided about each of its runs, in order. */
public final class DedupDecision {
    private final KnownAlert known;
    private final List<RunDecision> runs;

    DedupDecision(KnownAlert known, List<RunDecision> runs) {
        this.known = known;
        this.runs = List.copyOf(runs);
    }

    public KnownAlert known() {
        return known;
    }

    public List<RunDecision> runs() {
        return runs;
    }
}
