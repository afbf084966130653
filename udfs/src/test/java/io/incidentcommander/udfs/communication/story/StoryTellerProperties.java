// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.communication.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.communication.IncidentBrief;
import io.incidentcommander.model.communication.IncidentNews;
import io.incidentcommander.model.communication.IncidentStory;
import io.incidentcommander.model.communication.NewsSource;
import io.incidentcommander.model.lifecycle.IncidentState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StoryTellerProperties {
    private static final long T = 1_700_000_000_000L;

    private static IncidentNews news(NewsSource source, long sequence, IncidentState state) {
        return new IncidentNews(
                source,
                T + sequence,
                IncidentBrief.of("t", "i", sequence)
                        .state(state)
                        .cause(source + " " + sequence)
                        .build());
    }

    @Provide
    Arbitrary<List<IncidentNews>> deliveries() {
        // No incident that comes back: that depends on when it was heard of, as it should.
        return Combinators.combine(
                        Arbitraries.of(NewsSource.class), Arbitraries.longs().between(1, 5))
                .as((source, sequence) -> news(source, sequence, IncidentState.DETECTED))
                .list()
                .ofMaxSize(30);
    }

    /**
     * The order, repeats and stale ones between them change nothing of what is known at the end.
     */
    @Property(tries = 300)
    void theEndOfTheStoryDoesNotDependOnTheOrder(
            @ForAll("deliveries") List<IncidentNews> news, @ForAll long seed) {
        List<IncidentNews> shuffled = new ArrayList<>(news);
        java.util.Collections.shuffle(shuffled, new java.util.Random(seed));
        shuffled.addAll(news);
        assertThat(told(shuffled)).isEqualTo(told(news));
    }

    /** What is told has a higher sequence than what was told before: a sink can tell stale ones. */
    @Property(tries = 300)
    void sequencesOnlyGrow(@ForAll("deliveries") List<IncidentNews> news) {
        IncidentStory story = IncidentStory.empty();
        long last = 0;
        for (IncidentNews one : news) {
            Optional<IncidentStory> next = story.with(one);
            if (next.isPresent()) {
                story = next.get();
                assertThat(story.sequence()).isGreaterThan(last);
                last = story.sequence();
            }
        }
    }

    private static IncidentStory told(List<IncidentNews> news) {
        IncidentStory story = IncidentStory.empty();
        for (IncidentNews one : news) {
            story = story.with(one).orElse(story);
        }
        return story;
    }

    @Example
    void aDecisionIsToldUntilTheIncidentComesBack() {
        IncidentNews decision =
                new IncidentNews(
                        NewsSource.DECISION,
                        T + 1,
                        IncidentBrief.of("t", "i", 1)
                                .state(IncidentState.ESCALATED)
                                .nextStep("a human decides")
                                .build());
        IncidentStory story =
                told(List.of(news(NewsSource.INCIDENT, 1, IncidentState.DETECTED), decision));
        IncidentBrief brief = StoryTeller.tell(story, decision).get();
        assertThat(brief.state()).isEqualTo(IncidentState.ESCALATED);
        assertThat(brief.nextStep()).isEqualTo("a human decides");

        IncidentNews end = news(NewsSource.INCIDENT, 2, IncidentState.RESOLVED);
        IncidentNews back = news(NewsSource.INCIDENT, 3, IncidentState.DETECTED);
        story = story.with(end).get();
        assertThat(StoryTeller.tell(story, end).get().nextStep()).as("of what has ended").isEmpty();
        story = story.with(back).get();
        brief = StoryTeller.tell(story, back).get();
        assertThat(brief.state()).isEqualTo(IncidentState.DETECTED);
        assertThat(brief.nextStep()).isEmpty();
        assertThat(brief.sequence()).isEqualTo(4);
    }
}
