// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

import io.incidentcommander.model.codec.CanonicalReader;
import io.incidentcommander.model.codec.CanonicalWriter;
import io.incidentcommander.model.codec.CodecTypeInfo;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** A recommendation as it travels: with the signature over its statement. Immutable. */
@TypeInfo(SignedRecommendation.Info.class)
public final class SignedRecommendation implements Vote {
    private final Recommendation recommendation;
    private final byte[] signature;

    /**
     * @throws IllegalArgumentException unless the signature has 64 bytes
     */
    public SignedRecommendation(Recommendation recommendation, byte[] signature) {
        this.recommendation = Objects.requireNonNull(recommendation, "recommendation");
        if (signature.length != SignedVote.SIGNATURE_BYTES) {
            throw new IllegalArgumentException("A signature has 64 bytes: " + signature.length);
        }
        this.signature = signature.clone();
    }

    public Recommendation recommendation() {
        return recommendation;
    }

    public byte[] signature() {
        return signature.clone();
    }

    /** Without the texts: what is kept as proof. */
    public SignedVote vote() {
        return new SignedVote(recommendation.statement(), signature);
    }

    @Override
    public String agent() {
        return recommendation.agent();
    }

    @Override
    public ActionId action() {
        return recommendation.action();
    }

    @Override
    public double confidence() {
        return recommendation.confidence();
    }

    void write(CanonicalWriter out) {
        recommendation.write(out);
        out.fixed(signature);
    }

    static SignedRecommendation read(CanonicalReader in) throws IOException {
        return new SignedRecommendation(
                Recommendation.read(in), in.fixed(SignedVote.SIGNATURE_BYTES));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedRecommendation
                && ((SignedRecommendation) other).recommendation.equals(recommendation)
                && Arrays.equals(((SignedRecommendation) other).signature, signature);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(signature);
    }

    @Override
    public String toString() {
        return recommendation.toString();
    }

    /** Binary form, version 1. */
    public static final class SignedRecommendationCodec
            extends CanonicalCodec<SignedRecommendation> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<SignedRecommendation> type() {
            return SignedRecommendation.class;
        }

        @Override
        void encode(SignedRecommendation value, CanonicalWriter out) {
            value.write(out);
        }

        @Override
        SignedRecommendation decode(CanonicalReader in) throws IOException {
            return SignedRecommendation.read(in);
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<SignedRecommendation> {
        @Override
        public TypeInformation<SignedRecommendation> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new SignedRecommendationCodec());
        }
    }
}
