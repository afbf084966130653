// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.communication.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.communication.ChannelKind;
import io.incidentcommander.model.communication.Contact;
import io.incidentcommander.model.communication.IncidentBrief;
import io.incidentcommander.model.communication.MessageAction;
import io.incidentcommander.model.communication.Notice;
import io.incidentcommander.model.communication.QuietHours;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.IncidentState;
import io.incidentcommander.udfs.communication.template.MessageTemplates;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of a channel whatever is to be told, in whatever order it comes. */
class ChannelPlannerProperties {
    private static final long START = 1_700_000_000_000L;

    private final ChannelPlanner planner = new ChannelPlanner(ChannelRules.defaults());

    @Property(tries = 150)
    void nobodyGetsMoreThanTheLimit(@ForAll("storms") Storm storm) {
        List<Sent> sent = run(storm, false);
        Pace pace = ChannelHabits.of(storm.kind).pace();
        for (int i = 0; i < sent.size(); i++) {
            for (int j = i; j < sent.size(); j++) {
                long window = sent.get(j).at - sent.get(i).at;
                assertThat(j - i + 1L)
                        .as("messages in %d ms", window)
                        .isLessThanOrEqualTo(pace.burst() + window / pace.intervalMillis());
            }
        }
    }

    @Property(tries = 150)
    void nobodyIsLeftWithAStaleUpdateAndNoneGoesBack(@ForAll("storms") Storm storm) {
        Map<String, IncidentBrief> newest = new HashMap<>();
        for (Step step : storm.steps) {
            newest.merge(
                    step.notice.thread(),
                    step.notice.brief(),
                    (a, b) -> b.sequence() > a.sequence() ? b : a);
        }
        Map<String, IncidentBrief> read = new HashMap<>();
        for (Sent message : run(storm, false)) {
            for (Departure.Item item : message.departure.items()) {
                String thread = new Notice(message.departure.contact(), item.brief()).thread();
                IncidentBrief before = read.put(thread, item.brief());
                if (before != null) {
                    assertThat(item.brief().sequence()).isGreaterThan(before.sequence());
                }
            }
        }
        newest.forEach(
                (thread, brief) -> {
                    assertThat(read.get(thread).deduplicationKey())
                            .isEqualTo(brief.deduplicationKey());
                    if (storm.kind != ChannelKind.EMAIL) {
                        assertThat(read.get(thread).saysTheSame(brief)).isTrue();
                    }
                });
    }

    @Property(tries = 100)
    void nobodyIsCalledForWhatHasEnded(@ForAll("storms") Storm storm) {
        for (Sent message : run(storm, false)) {
            MessageAction action = MessageTemplates.write(message.departure, message.at).action();
            for (Departure.Item item : message.departure.items()) {
                if (item.brief().state() == IncidentState.RESOLVED
                        && message.departure.items().size() == 1) {
                    assertThat(action).isEqualTo(MessageAction.RESOLVE);
                }
            }
        }
    }

    @Example
    void aPlanThatWasRolledBackClosesWhatItOpened() {
        Contact pager = new Contact(ChannelKind.PAGERDUTY, "ops", Optional.empty());
        Notice opened = new Notice(pager, IncidentBrief.of("t", "i", 1).build());
        Notice had = new Notice(pager, IncidentBrief.of("t", "i", 2).acknowledgedBy("ann").build());
        Notice ended =
                new Notice(
                        pager, IncidentBrief.of("t", "i", 3).state(IncidentState.RESOLVED).build());
        assertThat(actions(new MapPlanBook(), opened)).containsExactly(MessageAction.ANNOUNCE);
        MapPlanBook rolledBack = new MapPlanBook();
        assertThat(planner.accept(rolledBack, opened, START)).isEqualTo(NoticeOutcome.QUEUED);
        assertThat(actions(rolledBack, had)).containsExactly(MessageAction.ACKNOWLEDGE);
        rolledBack = new MapPlanBook();
        assertThat(planner.accept(rolledBack, opened, START)).isEqualTo(NoticeOutcome.QUEUED);
        assertThat(actions(rolledBack, ended)).containsExactly(MessageAction.RESOLVE);
    }

    private List<MessageAction> actions(MapPlanBook book, Notice notice) {
        planner.accept(book, notice, START);
        return planner.dispatch(book, START + 10_000).departures().stream()
                .map(departure -> MessageTemplates.write(departure, START).action())
                .collect(Collectors.toList());
    }

    @Property(tries = 150)
    void nothingIsToldTwiceInFiveMinutes(@ForAll("storms") Storm storm) {
        Map<String, Long> told = new HashMap<>();
        Set<String> sequences = new HashSet<>();
        for (Sent message : run(storm, false)) {
            String contact = message.departure.contact().address();
            for (Departure.Item item : message.departure.items()) {
                assertThat(sequences.add(contact + "|" + item.brief())).isTrue();
                Long before = told.put(contact + "|" + item.brief().deduplicationKey(), message.at);
                if (before != null) {
                    assertThat(message.at - before)
                            .isGreaterThanOrEqualTo(ChannelRules.defaults().deduplicationMillis());
                }
            }
        }
    }

    @Property(tries = 100)
    void restoresChangeNothing(@ForAll("storms") Storm storm) {
        assertThat(words(run(storm, true))).isEqualTo(words(run(storm, false)));
    }

