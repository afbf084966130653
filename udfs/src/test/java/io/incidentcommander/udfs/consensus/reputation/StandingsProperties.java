// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.reputation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.incidentcommander.model.consensus.reputation.AgentStanding;
import io.incidentcommander.model.consensus.reputation.Evidence;
import io.incidentcommander.model.consensus.reputation.JudgedOutcome;
import io.incidentcommander.model.consensus.reputation.OutcomeVerdict;
import io.incidentcommander.model.consensus.reputation.TrustPhase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of standings whatever is reported, in whatever order. */
class StandingsProperties {
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long START = 1_700_000_000_000L;

    private final Standings rules = new Standings(StandingPolicy.defaults());

    @Property(tries = 300)
    void reputationStaysInBoundsAndSuspicionToo(
            @ForAll("outcomes") List<JudgedOutcome> outcomes,
            @ForAll("evidences") List<Evidence> evidence,
            @ForAll long now) {
        AgentStanding standing = reported(outcomes, evidence);
        assertThat(rules.reputation(standing, now).value()).isBetween(0.0, 1.0);
        assertThat(rules.suspicion(standing, now).points()).isBetween(0.0, 100.0);
        assertThat(rules.powerFactor(standing, now)).isBetween(0.0, 1.0);
        assertThat(standing.outcomes()).hasSizeLessThanOrEqualTo(64);
        assertThat(standing.evidence()).hasSizeLessThanOrEqualTo(32);
    }

    @Property(tries = 300)
    void orderAndRepetitionOfReportsDoNotMatter(
            @ForAll("outcomes") List<JudgedOutcome> outcomes,
            @ForAll("evidences") List<Evidence> evidence,
            @ForAll long seed) {
        List<JudgedOutcome> shuffled = new ArrayList<>(outcomes);
        shuffled.addAll(outcomes.subList(0, outcomes.size() / 2));
        Collections.shuffle(shuffled, new Random(seed));
        List<Evidence> shuffledEvidence = new ArrayList<>(evidence);
        shuffledEvidence.addAll(evidence.subList(0, evidence.size() / 2));
        Collections.shuffle(shuffledEvidence, new Random(seed));
        assertThat(reported(shuffled, shuffledEvidence)).isEqualTo(reported(outcomes, evidence));
    }

    @Example
    void ofReportsThatFadeToTheSameItDoesNotMatterWhichCameFirst() {
        Evidence earlier = new Evidence("e", "kind", 1.16, START);
        Evidence later = new Evidence("e", "kind", 0.58, START + 24 * HOUR); // a half-life

        assertThat(reported(List.of(), List.of(later, earlier)))
                .isEqualTo(reported(List.of(), List.of(earlier, later)));
    }

    @Property(tries = 300)
    void suspicionIsMonotoneInEvidence(
            @ForAll("outcomes") List<JudgedOutcome> outcomes,
            @ForAll("evidences") List<Evidence> evidence,
            @ForAll("evidence") Evidence more) {
        AgentStanding before = reported(outcomes, evidence);
        AgentStanding after = rules.suspected(before, more).standing();
        long now = START + 100 * HOUR;
        assertThat(rules.suspicion(after, now))
                .isGreaterThanOrEqualTo(rules.suspicion(before, now));
    }

    @Property(tries = 300)
    void oneMoreErrorNeverLowersSuspicionNorRaisesReputation(
            @ForAll("outcomes") List<JudgedOutcome> outcomes) {
        AgentStanding before = reported(outcomes, List.of());
        long now = START + 1_000 * HOUR;
        AgentStanding after = judge(before, "the last", OutcomeVerdict.WRONG, now);
        assertThat(rules.suspicion(after, now).points())
                .isGreaterThanOrEqualTo(rules.suspicion(before, now).points() - 1e-9);
        assertThat(rules.reputation(after, now).value())
                .isLessThanOrEqualTo(rules.reputation(before, now).value() + 1e-9);
    }

