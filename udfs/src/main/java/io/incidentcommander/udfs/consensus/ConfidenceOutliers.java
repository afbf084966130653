// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import io.incidentcommander.model.consensus.Vote;
import java.util.Arrays;
import java.util.List;

/** Confidences that are far from what all others say, or from what the agent used to say. Pure. */
final class ConfidenceOutliers {
    /** Others, or earlier votes, that it takes to say what is usual. */
    static final int LEAST_OTHERS = 3;

    static final int LEAST_HISTORY = 8;

    private ConfidenceOutliers() {}

    /** Whether the vote is unlike the others; abstentions say nothing about confidence. */
    static boolean unlikeOthers(Vote vote, List<? extends Vote> all) {
        if (vote.action().isAbstention()) {
            return false;
        }
        double[] others = new double[all.size()];
        int count = 0;
        for (Vote other : all) {
            if (!other.agent().equals(vote.agent()) && !other.action().isAbstention()) {
                others[count++] = other.confidence();
            }
        }
        return count >= LEAST_OTHERS
                && RobustStatistics.isOutlier(vote.confidence(), Arrays.copyOf(others, count));
    }

    /** Whether the vote is unlike the earlier ones of the same agent. */
    static boolean unlikeItself(Vote vote, double[] earlier) {
        return !vote.action().isAbstention()
                && earlier.length >= LEAST_HISTORY
                && RobustStatistics.isOutlier(vote.confidence(), earlier);
    }
}
