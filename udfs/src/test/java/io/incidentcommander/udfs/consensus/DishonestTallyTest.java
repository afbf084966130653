// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.consensus.AgentRole;
import io.incidentcommander.model.consensus.Certificate;
import io.incidentcommander.model.consensus.Outcome;
import io.incidentcommander.model.consensus.Protocol;
import io.incidentcommander.model.consensus.Recommendation;
import io.incidentcommander.model.consensus.RequestReason;
import io.incidentcommander.model.consensus.Roster;
import io.incidentcommander.model.consensus.RoundRecord;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.RoundTerms;
import io.incidentcommander.model.consensus.Seat;
import io.incidentcommander.model.consensus.SeatStanding;
import io.incidentcommander.model.consensus.SignedVote;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Certificates of a tally that does not go by the rules. Agents sign the terms they are asked
 * under, whatever these say, and the outcome is made to follow from the votes; so all hashes and
 * signatures hold, and the rules alone show it.
 */
class DishonestTallyTest {
    private static final ActionId R = Agents.RESTART.id();
    private static final CertificateVerifier VERIFIER = new CertificateVerifier(Agents.SIGNATURES);

    private static Roster honest() {
        return Agents.freeze(DefaultRoster.seats(Agents::realPublicKey), Set.of());
    }

    private static RoundTerms terms(Roster roster, double confidence, int trusted) {
        return terms(roster, confidence, trusted, 40_000);
    }

    private static RoundTerms terms(
            Roster roster, double confidence, int trusted, long lastsMillis) {
        return RoundTerms.builder()
                .tenant("acme")
                .incidentId("incident-1")
                .attempt(1)
                .round(1)
                .protocol(Protocol.WEIGHTED)
                .candidates(Agents.CANDIDATES)
                .roster(roster)
                .confidence(confidence)
                .trusted(trusted)
                .openedAtMillis(Agents.NOW)
                .requestedAtMillis(Agents.NOW)
                .closesAtMillis(Agents.NOW + lastsMillis)
                .build();
    }

    private static SignedVote vote(
            RoundTerms terms, String agent, UnaryOperator<Recommendation.Builder> with) {
        RoundRequest request =
                new RoundRequest(terms, RequestReason.OPENED, List.of(), Agents.EVIDENCE);
        return Agents.signed(with.apply(Agents.answer(request, agent, R, 0.9))).vote();
    }

    private static List<SignedVote> votes(RoundTerms terms, int agents) {
        List<SignedVote> votes = new ArrayList<>();
        for (Seat seat : terms.roster().seats().subList(0, agents)) {
            votes.add(vote(terms, seat.agent(), said -> said));
        }
        return votes;
    }

    /** What is wrong with a certificate that says what the votes come to. */
    private static List<String> check(RoundTerms terms, List<SignedVote> votes) {
        Conclusion conclusion = Conclusion.of(terms, votes, Optional.empty());
        Outcome outcome =
                new Outcome(conclusion.status(), conclusion.support(), 1, Agents.NOW + 1_000);
        return VERIFIER.check(new Certificate(List.of(new RoundRecord(terms, votes)), outcome));
    }

    private static Roster with(Roster roster, String agent, UnaryOperator<Seat> change) {
        List<Seat> seats = new ArrayList<>(roster.seats());
        seats.replaceAll(seat -> seat.agent().equals(agent) ? change.apply(seat) : seat);
        return new Roster(
                roster.roleWeights(),
                seats,
                roster.cap(),
                roster.cappedFamilies(),
                roster.toleratedAgents());
    }

    @Test
    void byTheRulesNothingIsWrong() {
        RoundTerms terms = terms(honest(), 0.7, 3);
        assertThat(check(terms, votes(terms, 6))).isEmpty();
    }

    @Test
    void powerThatDoesNotFollowFromTheWeightsIsFound() {
        Roster roster =
                with(honest(), "diagnosis/model", seat -> seat.with(seat.standing(), 300_000));
        RoundTerms terms = terms(roster, 0.7, 3);
        assertThat(check(terms, votes(terms, 6)))
                .singleElement()
                .asString()
                .contains("does not follow from the weights");
    }

