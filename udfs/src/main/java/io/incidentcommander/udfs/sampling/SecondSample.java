// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.sampling;

import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.model.sampling.SampleThreshold;
import java.util.List;

/** The alerts of a second that are kept, by {@link NotableAlert#IN_TIME}, and the bar they set. */
public final class SecondSample {
    private final List<NotableAlert> kept;
    private final SampleThreshold threshold;

    SecondSample(List<NotableAlert> kept, SampleThreshold threshold) {
        this.kept = List.copyOf(kept);
        this.threshold = threshold;
    }

    public List<NotableAlert> kept() {
        return kept;
    }

    /** What a late alert of this second has to pass. */
    public SampleThreshold threshold() {
        return threshold;
    }
}
