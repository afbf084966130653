// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.audit;

import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.IncidentEvent;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether one copy of a chain can be mended from another, and into what. A witness is believed only
 * if it is whole by itself and no anchor speaks against it, and either agrees with all that the
 * broken copy still proves, or the broken copy's own head or an anchor of it names one of its
 * events: these were written elsewhere, and are witnesses too. Two histories that each hang
 * together are for a human. Immutable, pure.
 */
public final class ChainRepair {
    /** What is to be done. */
    public enum Verdict {
        /** Both copies say the same. */
        NOTHING_TO_DO,
        /** The copy is to become {@link ChainRepair#chain()}. */
        MEND,
        /** It cannot be told what happened; {@link ChainRepair#reason()} says why. */
        REFUSE
    }

    private final Verdict verdict;
    private final String reason;
    private final List<IncidentEvent> chain;

    private ChainRepair(Verdict verdict, String reason, List<IncidentEvent> chain) {
        this.verdict = verdict;
        this.reason = reason;
        this.chain = List.copyOf(chain);
    }

    /** How {@code broken} is to be mended, with {@code witness} as the copy beside it. */
    public static ChainRepair of(ChainCopy broken, ChainCopy witness) {
        if (!witness.isWhole()) {
            return refuse(
                    witness.isEmpty()
                            ? "the other copy has nothing of this incident"
                            : "the other copy is broken too: " + witness.findings().get(0));
        }
        List<IncidentEvent> truth = witness.events();
        List<IncidentEvent> proven = broken.provenPrefix();
        if (!ChainAnchors.allowed(truth, broken.anchors())) {
            return refuse("a checkpoint saw another history than the other copy tells");
        }
        if (!agrees(proven, truth)) {
            return witnesses(broken).anyMatch(head -> ChainAnchors.isOf(truth, head))
                    ? mend(truth)
                    : refuse(
                            "the copies tell different stories, and no head and no checkpoint"
                                    + " says which is true");
        }
        List<IncidentEvent> chain = proven.size() > truth.size() ? proven : truth;
        Optional<ChainHead> against =
                broken.head()
                        .filter(head -> head.sequence() > 0 && !ChainAnchors.isOf(chain, head))
                        .filter(head -> head.sequence() > proven.size());
        if (against.isPresent()) {
            return refuse(
                    "its head "
                            + against.get()
                            + " is not of the other copy's chain, which ends at "
                            + truth.size());
        }
        if (broken.anchors().stream().anyMatch(anchor -> anchor.sequence() > chain.size())) {
            return refuse("a checkpoint saw more events than both copies have: " + chain.size());
        }
        return broken.isWhole() && chain.size() == broken.events().size()
                ? new ChainRepair(Verdict.NOTHING_TO_DO, "both copies say the same", chain)
                : mend(chain);
    }

    public Verdict verdict() {
        return verdict;
    }

    /** One line. */
    public String reason() {
        return reason;
    }

    /** What the copy is to hold, whole; empty if refused. */
    public List<IncidentEvent> chain() {
        return chain;
    }

    /** Where the mended chain stands. */
    public ChainHead head() {
        return chain.isEmpty() ? ChainHead.genesis() : chain.get(chain.size() - 1).head();
    }

    /** What was written elsewhere than the events: the head, and what checkpoints saw. */
    private static Stream<ChainHead> witnesses(ChainCopy copy) {
        return Stream.concat(copy.head().stream(), copy.anchors().stream());
    }

    /** As far as both go, they have the same events. */
    private static boolean agrees(List<IncidentEvent> one, List<IncidentEvent> other) {
        int both = Math.min(one.size(), other.size());
        return one.subList(0, both).equals(other.subList(0, both));
    }

    private static ChainRepair mend(List<IncidentEvent> chain) {
        return new ChainRepair(Verdict.MEND, "events 1 to " + chain.size() + " are proven", chain);
    }

    private static ChainRepair refuse(String why) {
        return new ChainRepair(Verdict.REFUSE, why, List.of());
    }
}
