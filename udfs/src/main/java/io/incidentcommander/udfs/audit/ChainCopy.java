// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.audit;

import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.IncidentEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * One store's copy of the chain of one incident, as it was read, with all that is wrong with it.
 * Immutable.
 */
public final class ChainCopy {
    private final List<IncidentEvent> events;
    private final Optional<ChainHead> head;
    private final List<ChainHead> anchors;
    private final List<ChainFinding> findings;

    /**
     * @param events by sequence, unverified
     * @param head empty: the store has none for the incident
     * @param damaged what was found while reading, for example bytes that are no event
     */
    public ChainCopy(
            List<IncidentEvent> events, Optional<ChainHead> head, List<ChainFinding> damaged) {
        this(events, head, List.of(), damaged);
    }

    /**
     * @param events by sequence, unverified
     * @param head empty: the store has none for the incident
     * @param anchors how far completed checkpoints saw the chain
     * @param damaged what was found while reading, for example bytes that are no event
     */
    public ChainCopy(
            List<IncidentEvent> events,
            Optional<ChainHead> head,
            List<ChainHead> anchors,
            List<ChainFinding> damaged) {
        this.events = List.copyOf(events);
        this.head = head;
        this.anchors = List.copyOf(anchors);
        List<ChainFinding> all = new ArrayList<>(damaged);
        ChainHead stands = head.orElse(ChainHead.genesis());
        all.addAll(IncidentEventChain.verify(this.events, stands));
        all.addAll(ChainAnchors.verify(this.events, stands, this.anchors));
        this.findings = Collections.unmodifiableList(all);
    }

    /** As they are stored, by sequence, those that could be read. */
    public List<IncidentEvent> events() {
        return events;
    }

    public Optional<ChainHead> head() {
        return head;
    }

    /** How far completed checkpoints saw the chain. */
    public List<ChainHead> anchors() {
        return anchors;
    }

    /** Empty: the chain is whole. */
    public List<ChainFinding> findings() {
        return findings;
    }

    /** Nothing of the incident is there, not even damage. */
    public boolean isEmpty() {
        return events.isEmpty() && head.isEmpty() && anchors.isEmpty() && findings.isEmpty();
    }

    /** There is a chain, and nothing is wrong with it. */
    public boolean isWhole() {
        return !events.isEmpty() && findings.isEmpty();
    }

    /**
     * The events from the first on that hang together, each with the content that it was hashed
     * with. What comes after them is not proven.
     */
    public List<IncidentEvent> provenPrefix() {
        List<IncidentEvent> proven = new ArrayList<>();
        ChainHead last = ChainHead.genesis();
        for (IncidentEvent event : events) {
            if (event.sequence() == last.sequence() + 1
                    && event.previousHash().equals(last.hash())
                    && event.contentHash().equals(event.hash())
                    && (proven.isEmpty()
                            || event.incidentId().equals(proven.get(0).incidentId()))) {
                proven.add(event);
                last = event.head();
            }
        }
        return Collections.unmodifiableList(proven);
    }

    /** Where {@link #provenPrefix} ends. */
    public ChainHead provenHead() {
        List<IncidentEvent> proven = provenPrefix();
        return proven.isEmpty() ? ChainHead.genesis() : proven.get(proven.size() - 1).head();
    }
}
