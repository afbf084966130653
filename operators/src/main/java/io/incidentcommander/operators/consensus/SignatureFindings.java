// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

import io.incidentcommander.model.consensus.Finding;
import io.incidentcommander.model.consensus.FindingKind;
import io.incidentcommander.model.consensus.Roster;
import io.incidentcommander.model.consensus.Seat;
import io.incidentcommander.model.consensus.SignedProposal;
import io.incidentcommander.model.consensus.SignedRecommendation;
import io.incidentcommander.udfs.consensus.signature.VoteSignatures;
import java.util.List;
import java.util.Optional;

/** The two places that check signatures say the same of a wrong one. */
final class SignatureFindings {
    private SignatureFindings() {}

    /** By the key of the voter's seat; who has none is told so by the deliberator. */
    static boolean holds(VoteSignatures signatures, Roster roster, SignedRecommendation vote) {
        Optional<Seat> seat = roster.seat(vote.agent());
        return seat.isEmpty()
                || seat.get().keyEpoch() != vote.recommendation().keyEpoch()
                || holds(signatures, seat.get().publicKey(), vote);
    }

    static boolean holds(VoteSignatures signatures, String publicKey, SignedRecommendation vote) {
        return signatures.verify(
                publicKey, vote.recommendation().statement().canonical(), vote.signature());
    }

    /** As for votes. */
    static boolean holds(VoteSignatures signatures, Roster roster, SignedProposal proposal) {
        Optional<Seat> seat = roster.seat(proposal.agent());
        return seat.isEmpty()
                || seat.get().keyEpoch() != proposal.keyEpoch()
                || holds(signatures, seat.get().publicKey(), proposal);
    }

    static boolean holds(VoteSignatures signatures, String publicKey, SignedProposal proposal) {
        return signatures.verify(publicKey, proposal.canonical(), proposal.signature());
    }

    /** Without a proof: a proposal is no vote, and whoever forged it blames nobody. */
    static Finding bad(SignedProposal proposal) {
        return new Finding(
                FindingKind.BAD_SIGNATURE,
                proposal.tenant(),
                proposal.incidentId(),
                proposal.attempt(),
                proposal.round(),
                proposal.agent(),
                proposal.issuedAtMillis(),
                "a proposal is not signed by key " + proposal.keyEpoch() + " of the agent",
                List.of());
    }

    static Finding bad(SignedRecommendation vote) {
        return Finding.of(
                FindingKind.BAD_SIGNATURE,
                vote.recommendation().issuedAtMillis(),
                "not signed by key " + vote.recommendation().keyEpoch() + " of the agent",
                vote.vote());
    }
}
