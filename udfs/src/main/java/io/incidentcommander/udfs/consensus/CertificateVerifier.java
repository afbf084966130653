// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import io.incidentcommander.model.consensus.Certificate;
import io.incidentcommander.model.consensus.Outcome;
import io.incidentcommander.model.consensus.Protocol;
import io.incidentcommander.model.consensus.RoundRecord;
import io.incidentcommander.model.consensus.RoundTerms;
import io.incidentcommander.model.consensus.Seat;
import io.incidentcommander.model.consensus.SignedVote;
import io.incidentcommander.model.consensus.VoteStatement;
import io.incidentcommander.udfs.consensus.signature.VoteSignatures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Checks a certificate with nothing but itself: that every vote is signed by the key of its seat
 * over the very terms it stands under, that the power follows from the weights, and that the
 * outcome follows from the votes. Since the votes sign the terms, nobody can change weights, keys,
 * thresholds or candidates without the keys of the voters. Pure.
 */
public final class CertificateVerifier {
    private final VoteSignatures signatures;

    public CertificateVerifier(VoteSignatures signatures) {
        this.signatures = signatures;
    }

    /** What is wrong, a line each; empty if nothing is. */
    public List<String> check(Certificate certificate) {
        List<String> wrong = new ArrayList<>();
        certificate.rounds().forEach(round -> checkRound(round, wrong));
        if (wrong.isEmpty()) {
            checkSequence(certificate, wrong);
            checkOutcome(certificate, wrong);
        }
        return wrong;
    }

    private void checkRound(RoundRecord record, List<String> wrong) {
        RoundTerms terms = record.terms();
        String round = "round " + terms.round() + ": ";
        if (!Rosters.standingsHold(terms.roster())) {
            wrong.add(round + "the power, cap or tolerance does not follow from the weights");
        }
        if (terms.trusted() < 1 || !(terms.confidence() >= 0 && terms.confidence() <= 1)) {
            wrong.add(round + "the thresholds are no thresholds");
        }
        if (terms.closesAtMillis() - terms.openedAtMillis() > RoundPolicy.MAX_DEADLOCK_MILLIS) {
            wrong.add(round + "it ends later than 120 s after the first round opened");
        }
        String last = "";
        for (SignedVote vote : record.votes()) {
            if (vote.agent().compareTo(last) <= 0) {
                wrong.add(round + "the votes are not in order of agents, one each");
            }
            last = vote.agent();
            checkVote(terms, vote, round + vote.agent() + ": ", wrong);
        }
    }

    private void checkVote(RoundTerms terms, SignedVote vote, String where, List<String> wrong) {
        VoteStatement said = vote.statement();
        Optional<Seat> found = terms.roster().seat(said.agent());
        if (found.isEmpty() || !found.get().standing().votes()) {
            wrong.add(where + "has no voting seat");
            return;
        }
        Seat seat = found.get();
        if (!said.terms().equals(terms.hash())) {
            wrong.add(where + "voted under other terms: " + said.terms());
        }
        boolean placed =
                said.tenant().equals(terms.tenant())
                        && said.incidentId().equals(terms.incidentId())
                        && said.attempt() == terms.attempt()
                        && said.round() == terms.round();
        if (!placed) {
            wrong.add(where + "voted in another round, attempt or incident");
        }
        boolean itself =
                said.keyEpoch() == seat.keyEpoch()
                        && said.role() == seat.role()
                        && said.family().equals(seat.family());
        if (!itself) {
            wrong.add(where + "signed another key epoch, role or family than that of its seat");
        }
        boolean possible =
                said.confidence() >= 0
                        && said.confidence() <= 1
                        && (said.action().isAbstention()
                                || terms.candidates().indexOf(said.action()) >= 0);
        if (!possible) {
            wrong.add(where + "the vote cannot count: its action or confidence is impossible");
        }
        if (!signatures.isUsable(seat.publicKey())
                || !signatures.verify(seat.publicKey(), said.canonical(), vote.signature())) {
            wrong.add(where + "the signature is not that of the key of its seat");
        }
    }

    private static void checkSequence(Certificate certificate, List<String> wrong) {
        RoundTerms last = certificate.last().terms();
        boolean two =
                last.protocol() == Protocol.TWO_ROUNDS && certificate.outcome().status().agreed();
        if (certificate.rounds().size() != (two ? 2 : 1)) {
            wrong.add("there are " + certificate.rounds().size() + " rounds");
        }
        RoundTerms first = certificate.rounds().get(0).terms();
        boolean follows =
                first.tenant().equals(last.tenant())
                        && first.incidentId().equals(last.incidentId())
                        && first.attempt() == last.attempt()
                        && first.openedAtMillis() == last.openedAtMillis()
                        && (!two || first.round() == last.round() - 1);
        if (!follows) {
            wrong.add("the rounds do not follow each other");
        }
    }

    private static void checkOutcome(Certificate certificate, List<String> wrong) {
        RoundRecord last = certificate.last();
        Optional<RoundRecord> confirmed =
                certificate.rounds().size() > 1
                        ? Optional.of(certificate.rounds().get(0))
                        : Optional.empty();
        Conclusion conclusion = Conclusion.of(last.terms(), last.votes(), confirmed);
        Outcome outcome = certificate.outcome();
        if (conclusion.status() != outcome.status()) {
            wrong.add(
                    "the votes come to "
                            + conclusion.status()
                            + ", the certificate says "
                            + outcome.status());
        }
        if (!conclusion.support().equals(outcome.support())) {
            wrong.add(
                    "the votes come to "
                            + conclusion.support()
                            + ", the certificate says "
                            + outcome.support());
        }
        boolean inTime =
                outcome.decidedAtMillis() >= last.terms().requestedAtMillis()
                        && outcome.decidedAtMillis() <= last.terms().closesAtMillis();
        if (outcome.round() != last.terms().round() || !inTime) {
            wrong.add("the time or round of the decision is not that of its last round");
        }
    }
}
