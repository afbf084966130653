// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

import io.incidentcommander.model.codec.CanonicalReader;
import io.incidentcommander.model.codec.CanonicalWriter;
import io.incidentcommander.model.codec.CodecTypeInfo;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * Anything that the tally of a tenant takes in: a question, a vote or a proposal with what is known
 * of its signature, a finding made elsewhere, or a verified outcome. Exactly one of them.
 * Immutable.
 */
@TypeInfo(TallyInput.Info.class)
public final class TallyInput {
    /** What is known of the signature of a vote or proposal. Ordinals are stored: append only. */
    public enum SignatureCheck {
        VALID,
        /** By a key that was not known where votes are checked; the roster may know it. */
        UNCHECKED
    }

    private static final SignatureCheck[] CHECKS = SignatureCheck.values();

    private final Optional<Question> question;
    private final Optional<SignedRecommendation> vote;
    private final Optional<SignedProposal> proposal;
    private final SignatureCheck check;
    private final Optional<Finding> finding;
    private final Optional<VerifiedOutcome> outcome;

    private TallyInput(
            Optional<Question> question,
            Optional<SignedRecommendation> vote,
            Optional<SignedProposal> proposal,
            SignatureCheck check,
            Optional<Finding> finding,
            Optional<VerifiedOutcome> outcome) {
        this.question = question;
        this.vote = vote;
        this.proposal = proposal;
        this.check = check;
        this.finding = finding;
        this.outcome = outcome;
    }

    public static TallyInput of(Question question) {
        return new TallyInput(
                Optional.of(question),
                Optional.empty(),
                Optional.empty(),
                SignatureCheck.UNCHECKED,
                Optional.empty(),
                Optional.empty());
    }

    public static TallyInput of(SignedRecommendation vote, SignatureCheck check) {
        return new TallyInput(
                Optional.empty(),
                Optional.of(vote),
                Optional.empty(),
                check,
                Optional.empty(),
                Optional.empty());
    }

    public static TallyInput of(SignedProposal proposal, SignatureCheck check) {
        return new TallyInput(
                Optional.empty(),
                Optional.empty(),
                Optional.of(proposal),
                check,
                Optional.empty(),
                Optional.empty());
    }

    public static TallyInput of(Finding finding) {
        return new TallyInput(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                SignatureCheck.UNCHECKED,
                Optional.of(finding),
                Optional.empty());
    }

    public static TallyInput of(VerifiedOutcome outcome) {
        return new TallyInput(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                SignatureCheck.UNCHECKED,
                Optional.empty(),
                Optional.of(outcome));
    }

    /** The key of the tally. */
    public String tenant() {
        return question.map(Question::tenant)
                .or(() -> vote.map(cast -> cast.recommendation().tenant()))
                .or(() -> proposal.map(SignedProposal::tenant))
                .or(() -> finding.map(Finding::tenant))
                .or(() -> outcome.map(VerifiedOutcome::tenant))
                .orElseThrow();
    }

    public Optional<Question> question() {
        return question;
    }

    public Optional<SignedRecommendation> vote() {
        return vote;
    }

    public Optional<SignedProposal> proposal() {
        return proposal;
    }

    /** Of the vote or proposal, if it is one. */
    public SignatureCheck check() {
        return check;
    }

    public Optional<Finding> finding() {
        return finding;
    }

    public Optional<VerifiedOutcome> outcome() {
        return outcome;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof TallyInput)) {
            return false;
        }
        TallyInput that = (TallyInput) other;
        return question.equals(that.question)
                && vote.equals(that.vote)
                && proposal.equals(that.proposal)
                && check == that.check
                && finding.equals(that.finding)
                && outcome.equals(that.outcome);
    }

    @Override
    public int hashCode() {
        return Objects.hash(question, vote, proposal, finding, outcome);
    }

    @Override
    public String toString() {
        return "" + question + vote + proposal + finding + outcome;
    }

    /** Binary form, version 1. */
    public static final class TallyInputCodec extends CanonicalCodec<TallyInput> {
        private static final long serialVersionUID = 1L;
        private static final int QUESTION = 1;
        private static final int VOTE = 2;
        private static final int FINDING = 3;
        private static final int OUTCOME = 4;
        private static final int PROPOSAL = 5;

        @Override
        public Class<TallyInput> type() {
            return TallyInput.class;
        }

        @Override
        void encode(TallyInput value, CanonicalWriter out) {
            if (value.vote.isPresent()) {
                out.int8(VOTE).int8(value.check.ordinal());
                value.vote.get().write(out);
            } else if (value.question.isPresent()) {
                out.int8(QUESTION);
                value.question.get().write(out);
            } else if (value.proposal.isPresent()) {
                out.int8(PROPOSAL).int8(value.check.ordinal());
                value.proposal.get().write(out);
            } else if (value.finding.isPresent()) {
                out.int8(FINDING);
                value.finding.get().write(out);
            } else {
                out.int8(OUTCOME);
                value.outcome.orElseThrow().write(out);
            }
        }

        @Override
        TallyInput decode(CanonicalReader in) throws IOException {
            int kind = in.int8();
            switch (kind) {
                case VOTE:
                    SignatureCheck ofVote = CHECKS[in.int8()];
                    return of(SignedRecommendation.read(in), ofVote);
                case PROPOSAL:
                    SignatureCheck ofProposal = CHECKS[in.int8()];
                    return of(SignedProposal.read(in), ofProposal);
                case QUESTION:
                    return of(Question.read(in));
                case FINDING:
                    return of(Finding.read(in));
                case OUTCOME:
                    return of(VerifiedOutcome.read(in));
                default:
                    throw new IOException("No input of a tally: kind " + kind);
            }
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<TallyInput> {
        @Override
        public TypeInformation<TallyInput> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new TallyInputCodec());
        }
    }
}
