// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.audit;

import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.IncidentEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A chain held against its anchors: the heads that completed checkpoints saw. An anchor that names
 * an event which is not there any more tells of a tail that was cut off, head and all. Pure
 * functions.
 */
final class ChainAnchors {
    private ChainAnchors() {}

    /**
     * @param head the store's; what is missing up to there is a gap, and found as one
     * @return at most one finding for the tail, and one for each anchor that is contradicted
     */
    static List<ChainFinding> verify(
            List<IncidentEvent> events, ChainHead head, List<ChainHead> anchors) {
        Map<Long, String> hashes = new HashMap<>();
        long last = head.sequence();
        for (IncidentEvent event : events) {
            hashes.putIfAbsent(event.sequence(), event.hash());
            last = Math.max(last, event.sequence());
        }
        List<ChainFinding> findings = new ArrayList<>();
        ChainHead newest = ChainHead.genesis();
        for (ChainHead anchor : anchors) {
            newest = anchor.sequence() > newest.sequence() ? anchor : newest;
            String there = hashes.get(anchor.sequence());
            if (there != null && !there.equals(anchor.hash())) {
                findings.add(
                        ChainFinding.of(
                                ChainFinding.Kind.CONTRADICTS_ANCHOR,
                                anchor.sequence(),
                                "a checkpoint saw " + anchor.hash() + ", here is " + there));
            }
        }
        if (newest.sequence() > last) {
            findings.add(
                    ChainFinding.of(
                            ChainFinding.Kind.CUT_OFF,
                            last + 1,
                            "a checkpoint saw events up to "
                                    + newest.sequence()
                                    + ", here they end at "
                                    + last));
        }
        return findings;
    }

    /** Whether all of them are of this whole chain, or lie past its end. */
    static boolean allowed(List<IncidentEvent> chain, List<ChainHead> anchors) {
        return anchors.stream()
                .filter(anchor -> anchor.sequence() <= chain.size())
                .allMatch(anchor -> isOf(chain, anchor));
    }

    /** Whether the whole chain has this head, or had it. */
    static boolean isOf(List<IncidentEvent> chain, ChainHead head) {
        return head.sequence() > 0
                && head.sequence() <= chain.size()
                && chain.get((int) head.sequence() - 1).head().equals(head);
    }
}
