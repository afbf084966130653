// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.udfs.audit.ChainRepair.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ChainRepairProperties {
    private static final int LENGTH = 10;
    private static final long T0 = 1_700_000_000_000L;
    private static final List<IncidentEvent> TRUE = chain("true", LENGTH);

    @Property(tries = 500)
    void whateverIsTakenOutOrDamagedComesBackAsItWas(@ForAll long seed) {
        Random random = new Random(seed);
        List<IncidentEvent> left = new ArrayList<>();
        List<ChainFinding> damage = new ArrayList<>();
        for (IncidentEvent event : TRUE) {
            switch (random.nextInt(5)) {
                case 0:
                    break;
                case 1:
                    damage.add(
                            ChainFinding.of(ChainFinding.Kind.UNREADABLE, event.sequence(), "x"));
                    break;
                case 2:
                    left.add(retitled(event));
                    break;
                default:
                    left.add(event);
            }
        }
        ChainCopy broken =
                new ChainCopy(
                        left,
                        random.nextBoolean() ? Optional.of(head(TRUE)) : Optional.empty(),
                        damage);

        ChainRepair repair = ChainRepair.of(broken, whole(TRUE));

        assertThat(repair.verdict())
                .isEqualTo(broken.isWhole() ? Verdict.NOTHING_TO_DO : Verdict.MEND);
        assertThat(repair.chain()).isEqualTo(TRUE);
    }

    @Property(tries = 200)
    void aTailThatWasRewrittenAndHashedAnewIsMendedWhereTheHeadStillSpeaksAgainstIt(
            @ForAll @IntRange(min = 1, max = LENGTH) int from) {
        ChainCopy forged = new ChainCopy(rewritten(from), Optional.of(head(TRUE)), List.of());

        ChainRepair repair = ChainRepair.of(forged, whole(TRUE));

        assertThat(forged.findings()).isNotEmpty();
        assertThat(repair.verdict()).isEqualTo(Verdict.MEND);
        assertThat(repair.chain()).isEqualTo(TRUE);
    }

    @Property(tries = 200)
    void twoWholeStoriesAreLeftToAHuman(@ForAll @IntRange(min = 1, max = LENGTH) int from) {
        ChainRepair repair = ChainRepair.of(whole(rewritten(from)), whole(TRUE));

        assertThat(repair.verdict()).isEqualTo(Verdict.REFUSE);
        assertThat(repair.chain()).isEmpty();
        assertThat(repair.reason()).contains("different stories");
    }

    @Property(tries = 200)
    void aCopyThatFellBehindIsBroughtUp(@ForAll @IntRange(max = LENGTH) int length) {
        List<IncidentEvent> some = TRUE.subList(0, length);
        ChainCopy behind =
                length == 0 ? new ChainCopy(List.of(), Optional.empty(), List.of()) : whole(some);

        ChainRepair repair = ChainRepair.of(behind, whole(TRUE));

        assertThat(repair.verdict())
                .isEqualTo(length == LENGTH ? Verdict.NOTHING_TO_DO : Verdict.MEND);
        assertThat(repair.chain()).isEqualTo(TRUE);
    }

    @Property(tries = 200)
    void whatOnlyTheBrokenCopyProvesIsNeverCutOff(
            @ForAll @IntRange(min = 1, max = LENGTH - 1) int witnessLength) {
        ChainCopy damaged =
                new ChainCopy(
                        TRUE,
                        Optional.of(head(TRUE)),
                        List.of(ChainFinding.of(ChainFinding.Kind.CHANGED_ITEM, 1, "state")));

        ChainRepair repair = ChainRepair.of(damaged, whole(TRUE.subList(0, witnessLength)));

        assertThat(repair.verdict()).isEqualTo(Verdict.MEND);
        assertThat(repair.chain()).isEqualTo(TRUE);
    }

    @Property(tries = 200)
    void aLossThatTheOtherCopyCannotMakeGoodIsRefused(
            @ForAll @IntRange(min = 1, max = LENGTH - 1) int witnessLength) {
        List<IncidentEvent> cut = TRUE.subList(0, witnessLength);
        ChainCopy lost = new ChainCopy(cut, Optional.of(head(TRUE)), List.of());

        ChainRepair repair = ChainRepair.of(lost, whole(cut));

        assertThat(repair.verdict()).isEqualTo(Verdict.REFUSE);
        assertThat(repair.reason()).contains("ends at " + witnessLength);
    }

    @Example
    void aBrokenWitnessIsNotBelieved() {
        ChainCopy gap = new ChainCopy(TRUE.subList(1, LENGTH), Optional.of(head(TRUE)), List.of());

        assertThat(ChainRepair.of(whole(TRUE), gap).verdict()).isEqualTo(Verdict.REFUSE);
        assertThat(ChainRepair.of(gap, gap).reason()).contains("broken too");
    }

    @Example
    void aHeadAloneThatWasChangedIsMended() {
        ChainHead other = new ChainHead(LENGTH, head(rewritten(LENGTH)).hash());
        ChainCopy changed = new ChainCopy(TRUE, Optional.of(other), List.of());

        assertThat(ChainRepair.of(changed, whole(TRUE)).verdict()).isEqualTo(Verdict.MEND);
        assertThat(ChainRepair.of(changed, whole(TRUE)).head()).isEqualTo(head(TRUE));
    }

    @Property(tries = 200)
    void aTailThatWasCutOffWithItsHeadIsFoundIfACheckpointSawIt(
            @ForAll @IntRange(min = 1, max = LENGTH) int anchored,
            @ForAll @IntRange(max = LENGTH) int left) {
        ChainCopy cut = cut(left, anchored);

        if (left < anchored) {
            assertThat(cut.isEmpty()).isFalse();
            assertThat(cut.findings())
                    .extracting(ChainFinding::kind, ChainFinding::sequence)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(
                                    ChainFinding.Kind.CUT_OFF, left + 1L));
        } else {
            assertThat(cut.isWhole()).isTrue();
        }
        assertThat(ChainRepair.of(cut, whole(TRUE)).chain()).isEqualTo(TRUE);
    }

    @Property(tries = 200)
    void whatACheckpointSawIsNeverMendedAway(
            @ForAll @IntRange(min = 2, max = LENGTH) int anchored,
            @ForAll @IntRange(min = 1, max = LENGTH) int from) {
        ChainCopy cut = cut(anchored - 1, anchored);

        ChainRepair shorter = ChainRepair.of(cut, whole(TRUE.subList(0, anchored - 1)));
        assertThat(shorter.verdict()).isEqualTo(Verdict.REFUSE);
        assertThat(shorter.reason()).contains("more events than both copies");
        ChainRepair forged = ChainRepair.of(cut, whole(rewritten(from)));
        assertThat(forged.verdict())
                .as("one that agrees with all that is proven is not known to be forged")
                .isEqualTo(from <= anchored ? Verdict.REFUSE : Verdict.MEND);
    }

    @Property(tries = 200)
    void oneOfTwoWholeStoriesIsBelievedIfACheckpointSawIt(
            @ForAll @IntRange(min = 1, max = LENGTH) int from) {
        List<IncidentEvent> other = rewritten(from);
        ChainCopy forged =
                new ChainCopy(other, Optional.of(head(other)), List.of(head(TRUE)), List.of());

        assertThat(forged.findings())
                .extracting(ChainFinding::kind)
                .containsExactly(ChainFinding.Kind.CONTRADICTS_ANCHOR);
        ChainRepair repair = ChainRepair.of(forged, whole(TRUE));
        assertThat(repair.verdict()).isEqualTo(Verdict.MEND);
        assertThat(repair.chain()).isEqualTo(TRUE);
    }

    /** So many events and their head, with an anchor of one that may be gone. */
    private static ChainCopy cut(int left, int anchored) {
        List<IncidentEvent> some = TRUE.subList(0, left);
        return new ChainCopy(
                some,
                left == 0 ? Optional.empty() : Optional.of(head(some)),
                List.of(TRUE.get(anchored - 1).head()),
                List.of());
    }

    private static List<IncidentEvent> rewritten(int from) {
        List<IncidentEvent> events = new ArrayList<>(TRUE.subList(0, from - 1));
        ChainHead head = from == 1 ? ChainHead.genesis() : head(events);
        while (events.size() < LENGTH) {
            IncidentEvent event = next(head, "forged");
            events.add(event);
            head = event.head();
        }
        return events;
    }

    /** Another content under the old hash. */
    private static IncidentEvent retitled(IncidentEvent event) {
        try {
            IncidentEvent other =
                    IncidentEvent.of(
                            event.incident().toBuilder().title("changed").build(),
                            event.kind(),
                            event.eventTimeMillis(),
                            event.agent(),
                            event.cause(),
                            event.causingAlerts(),
                            event.previousHash());
            return IncidentEvent.stored(other.canonical(), event.hash());
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static ChainCopy whole(List<IncidentEvent> events) {
        return new ChainCopy(events, Optional.of(head(events)), List.of());
    }

    private static ChainHead head(List<IncidentEvent> events) {
        return events.get(events.size() - 1).head();
    }

    private static List<IncidentEvent> chain(String title, int length) {
        List<IncidentEvent> events = new ArrayList<>();
        ChainHead head = ChainHead.genesis();
        while (events.size() < length) {
            IncidentEvent event = next(head, title);
            events.add(event);
            head = event.head();
        }
        return List.copyOf(events);
    }

    private static IncidentEvent next(ChainHead head, String title) {
        return IncidentEventChain.next(
                head,
                head.sequence() == 0 ? IncidentEventKind.OPENED : IncidentEventKind.UPDATED,
                Incident.builder()
                        .incidentId("00")
                        .tenant("acme")
                        .severity(Severity.HIGH)
                        .openedAtMillis(T0)
                        .updatedAtMillis(T0 + head.sequence())
                        .title(title)
                        .build(),
                T0 + head.sequence(),
                "lifecycle",
                title,
                List.of());
    }
}
