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
 * Anything that the tally of a tenant takes in: a question, a vote with what is known of its
 * signature, a finding made elsewhere, or a verified outcome. Exactly one of them. Immutable.
 */
@TypeInfo(TallyInput.Info.class)
public final class TallyInput {
    /** What is known of a vote's signature. Ordinals are stored: append only. */
    public enum SignatureCheck {
        VALID,
        /** By a key that was not known where votes are checked; the roster may know it. */
        UNCHECKED
    }

    private static final SignatureCheck[] CHECKS = SignatureCheck.values();

    private final Optional<Question> question;
    private final Optional<SignedRecommendation> vote;
    private final SignatureCheck check;
    private final Optional<Finding> finding;
    private final Optional<VerifiedOutcome> outcome;

    private TallyInput(
            Optional<Question> question,
            Optional<SignedRecommendation> vote,
            SignatureCheck check,
            Optional<Finding> finding,
            Optional<VerifiedOutcome> outcome) {
        this.question = question;
        this.vote = vote;
        this.check = check;
        this.finding = finding;
        this.outcome = outcome;
    }

    public static TallyInput of(Question question) {
        return new TallyInput(
                Optional.of(question),
                Optional.empty(),
                SignatureCheck.UNCHECKED,
                Optional.empty(),
                Optional.empty());
    }

    public static TallyInput of(SignedRecommendation vote, SignatureCheck check) {
        return new TallyInput(
                Optional.empty(), Optional.of(vote), check, Optional.empty(), Optional.empty());
    }

    public static TallyInput of(Finding finding) {
        return new TallyInput(
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
                SignatureCheck.UNCHECKED,
                Optional.empty(),
                Optional.of(outcome));
    }

    /** The key of the tally. */
    public String tenant() {
        return question.map(Question::tenant)
                .or(() -> vote.map(cast -> cast.recommendation().tenant()))
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

    /** Of the vote, if it is one. */
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
                && check == that.check
                && finding.equals(that.finding)
                && outcome.equals(that.outcome);
    }

    @Override
    public int hashCode() {
        return Objects.hash(question, vote, finding, outcome);
    }

    @Override
    public String toString() {
        return "" + question + vote + finding + outcome;
    }

    /** Binary form, version 1. */
    public static final class TallyInputCodec extends CanonicalCodec<TallyInput> {
        private static final long serialVersionUID = 1L;
        private static final int QUESTION = 1;
        private static final int VOTE = 2;
        private static final int FINDING = 3;
        private static final int OUTCOME = 4;

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
                    SignatureCheck check = CHECKS[in.int8()];
                    return of(SignedRecommendation.read(in), check);
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
