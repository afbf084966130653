// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.audit;

import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.lifecycle.Incident;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The hash chain over the events of one incident: each event's hash covers the hash of the one
 * before, so that no event can be changed, moved or taken out unnoticed while the head is known.
 * Pure functions.
 */
public final class IncidentEventChain {
    /** Length of a cause, at most, in chars. */
    public static final int MAX_CAUSE = 1024;

    private IncidentEventChain() {}

    /**
     * The event after {@code previous}.
     *
     * @param previous the head of the incident's chain; {@link ChainHead#genesis} for a new one
     * @param after the incident after the change; gets the next sequence
     * @param eventTimeMillis when it changed, event time, epoch milliseconds
     * @param agent the id of the agent, or the word of the stage, that changed it
     * @param cause for humans; made one line of {@value #MAX_CAUSE} chars at most
     * @param causingAlerts of which the first {@link IncidentEvent#MAX_CAUSING_ALERTS} are kept
     */
    public static IncidentEvent next(
            ChainHead previous,
            IncidentEventKind kind,
            Incident after,
            long eventTimeMillis,
            String agent,
            String cause,
            Collection<AlertId> causingAlerts) {
        List<AlertId> kept = new ArrayList<>();
        for (AlertId alert : causingAlerts) {
            if (kept.size() == IncidentEvent.MAX_CAUSING_ALERTS) {
                break;
            }
            kept.add(alert);
        }
        return IncidentEvent.of(
                after.toBuilder().sequence(previous.sequence() + 1).build(),
                kind,
                eventTimeMillis,
                agent,
                oneLine(cause),
                kept,
                previous.hash());
    }

    /**
     * What is wrong with these events as the whole chain of one incident, in the order given; empty
     * if nothing is. Events cut off at the end show only against a head: see the other method.
     */
    public static List<ChainFinding> verify(List<IncidentEvent> events) {
        List<ChainFinding> findings = new ArrayList<>();
        TreeMap<Long, IncidentEvent> bySequence = new TreeMap<>();
        for (IncidentEvent event : events) {
            checkPlace(event, events.get(0), bySequence, findings);
            bySequence.putIfAbsent(event.sequence(), event);
        }
        for (IncidentEvent event : events) {
            checkContent(event, bySequence, findings);
        }
        checkGaps(bySequence, findings);
        return findings;
    }

    /** As above, and the last event must be the one that {@code head} names. */
    public static List<ChainFinding> verify(List<IncidentEvent> events, ChainHead head) {
        List<ChainFinding> findings = verify(events);
        ChainHead last = ChainHead.genesis();
        for (IncidentEvent event : events) {
            last = event.sequence() > last.sequence() ? event.head() : last;
        }
        if (last.sequence() < head.sequence()) {
            findings.add(gap(last.sequence() + 1, head.sequence()));
        } else if (!last.equals(head)) {
            findings.add(
                    new ChainFinding(
                            ChainFinding.Kind.WRONG_HEAD,
                            last.sequence(),
                            "the head is " + head + ", the last event " + last));
        }
        return findings;
    }

    private static void checkPlace(
            IncidentEvent event,
            IncidentEvent first,
            TreeMap<Long, IncidentEvent> before,
            List<ChainFinding> findings) {
        long sequence = event.sequence();
        if (!event.incidentId().equals(first.incidentId())
                || !event.tenant().equals(first.tenant())) {
            findings.add(
                    new ChainFinding(
                            ChainFinding.Kind.FOREIGN_EVENT,
                            sequence,
                            "belongs to "
                                    + event.tenant()
                                    + "/"
                                    + event.incidentId()
                                    + ", the chain to "
                                    + first.tenant()
                                    + "/"
                                    + first.incidentId()));
        }
        if (before.containsKey(sequence)) {
            findings.add(
                    new ChainFinding(
                            ChainFinding.Kind.REPEATED_SEQUENCE,
                            sequence,
                            "occurs more than once"));
        } else if (!before.isEmpty() && before.lastKey() > sequence) {
            findings.add(
                    new ChainFinding(
                            ChainFinding.Kind.REORDERING,
                            sequence,
                            "comes after " + before.lastKey()));
        }
    }

    private static void checkContent(
            IncidentEvent event,
            TreeMap<Long, IncidentEvent> bySequence,
            List<ChainFinding> findings) {
        String contentHash = event.contentHash();
        if (!contentHash.equals(event.hash())) {
            findings.add(
                    new ChainFinding(
                            ChainFinding.Kind.CHANGED_CONTENT,
                            event.sequence(),
                            "the content hashes to " + contentHash + ", not to " + event.hash()));
        }
        IncidentEvent predecessor = bySequence.get(event.sequence() - 1);
        boolean first = event.sequence() == 1;
        if (!first && predecessor == null) {
            return; // A gap, which is a finding of its own.
        }
        String expected = first ? ChainHead.GENESIS_HASH : predecessor.hash();
        if (!expected.equals(event.previousHash())) {
            findings.add(
                    new ChainFinding(
                            ChainFinding.Kind.WRONG_PREDECESSOR,
                            event.sequence(),
                            "follows " + event.previousHash() + ", but there is " + expected));
        }
    }

    private static void checkGaps(
            TreeMap<Long, IncidentEvent> bySequence, List<ChainFinding> findings) {
        long expected = 1;
        for (Map.Entry<Long, IncidentEvent> event : bySequence.entrySet()) {
            if (event.getKey() > expected) {
                findings.add(gap(expected, event.getKey() - 1));
            }
            expected = event.getKey() + 1;
        }
    }

    private static ChainFinding gap(long from, long to) {
        String which =
                from == to
                        ? "event " + from + " is missing"
                        : "events " + from + " to " + to + " are missing";
        return new ChainFinding(ChainFinding.Kind.GAP, from, which);
    }

    private static String oneLine(String cause) {
        String line = cause.replaceAll("\\p{Cntrl}+", " ").strip();
        if (line.length() <= MAX_CAUSE) {
            return line;
        }
        int end = Character.isHighSurrogate(line.charAt(MAX_CAUSE - 1)) ? MAX_CAUSE - 1 : MAX_CAUSE;
        return line.substring(0, end);
    }
}