    @Property(tries = 100)
    void sleepersHearOfCriticalAlone(@ForAll("storms") Storm storm) {
        for (Sent message : run(storm, false)) {
            Optional<QuietHours> quiet = message.departure.contact().quiet();
            if (quiet.isPresent() && QuietTimes.isQuiet(quiet.get(), message.at)) {
                assertThat(message.departure.items())
                        .allMatch(item -> item.brief().severity() == Severity.CRITICAL);
            }
        }
    }

    @Property(tries = 50)
    void everythingEnds(@ForAll("storms") Storm storm) {
        MapPlanBook book = new MapPlanBook();
        List<Sent> sent = new ArrayList<>();
        drive(storm, book, false, sent);
        assertThat(planner.sweep(book, START + 100 * 24 * 3_600_000L)).isFalse();
        assertThat(book.threads()).isEmpty();
    }

    private List<Sent> run(Storm storm, boolean restores) {
        List<Sent> sent = new ArrayList<>();
        drive(storm, new MapPlanBook(), restores, sent);
        return sent;
    }

    private void drive(Storm storm, MapPlanBook first, boolean restores, List<Sent> sent) {
        MapPlanBook book = first;
        Optional<Long> wakeUp = Optional.empty();
        long now = START;
        for (Step step : storm.steps) {
            now += step.waitMillis;
            wakeUp = timers(book, wakeUp, now, sent);
            planner.accept(book, step.notice, now);
            wakeUp = dispatch(book, now, sent);
            book = restores ? book.restored() : book;
        }
        wakeUp = timers(book, wakeUp, Long.MAX_VALUE, sent);
        assertThat(wakeUp).isEmpty();
        assertThat(book.waiting()).isEmpty();
    }

    private Optional<Long> dispatch(MapPlanBook book, long now, List<Sent> sent) {
        Dispatch dispatch = planner.dispatch(book, now);
        dispatch.departures().forEach(d -> sent.add(new Sent(now, d)));
        return dispatch.wakeUpAt();
    }

    private Optional<Long> timers(
            MapPlanBook book, Optional<Long> first, long until, List<Sent> sent) {
        Optional<Long> wakeUp = first;
        while (wakeUp.isPresent() && wakeUp.get() <= until) {
            long at = wakeUp.get();
            wakeUp = dispatch(book, at, sent);
            assertThat(wakeUp.orElse(Long.MAX_VALUE)).isGreaterThan(at);
        }
        return wakeUp;
    }

    private static List<String> words(List<Sent> sent) {
        List<String> words = new ArrayList<>();
        for (Sent message : sent) {
            message.departure
                    .items()
                    .forEach(i -> words.add(message.at + " " + i.brief() + i.news()));
        }
        return words;
    }

    @Provide
    Arbitrary<Storm> storms() {
        return Arbitraries.of(ChannelKind.class)
                .flatMap(
                        kind ->
                                steps(kind)
                                        .list()
                                        .ofMinSize(1)
                                        .ofMaxSize(120)
                                        .map(steps -> new Storm(kind, steps)));
    }

    private static Arbitrary<Step> steps(ChannelKind kind) {
        Arbitrary<Contact> contacts =
                Combinators.combine(Arbitraries.integers().between(0, 2), quiet())
                        .as((who, quiet) -> new Contact(kind, name(kind, who), sleeps(who, quiet)));
        Arbitrary<IncidentBrief> briefs =
                Combinators.combine(
                                Arbitraries.integers().between(0, 25),
                                Arbitraries.longs().between(0, 12))
                        .as(ChannelPlannerProperties::brief);
        Arbitrary<Long> waits = Arbitraries.of(0L, 0L, 0L, 10L, 300L, 1_000L, 9_000L, 250_000L);
        return Combinators.combine(contacts, briefs, waits)
                .as((contact, brief, wait) -> new Step(new Notice(contact, brief), wait));
    }

    private static Arbitrary<ZoneId> quiet() {
        return Arbitraries.of(ZoneId.of("Europe/Berlin"), ZoneId.of("Australia/Lord_Howe"));
    }

    /** Of a Slack channel or an integration there is one; mail has several receivers. */
    private static String name(ChannelKind kind, int who) {
        return kind == ChannelKind.EMAIL ? "p" + who + "@example.org" : "ops";
    }

    private static Optional<QuietHours> sleeps(int who, ZoneId zone) {
        return who == 0 ? Optional.of(new QuietHours(zone, 22 * 60, 7 * 60)) : Optional.empty();
    }

    /** The same incident and sequence always say the same, whoever sends them again. */
    private static IncidentBrief brief(int incident, long sequence) {
        int mixed = (int) ((incident * 31 + sequence * 17) % 7);
        return IncidentBrief.of("t", "i" + incident, sequence)
                .severity(Severity.values()[2 + mixed % 3])
                .state(sequence > 10 ? IncidentState.RESOLVED : IncidentState.values()[mixed % 3])
                .impact("impact " + sequence / 2)
                .news("news " + sequence)
                .build();
    }

    private static final class Storm {
        private final ChannelKind kind;
        private final List<Step> steps;

        Storm(ChannelKind kind, List<Step> steps) {
            this.kind = kind;
            this.steps = steps;
        }

        @Override
        public String toString() {
            return kind + " " + steps;
        }
    }

    private static final class Step {
        private final Notice notice;
        private final long waitMillis;

        Step(Notice notice, long waitMillis) {
            this.notice = notice;
            this.waitMillis = waitMillis;
        }

        @Override
        public String toString() {
            return "+" + waitMillis + " " + notice;
        }
    }

    private static final class Sent {
        private final long at;
        private final Departure departure;

        Sent(long at, Departure departure) {
            this.at = at;
            this.departure = departure;
        }
    }
}