    @Example
    void aLaterVerdictReplacesAnEarlierAsIfThatNeverWas() {
        AgentStanding wrong = judge(AgentStanding.unknown("a"), "d1", OutcomeVerdict.WRONG, START);
        JudgedOutcome corrected =
                new JudgedOutcome("d1", OutcomeVerdict.RIGHT, START, START + 2 * HOUR);
        StandingChange change = rules.judged(wrong, corrected);
        assertThat(change.intake()).isEqualTo(Intake.CORRECTED);
        AgentStanding right = judge(AgentStanding.unknown("a"), "d1", OutcomeVerdict.RIGHT, START);
        assertThat(rules.reputation(change.standing(), START + HOUR))
                .isEqualTo(rules.reputation(right, START + HOUR));
        StandingChange stale =
                rules.judged(
                        change.standing(),
                        new JudgedOutcome("d1", OutcomeVerdict.WRONG, START, START + HOUR));
        assertThat(stale.intake()).isEqualTo(Intake.SUPERSEDED);
        assertThat(rules.judged(change.standing(), corrected).intake()).isEqualTo(Intake.DUPLICATE);
    }

    @Example
    void anOutcomeOlderThanAllThatIsRememberedChangesNothing() {
        AgentStanding standing = AgentStanding.unknown("a");
        for (int i = 1; i <= 64; i++) {
            standing = judge(standing, "d" + i, OutcomeVerdict.RIGHT, START + i * MINUTE);
        }
        StandingChange late =
                rules.judged(standing, new JudgedOutcome("d0", OutcomeVerdict.WRONG, START, START));
        assertThat(late.intake()).isEqualTo(Intake.FORGOTTEN);
        assertThat(late.standing()).isEqualTo(standing);
    }

    @Example
    void aLongGoodRecordDoesNotShieldAStrike() {
        AgentStanding standing = AgentStanding.unknown("a");
        for (int i = 0; i < 500; i++) {
            standing = judge(standing, "good " + i, OutcomeVerdict.RIGHT, START + i * MINUTE);
        }
        long strike = START + 500 * MINUTE;
        int errors = 0;
        while (standing.phase() == TrustPhase.TRUSTED) {
            long now = strike + errors * MINUTE;
            standing = rules.at(judge(standing, "bad " + errors, OutcomeVerdict.WRONG, now), now);
            errors++;
        }
        assertThat(errors).isEqualTo(8); // 7 to the limit; the seventh has faded by a hair
    }

    /** By chance alone, however seldom, some would be: so it is always the same chance. */
    @Property(tries = 200, seed = "20260101")
    void anAgentThatErrsOnceInTenIsNotQuarantined(@ForAll Random random) {
        AgentStanding standing = AgentStanding.unknown("a");
        for (int i = 0; i < 500; i++) {
            OutcomeVerdict verdict =
                    random.nextInt(10) == 0 ? OutcomeVerdict.WRONG : OutcomeVerdict.RIGHT;
            long now = START + i * MINUTE;
            standing = rules.at(judge(standing, "d" + i, verdict, now), now);
            assertThat(standing.phase()).isEqualTo(TrustPhase.TRUSTED);
        }
    }

    @Example
    void whatHappensToHonestAgentsTooIsNotEnoughHoweverOftenItComes() {
        AgentStanding unlikeOthers = AgentStanding.unknown("a");
        for (int i = 0; i < 40; i++) {
            Evidence weak = new Evidence("e" + i, "outlier", 10, START);
            unlikeOthers = rules.at(rules.suspected(unlikeOthers, weak).standing(), START);
        }
        assertThat(unlikeOthers.phase()).isEqualTo(TrustPhase.TRUSTED);
        assertThat(rules.suspicion(unlikeOthers, START).points()).isEqualTo(15);
    }

    @Example
    void quarantineEndsInProbationAndProbationInTrust() {
        AgentStanding caught = caughtAt(START);
        assertThat(caught.phase()).isEqualTo(TrustPhase.QUARANTINED);
        assertThat(rules.powerFactor(caught, START)).isZero();
        assertThat(rules.at(caught, START + 6 * HOUR - 1).phase())
                .isEqualTo(TrustPhase.QUARANTINED);
        AgentStanding watched = rules.at(caught, START + 6 * HOUR);
        assertThat(watched.phase()).isEqualTo(TrustPhase.PROBATION);
        assertThat(rules.powerFactor(watched, START + 6 * HOUR)).isEqualTo(0.5);
        assertThat(rules.at(watched, START + 30 * HOUR).phase()).isEqualTo(TrustPhase.TRUSTED);
        assertThat(rules.at(watched, START + 30 * HOUR - 1).phase())
                .isEqualTo(TrustPhase.PROBATION);
    }

