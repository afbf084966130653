// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

import io.incidentcommander.model.consensus.Finding;
import io.incidentcommander.model.consensus.FindingKind;
import io.incidentcommander.model.consensus.Roster;
import io.incidentcommander.model.consensus.Seat;
import io.incidentcommander.model.consensus.SignedRecommendation;
import io.incidentcommander.udfs.consensus.signature.VoteSignatures;
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

    static Finding bad(SignedRecommendation vote) {
        return Finding.of(
                FindingKind.BAD_SIGNATURE,
                vote.recommendation().issuedAtMillis(),
                "not signed by key " + vote.recommendation().keyEpoch() + " of the agent",
                vote.vote());
    }
}
