// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import io.incidentcommander.model.codec.Sha256;
import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.consensus.AgentRole;
import io.incidentcommander.model.consensus.CandidateList;
import io.incidentcommander.model.consensus.Protocol;
import io.incidentcommander.model.consensus.Question;
import io.incidentcommander.model.consensus.Recommendation;
import io.incidentcommander.model.consensus.Roster;
import io.incidentcommander.model.consensus.RoundRequest;
import io.incidentcommander.model.consensus.Seat;
import io.incidentcommander.model.consensus.SeatStanding;
import io.incidentcommander.model.consensus.SignedProposal;
import io.incidentcommander.model.consensus.SignedRecommendation;
import io.incidentcommander.udfs.consensus.signature.Ed25519Signatures;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Agents with keys made from their names, and what they vote on. */
final class Agents {
    static final Ed25519Signatures SIGNATURES = new Ed25519Signatures();
    static final Action RESTART = new Action("restart", "1", "checkout", Map.of());
    static final Action SCALE = new Action("scale", "2", "checkout", Map.of("replicas", "6"));
    static final CandidateList CANDIDATES = CandidateList.of(List.of(RESTART, SCALE));
    static final List<String> EVIDENCE = List.of("alert-1", "metric-7");
    static final long NOW = 1_700_000_000_000L;

    private static final byte[] NO_SIGNATURE = new byte[64];

    private Agents() {}

    static Question question() {
        return new Question("acme", "incident-1", 1, CANDIDATES, EVIDENCE);
    }

    static Roster defaultRoster() {
        return freeze(DefaultRoster.seats(Agents::publicKey), Set.of());
    }

    static Roster freeze(List<Seat> seats, Set<AgentRole> inapplicable) {
        return Rosters.freeze(Rosters.DEFAULT_WEIGHTS, seats, inapplicable);
    }

    static Circumstances weighted(Roster roster) {
        return Circumstances.fixed(new RoundSetup(roster, Protocol.WEIGHTED));
    }

    static Seat seat(String agent, AgentRole role, String family, double reputation) {
        return new Seat(
                agent,
                role,
                family,
                1,
                publicKey(agent),
                (int) Math.round(reputation * Seat.WHOLE_PPM),
                SeatStanding.TRUSTED,
                0);
    }

    static byte[] privateKey(String agent) {
        return Sha256.of(("key of " + agent).getBytes(StandardCharsets.UTF_8));
    }

    static String publicKey(String agent) {
        return Sha256.hex(Sha256.of(("public key of " + agent).getBytes(StandardCharsets.UTF_8)));
    }

    static String realPublicKey(String agent) {
        return SIGNATURES.publicKey(privateKey(agent));
    }

    static Recommendation.Builder answer(
            RoundRequest request, String agent, ActionId action, double confidence) {
        return Recommendation.builder()
                .answering(request)
                .from(request.terms().roster().seat(agent).orElseThrow())
                .action(action)
                .confidence(confidence)
                .issuedAtMillis(NOW);
    }

    /** With a signature that only the core takes. */
    static SignedRecommendation unsigned(Recommendation.Builder said) {
        return new SignedRecommendation(said.build(), NO_SIGNATURE);
    }

    static SignedRecommendation vote(
            RoundRequest request, String agent, ActionId action, double confidence) {
        return unsigned(answer(request, agent, action, confidence));
    }

    /** With a signature that only the core takes. */
    static SignedProposal proposal(RoundRequest request, String agent, Action action) {
        Seat seat = request.terms().roster().seat(agent).orElseThrow();
        return SignedProposal.answering(request, seat, action, NOW);
    }

    static SignedRecommendation signed(Recommendation.Builder said) {
        Recommendation recommendation = said.build();
        return new SignedRecommendation(
                recommendation,
                SIGNATURES.sign(
                        privateKey(recommendation.agent()),
                        recommendation.statement().canonical()));
    }
}