    @Example
    void inProbationLessSuffices_andTheSecondQuarantineIsTwiceAsLong() {
        AgentStanding watched = rules.at(caughtAt(START), START + 6 * HOUR);
        long again = START + 7 * HOUR;
        Evidence half = new Evidence("second", "outlier", 50, again);
        AgentStanding back = rules.at(rules.suspected(watched, half).standing(), again);
        assertThat(back.phase()).isEqualTo(TrustPhase.QUARANTINED);
        assertThat(back.untilMillis() - back.sinceMillis()).isEqualTo(12 * HOUR);
        AgentStanding fresh = AgentStanding.unknown("b");
        assertThat(rules.at(rules.suspected(fresh, half).standing(), again).phase())
                .isEqualTo(TrustPhase.TRUSTED);
    }

    @Example
    void whoGoesOnLyingInQuarantineDoesNotComeOut() {
        AgentStanding caught = caughtAt(START);
        for (int i = 1; i <= 6; i++) {
            caught = judge(caught, "d" + i, OutcomeVerdict.WRONG, START + i * HOUR - 1);
        }
        AgentStanding after = rules.at(caught, START + 6 * HOUR);
        assertThat(after.phase()).isEqualTo(TrustPhase.QUARANTINED);
        assertThat(after.offences()).isEqualTo(2);
    }

    @Example
    void anIdleAgentReturnsToThePrior() {
        AgentStanding standing = AgentStanding.unknown("a");
        for (int i = 0; i < 30; i++) {
            standing = judge(standing, "d" + i, OutcomeVerdict.WRONG, START);
        }
        assertThat(rules.reputation(standing, START).value()).isLessThan(0.1);
        assertThat(rules.reputation(standing, START + 24 * HOUR * 3_000).value())
                .isCloseTo(0.5, within(1e-6));
    }

    @Property(tries = 100)
    void historyGivesWhatWasComputedLiveAndComparesPolicies(
            @ForAll("outcomes") List<JudgedOutcome> outcomes) {
        AgentStanding live = AgentStanding.unknown("a");
        List<StandingEvent> events = new ArrayList<>();
        long now = START;
        for (JudgedOutcome outcome : outcomes) {
            now += MINUTE;
            live = rules.at(rules.judged(rules.at(live, now), outcome).standing(), now);
            events.add(StandingEvent.of("a", outcome, now));
        }
        StandingHistory history = new StandingHistory(events);
        StandingPolicy defaults = StandingPolicy.defaults();
        if (!outcomes.isEmpty()) {
            assertThat(history.under(defaults, now)).containsEntry("a", live);
        }
        StandingPolicy lenient =
                new StandingPolicy(
                        new ReputationPolicy(3, 1, 0.92, 720 * HOUR, 64, 0.5),
                        defaults.suspicion(),
                        defaults.quarantine());
        assertThat(history.compare(defaults, lenient, now))
                .allSatisfy(row -> assertThat(row.reputationGained()).isGreaterThan(0));
    }

    private AgentStanding caughtAt(long time) {
        Evidence proof = new Evidence("first", "equivocation", 100, time);
        return rules.at(rules.suspected(AgentStanding.unknown("a"), proof).standing(), time);
    }

    private AgentStanding judge(
            AgentStanding standing, String decision, OutcomeVerdict verdict, long at) {
        return rules.judged(standing, new JudgedOutcome(decision, verdict, at, at)).standing();
    }

    private AgentStanding reported(List<JudgedOutcome> outcomes, List<Evidence> evidence) {
        AgentStanding standing = AgentStanding.unknown("a");
        for (JudgedOutcome outcome : outcomes) {
            standing = rules.judged(standing, outcome).standing();
        }
        for (Evidence one : evidence) {
            standing = rules.suspected(standing, one).standing();
        }
        return standing;
    }

    /** Decision ids repeat, with one time of decision each, and contradict each other. */
    @Provide
    Arbitrary<List<JudgedOutcome>> outcomes() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 120),
                        Arbitraries.of(OutcomeVerdict.class),
                        Arbitraries.integers().between(0, 5))
                .as(
                        (id, verdict, delay) ->
                                new JudgedOutcome(
                                        "d" + id,
                                        verdict,
                                        START + id / 2 * HOUR,
                                        START + id / 2 * HOUR + delay * HOUR))
                .list()
                .ofMaxSize(150);
    }

    @Provide
    Arbitrary<Evidence> evidence() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 60),
                        Arbitraries.doubles().between(0.5, 100),
                        Arbitraries.integers().between(0, 48))
                .as(
                        (id, points, hour) ->
                                new Evidence("e" + id, "kind", points, START + hour * HOUR));
    }

    @Provide
    Arbitrary<List<Evidence>> evidences() {
        return evidence().list().ofMaxSize(60);
    }
}