    @Test
    void aToleranceThatIsNotThereIsFound() {
        Roster honest = honest();
        Roster roster =
                new Roster(honest.roleWeights(), honest.seats(), honest.cap(), List.of(), 2);
        RoundTerms terms = terms(roster, 0.7, 3);
        assertThat(check(terms, votes(terms, 6))).hasSize(1);
    }

    @Test
    void weightsThatAreNoneAreFound() {
        Map<AgentRole, Integer> weights = new EnumMap<>(Rosters.DEFAULT_WEIGHTS);
        for (int weight : new int[] {-200_000, 1_000_001, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
            weights.put(AgentRole.DETECTION, weight);
            Roster honest = honest();
            Roster roster = new Roster(weights, honest.seats(), honest.cap(), List.of(), 1);
            RoundTerms terms = terms(roster, 0.7, 3);
            assertThat(check(terms, votes(terms, 6))).hasSize(1);
        }
    }

    @Test
    void thresholdsThatAreNoneAreFound() {
        for (RoundTerms terms :
                List.of(
                        terms(honest(), 0.7, 0),
                        terms(honest(), -1, 3),
                        terms(honest(), Double.NaN, 3))) {
            assertThat(check(terms, votes(terms, 6)))
                    .anySatisfy(line -> assertThat(line).contains("no thresholds"));
        }
    }

    @Test
    void aRoundWithoutEndIsFound() {
        RoundTerms terms = terms(honest(), 0.7, 3, 120_001);
        assertThat(check(terms, votes(terms, 6))).singleElement().asString().contains("120 s");
        RoundTerms last = terms(honest(), 0.7, 3, 120_000);
        assertThat(check(last, votes(last, 6))).isEmpty();
    }

    @Test
    void theVoteOfWhoIsInQuarantineIsFound() {
        List<Seat> seats = new ArrayList<>(DefaultRoster.seats(Agents::realPublicKey));
        seats.replaceAll(
                seat ->
                        seat.agent().equals("diagnosis/model")
                                ? seat.with(SeatStanding.QUARANTINED, 0)
                                : seat);
        RoundTerms terms = terms(Agents.freeze(seats, Set.of()), 0.7, 3);
        assertThat(check(terms, votes(terms, 6)))
                .singleElement()
                .asString()
                .contains("has no voting seat");
    }

    @Test
    void aVoteThatCountsTwiceIsFound() {
        RoundTerms terms = terms(honest(), 0.7, 3);
        List<SignedVote> votes = votes(terms, 4);
        votes.add(votes.get(3));
        assertThat(check(terms, votes)).singleElement().asString().contains("one each");
    }

    @Test
    void votesThatCannotCountAreFound() {
        RoundTerms terms = terms(honest(), 0.7, 3);
        List<UnaryOperator<Recommendation.Builder>> impossible =
                List.of(
                        said -> said.confidence(2),
                        said -> said.confidence(Double.NaN),
                        said -> said.action(ActionId.ofHex("ab".repeat(32))));
        for (UnaryOperator<Recommendation.Builder> vote : impossible) {
            assertThat(oneOtherwise(terms, vote)).anySatisfy(isAbout("impossible"));
        }
    }

    @Test
    void votesFromElsewhereOrAsSomebodyElseAreFound() {
        RoundTerms terms = terms(honest(), 0.7, 3);
        assertThat(oneOtherwise(terms, said -> said.round(2)))
                .anySatisfy(isAbout("another round, attempt or incident"));
        assertThat(oneOtherwise(terms, said -> said.attempt(2)))
                .anySatisfy(isAbout("another round, attempt or incident"));
        assertThat(oneOtherwise(terms, said -> said.keyEpoch(2)))
                .anySatisfy(isAbout("another key epoch, role or family"));
        assertThat(oneOtherwise(terms, said -> said.family("other")))
                .anySatisfy(isAbout("another key epoch, role or family"));
    }

    private static java.util.function.Consumer<String> isAbout(String what) {
        return line -> assertThat(line).contains(what);
    }

    /** As {@link #check}, where the first of six agents votes otherwise. */
    private static List<String> oneOtherwise(
            RoundTerms terms, UnaryOperator<Recommendation.Builder> vote) {
        List<SignedVote> votes = votes(terms, 6);
        votes.set(0, vote(terms, terms.roster().seats().get(0).agent(), vote));
        return check(terms, votes);
    }
}
