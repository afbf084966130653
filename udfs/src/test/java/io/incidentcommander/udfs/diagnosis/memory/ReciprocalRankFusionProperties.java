// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.incidentcommander.model.diagnosis.MemoryHit;
import io.incidentcommander.model.lifecycle.IncidentType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class ReciprocalRankFusionProperties {
    private final ReciprocalRankFusion fusion = new ReciprocalRankFusion();

    @Example
    void scoresAsInThePaper() {
        List<MemoryHit> fused = fusion.fuse(List.of(hits("a", "b"), hits("b", "c")), 5);

        assertThat(ids(fused)).containsExactly("b", "a", "c");
        assertThat(fused.get(0).score()).isCloseTo(1 / 62.0 + 1 / 61.0, within(1e-12));
        assertThat(fused.get(1).score()).isCloseTo(1 / 61.0, within(1e-12));
    }

    @Example
    void aPatternThatARankingHasTwiceCountsOnceAtItsFirstPlace() {
        List<MemoryHit> fused = fusion.fuse(List.of(hits("a", "b", "b", "c")), 5);

        assertThat(ids(fused)).containsExactly("a", "b", "c");
        assertThat(fused.get(1).score()).isCloseTo(1 / 62.0, within(1e-12));
        assertThat(fused.get(2).score()).isCloseTo(1 / 63.0, within(1e-12));
    }

    @Property
    void theOrderOfTheRankingsPlaysNoPart(
            @ForAll("rankings") List<List<String>> rankings, @ForAll @IntRange(max = 8) int most) {
        List<List<MemoryHit>> forward = all(rankings);
        List<List<MemoryHit>> backward = new ArrayList<>(forward);
        Collections.reverse(backward);

        assertThat(ids(fusion.fuse(backward, most))).isEqualTo(ids(fusion.fuse(forward, most)));
    }

    @Property
    void everyPatternIsThereOnceAndNoneIsMadeUp(@ForAll("rankings") List<List<String>> rankings) {
        Set<String> known = new HashSet<>();
        rankings.forEach(known::addAll);

        assertThat(ids(fusion.fuse(all(rankings), 1_000)))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(known);
    }

    /** A pattern that is nowhere behind another, and somewhere before it, comes before it. */
    @Property
    void whoIsAheadEverywhereIsAheadInTheEnd(@ForAll("rankings") List<List<String>> rankings) {
        List<String> fused = ids(fusion.fuse(all(rankings), 1_000));
        for (String one : fused) {
            for (String other : fused) {
                if (!one.equals(other)
                        && rankings.stream().allMatch(r -> place(r, one) <= place(r, other))
                        && rankings.stream().anyMatch(r -> place(r, one) < place(r, other))) {
                    assertThat(fused.indexOf(one)).isLessThan(fused.indexOf(other));
                }
            }
        }
    }

    @Property
    void fewerWantedAreTheFirstOfMore(
            @ForAll("rankings") List<List<String>> rankings, @ForAll @IntRange(max = 8) int most) {
        List<String> more = ids(fusion.fuse(all(rankings), 1_000));

        assertThat(ids(fusion.fuse(all(rankings), most)))
                .isEqualTo(more.subList(0, Math.min(most, more.size())));
    }

    @Property
    void oneRankingKeepsItsOrder(@ForAll("ranking") List<String> ranking) {
        assertThat(ids(fusion.fuse(all(List.of(ranking)), 1_000))).isEqualTo(ranking);
    }

    @Property
    void whereWordsLeadTheyComeFirstAndOthersFillUp(
            @ForAll("ranking") List<String> meaning, @ForAll("ranking") List<String> words) {
        List<String> expected = new ArrayList<>(words);
        meaning.stream().filter(id -> !words.contains(id)).forEach(expected::add);

        List<MemoryHit> led = new WordsLead().fuse(all(List.of(meaning, words)), 1_000);
        assertThat(ids(led)).isEqualTo(expected);
        assertThat(led).extracting(MemoryHit::score).isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(new WordsLead().fuse(List.of(), 5)).isEmpty();
    }

    @Provide
    Arbitrary<List<String>> ranking() {
        return Arbitraries.strings().withCharRange('a', 'j').ofLength(1).list().uniqueElements();
    }

    @Provide
    Arbitrary<List<List<String>>> rankings() {
        return ranking().list().ofMaxSize(4);
    }

    private static int place(List<String> ranking, String id) {
        int at = ranking.indexOf(id);
        return at < 0 ? Integer.MAX_VALUE : at;
    }

    private static List<List<MemoryHit>> all(List<List<String>> rankings) {
        return rankings.stream()
                .map(r -> hits(r.toArray(String[]::new)))
                .collect(Collectors.toList());
    }

    private static List<MemoryHit> hits(String... ids) {
        List<MemoryHit> hits = new ArrayList<>();
        for (String id : ids) {
            hits.add(
                    new MemoryHit(
                            id, "", IncidentType.UNKNOWN, List.of(), "", "", "", 1, 0, 99, 0));
        }
        return hits;
    }

    private static List<String> ids(List<MemoryHit> hits) {
        return hits.stream().map(MemoryHit::patternId).collect(Collectors.toList());
    }
}
