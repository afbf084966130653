// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

import static io.incidentcommander.operators.consensus.Council.NOW;
import static io.incidentcommander.operators.consensus.Council.RESTART;
import static io.incidentcommander.operators.consensus.Council.SCALE;
import static io.incidentcommander.operators.consensus.Council.TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.Finding;
import io.incidentcommander.model.consensus.FindingKind;
import io.incidentcommander.model.consensus.Protocol;
import io.incidentcommander.model.consensus.Recommendation;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.SeatStanding;
import io.incidentcommander.model.consensus.SignedRecommendation;
import io.incidentcommander.model.consensus.TallyInput;
import io.incidentcommander.model.consensus.VerifiedOutcome;
import io.incidentcommander.udfs.consensus.DefaultRoster;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

/** All that a tenant's tally remembers is in a snapshot: a restore changes nothing. */
class TallyRestoreTest {
    private static final ActionId R = RESTART.id();
    private static final ActionId S = SCALE.id();
    private static final int INCIDENTS = 44;
    private static final long BETWEEN = 3_600_000;
    private static final int EQUIVOCATES = 12;
    private static final int UNSURE = 10;

    private final List<Finding> findings = new ArrayList<>();
    private final List<Decision> decisions = new ArrayList<>();
    private final List<RoundRequest> requests = new ArrayList<>();

    /** Those who err alike, in every fourth incident. */
    private static ActionId said(DefaultRoster member, int incident) {
        boolean pair =
                member == DefaultRoster.PREDICTION_SEASONAL
                        || member == DefaultRoster.PREDICTION_LSTM;
        return pair && incident % 4 == 3 ? S : R;
    }

    private static List<SignedRecommendation> votes(RoundRequest request, int incident) {
        List<SignedRecommendation> votes = new ArrayList<>();
        for (DefaultRoster member : DefaultRoster.values()) {
            boolean unsure = incident == UNSURE && member == DefaultRoster.DETECTION_RULES;
            votes.add(Council.vote(request, member, said(member, incident), unsure ? 0.2 : 0.9));
        }
        if (incident == EQUIVOCATES) {
            votes.add(
                    2,
                    Council.sign(
                            Recommendation.builder()
                                    .answering(request)
                                    .from(
                                            request.terms()
                                                    .roster()
                                                    .seat("diagnosis/model")
                                                    .orElseThrow())
                                    .action(S)
                                    .confidence(0.9)
                                    .requestId("another")));
        }
        return votes;
    }

    private Council restored(Council before) throws Exception {
        try (before) {
            collect(before);
            OperatorSubtaskState state = before.harness.snapshot(1, 1);
            return new Council(1, 1, 0, state);
        }
    }

    private void collect(Council council) {
        findings.addAll(council.findings());
        decisions.addAll(council.decisions());
        requests.addAll(council.requests());
    }

    /** A history in which much is found and much decided. */
    private void play(boolean restoring) throws Exception {
        Council council = new Council();
        for (int i = 0; i < INCIDENTS; i++) {
            long at = NOW + i * BETWEEN;
            council.time(at - 1);
            council.ask(Council.question("i" + i), at);
            RoundRequest request = council.request();
            int answered = 0;
            for (SignedRecommendation vote : votes(request, i)) {
                if (restoring && answered++ == 3) {
                    council = restored(council);
                }
                council.cast(vote);
            }
            council.time(at + 120_000); // whoever is asked again says no more
            council.send(TallyInput.of(VerifiedOutcome.right(TENANT, "i" + i, 1, R, at + 121_000)));
            if (restoring) {
                council = restored(council);
            }
        }
        council.time(NOW + 100 * BETWEEN);
        assertThat(council.harness.numEventTimeTimers()).isZero();
        collect(council);
        council.close();
    }

    @Test
    void restoringInTheMiddleOfEachDecisionAndAfterItChangesNothing() throws Exception {
        play(false);
        List<Finding> found = List.copyOf(findings);
        List<Decision> decided = List.copyOf(decisions);
        List<RoundRequest> asked = List.copyOf(requests);
        // It is no use if the interesting things do not happen.
        assertThat(decided).hasSize(INCIDENTS);
        assertThat(found)
                .extracting(Finding::kind)
                .contains(
                        FindingKind.EQUIVOCATION, FindingKind.UNLIKE_ITSELF, FindingKind.COLLUSION);
        assertThat(asked).extracting(r -> r.terms().protocol()).contains(Protocol.TWO_ROUNDS);

        findings.clear();
        decisions.clear();
        requests.clear();
        play(true);
        assertThat(findings).isEqualTo(found);
        assertThat(requests).isEqualTo(asked);
        assertThat(decisions)
                .extracting(d -> d.certificate().hash())
                .isEqualTo(
                        decided.stream()
                                .map(d -> d.certificate().hash())
                                .collect(Collectors.toList()));
    }

    @Test
    void aVoteThatOvertookItsQuestionIsThereAfterARestore() throws Exception {
        List<SignedRecommendation> votes;
        try (Council other = new Council()) {
            other.ask(Council.question("i1"), NOW);
            votes = votes(other.request(), 1);
        }
        Council council = new Council();
        council.time(NOW - 1);
        for (SignedRecommendation vote : votes) {
            council.cast(vote);
        }
        try (Council after = restored(council)) {
            after.ask(Council.question("i1"), NOW);
            assertThat(after.decisions()).hasSize(1);
        }
    }

    @Test
    void quarantineEndsAndProbationAfterItAndTheThreatFallsStepByStep() throws Exception {
        try (Council council = new Council()) {
            council.ask(Council.question("i"), NOW);
            votes(council.request(), EQUIVOCATES).forEach(vote -> cast(council, vote));
            assertThat(model(council, NOW + 1_000)).isEqualTo(SeatStanding.QUARANTINED);
            assertThat(model(council, NOW + 5 * BETWEEN)).isEqualTo(SeatStanding.QUARANTINED);
            assertThat(council.request().terms().protocol()).isEqualTo(Protocol.WEIGHTED);
            assertThat(model(council, NOW + 7 * BETWEEN)).isEqualTo(SeatStanding.DOUBTED);
            assertThat(council.request().terms().protocol()).isEqualTo(Protocol.TWO_ROUNDS);
            long over = NOW + 31 * BETWEEN;
            assertThat(model(council, over)).isEqualTo(SeatStanding.TRUSTED);
            assertThat(council.request().terms().protocol()).isEqualTo(Protocol.TWO_ROUNDS);
            assertThat(model(council, over + 300_000)).isEqualTo(SeatStanding.TRUSTED);
            assertThat(council.request().terms().protocol()).isEqualTo(Protocol.STRICT);
            assertThat(model(council, over + 600_000)).isEqualTo(SeatStanding.TRUSTED);
            assertThat(council.request().terms().protocol()).isEqualTo(Protocol.WEIGHTED);
        }
    }

    private static void cast(Council council, SignedRecommendation vote) {
        try {
            council.cast(vote);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static SeatStanding model(Council council, long at) throws Exception {
        council.time(at - 1);
        council.ask(Council.question("at" + at), at);
        return council.request().terms().roster().seat("diagnosis/model").orElseThrow().standing();
    }
}
