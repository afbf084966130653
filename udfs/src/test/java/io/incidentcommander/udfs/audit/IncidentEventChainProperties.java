// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.udfs.audit.ChainFinding.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class IncidentEventChainProperties {
    private static final int LENGTH = 12;
    private static final long T0 = 1_700_000_000_000L;

    @Example
    void anIntactChainHasNoFindings() {
        List<IncidentEvent> events = chain(LENGTH);

        assertThat(IncidentEventChain.verify(events, events.get(LENGTH - 1).head())).isEmpty();
        assertThat(IncidentEventChain.verify(List.of(), ChainHead.genesis())).isEmpty();
    }

    @Property
    void anyChangedByteThatStillReadsAsAnEventIsFound(
            @ForAll @IntRange(max = LENGTH - 1) int index,
            @ForAll @IntRange(max = 400) int at,
            @ForAll @IntRange(min = 1, max = 255) int difference) {
        List<IncidentEvent> events = chain(LENGTH);
        IncidentEvent original = events.get(index);
        byte[] bytes = original.canonical();
        bytes[at % bytes.length] ^= (byte) difference;
        IncidentEvent changed;
        try {
            changed = IncidentEvent.stored(bytes, original.hash());
        } catch (IOException unreadable) {
            return;
        }
        if (changed.equals(original)) {
            return; // Another spelling of the same content, such as one more invalid byte.
        }
        events.set(index, changed);

        assertThat(kinds(IncidentEventChain.verify(events))).contains(Kind.CHANGED_CONTENT);
    }

    @Property
    void aChangedEventThatWasHashedAnewIsFoundByItsSuccessorOrTheHead(
            @ForAll @IntRange(max = LENGTH - 1) int index) {
        List<IncidentEvent> events = chain(LENGTH);
        ChainHead head = events.get(LENGTH - 1).head();
        IncidentEvent original = events.get(index);
        events.set(index, forged(original));

        List<ChainFinding> findings = IncidentEventChain.verify(events, head);

        if (index == LENGTH - 1) {
            assertThat(kinds(findings)).containsExactly(Kind.WRONG_HEAD);
        } else {
            assertThat(kinds(findings)).containsExactly(Kind.WRONG_PREDECESSOR);
            assertThat(findings.get(0).sequence()).isEqualTo(index + 2);
        }
    }

    @Property
    void anySwapIsFoundAsReorderingAndNothingElse(
            @ForAll @IntRange(max = LENGTH - 1) int one,
            @ForAll @IntRange(max = LENGTH - 1) int other) {
        List<IncidentEvent> events = chain(LENGTH);
        Collections.swap(events, one, other);

        List<Kind> kinds = kinds(IncidentEventChain.verify(events));

        if (one == other) {
            assertThat(kinds).isEmpty();
        } else {
            assertThat(kinds).isNotEmpty().containsOnly(Kind.REORDERING);
        }
    }

    @Property
    void anyRemovalIsFoundAsAGapThatNamesTheSequence(
            @ForAll @IntRange(max = LENGTH - 1) int index) {
        List<IncidentEvent> events = chain(LENGTH);
        ChainHead head = events.get(LENGTH - 1).head();
        events.remove(index);

        List<ChainFinding> findings = IncidentEventChain.verify(events, head);

        assertThat(kinds(findings)).containsExactly(Kind.GAP);
        assertThat(findings.get(0).sequence()).isEqualTo(index + 1);
    }

    @Property
    void anyRepetitionIsFound(@ForAll @IntRange(max = LENGTH - 1) int index) {
        List<IncidentEvent> events = chain(LENGTH);
        events.add(index, events.get(index));

        assertThat(kinds(IncidentEventChain.verify(events)))
                .containsExactly(Kind.REPEATED_SEQUENCE);
    }

    @Property
    void anEventOfAnotherIncidentIsFound(@ForAll @IntRange(min = 1, max = LENGTH - 1) int index) {
        List<IncidentEvent> events = chain(LENGTH);
        events.set(index, chain("11", LENGTH).get(index));

        assertThat(kinds(IncidentEventChain.verify(events))).contains(Kind.FOREIGN_EVENT);
    }

    @Example
    void aSequenceOfAnyHeightDoesNotTireTheVerifier() {
        Incident far = incident("00").toBuilder().sequence(Long.MAX_VALUE).build();
        IncidentEvent event =
                IncidentEvent.of(
                        far,
                        IncidentEventKind.UPDATED,
                        T0,
                        "lifecycle",
                        "far",
                        List.of(),
                        ChainHead.GENESIS_HASH);

        assertThat(kinds(IncidentEventChain.verify(List.of(event)))).containsExactly(Kind.GAP);
    }

    @Example
    void theNextEventIsOneLineAndKeepsTheFirstFiftyAlerts() {
        List<AlertId> alerts = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            alerts.add(new AlertId("s", "0", i, 0));
        }
        IncidentEvent event =
                IncidentEventChain.next(
                        ChainHead.genesis(),
                        IncidentEventKind.OPENED,
                        incident("00"),
                        T0,
                        "lifecycle",
                        "first\nsecond\r\n" + "x".repeat(5000),
                        alerts);

        assertThat(event.cause()).startsWith("first second x").hasSize(1024);
        assertThat(event.causingAlerts()).isEqualTo(alerts.subList(0, 50));
        assertThat(event.sequence()).isEqualTo(1);
        assertThat(event.previousHash()).isEqualTo("0".repeat(64));
    }

    private static IncidentEvent forged(IncidentEvent original) {
        return IncidentEvent.of(
                original.incident(),
                original.kind(),
                original.eventTimeMillis(),
                original.agent(),
                original.cause() + " and nothing else",
                original.causingAlerts(),
                original.previousHash());
    }

    private static List<Kind> kinds(List<ChainFinding> findings) {
        return findings.stream().map(ChainFinding::kind).collect(Collectors.toList());
    }

    private static List<IncidentEvent> chain(int length) {
        return chain("00", length);
    }

    private static List<IncidentEvent> chain(String id, int length) {
        List<IncidentEvent> events = new ArrayList<>();
        ChainHead head = ChainHead.genesis();
        for (int i = 0; i < length; i++) {
            IncidentEvent event =
                    IncidentEventChain.next(
                            head,
                            i == 0 ? IncidentEventKind.OPENED : IncidentEventKind.UPDATED,
                            incident(id),
                            T0 + i,
                            "lifecycle",
                            "alert " + i,
                            List.of(new AlertId("cloudwatch", "shard-0", i, 0)));
            events.add(event);
            head = event.head();
        }
        return events;
    }

    private static Incident incident(String id) {
        return Incident.builder()
                .incidentId(id)
                .tenant("acme")
                .severity(Severity.HIGH)
                .services(List.of("orders", "db"))
                .openedAtMillis(T0)
                .updatedAtMillis(T0)
                .title("orders is slow")
                .build();
    }
}
