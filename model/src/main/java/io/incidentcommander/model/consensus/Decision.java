// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

import io.incidentcommander.model.codec.CanonicalReader;
import io.incidentcommander.model.codec.CanonicalWriter;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Sha256;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * What is to be done about an incident, in one attempt: there is exactly one. Immutable. The
 * recommendation is the weightiest one for the action, with its reasons and its rollback plan; it
 * is missing only if nobody recommended anything.
 */
@TypeInfo(Decision.Info.class)
public final class Decision {
    private final Certificate certificate;
    private final Optional<Recommendation> recommendation;

    public Decision(Certificate certificate, Optional<Recommendation> recommendation) {
        this.certificate = Objects.requireNonNull(certificate, "certificate");
        this.recommendation = Objects.requireNonNull(recommendation, "recommendation");
    }

    /** The same for every redelivery: SHA-256 of tenant, incident and attempt. */
    public String decisionId() {
        return idOf(tenant(), incidentId(), attempt());
    }

    public static String idOf(String tenant, String incidentId, int attempt) {
        CanonicalWriter out = new CanonicalWriter();
        out.text("decision").text(tenant).text(incidentId).int32(attempt);
        return Sha256.hex(Sha256.of(out.toByteArray()));
    }

    public Certificate certificate() {
        return certificate;
    }

    public Optional<Recommendation> recommendation() {
        return recommendation;
    }

    public String tenant() {
        return terms().tenant();
    }

    public String incidentId() {
        return terms().incidentId();
    }

    public int attempt() {
        return terms().attempt();
    }

    public Outcome outcome() {
        return certificate.outcome();
    }

    public DecisionStatus status() {
        return outcome().status();
    }

    /** The chosen or reported action; {@link Action#ESCALATE} if nobody recommended anything. */
    public Action action() {
        CandidateList candidates = terms().candidates();
        return candidates.actions().get(candidates.indexOf(outcome().action()));
    }

    /** How many of the voting agents, whichever, may have lied or been silent. */
    public int toleratedAgents() {
        return terms().roster().toleratedAgents();
    }

    private RoundTerms terms() {
        return certificate.last().terms();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Decision
                && ((Decision) other).certificate.equals(certificate)
                && ((Decision) other).recommendation.equals(recommendation);
    }

    @Override
    public int hashCode() {
        return certificate.hashCode();
    }

    @Override
    public String toString() {
        return certificate.toString();
    }

    /** Binary form, version 1. */
    public static final class DecisionCodec extends CanonicalCodec<Decision> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<Decision> type() {
            return Decision.class;
        }

        @Override
        void encode(Decision value, CanonicalWriter out) {
            value.certificate.write(out);
            out.int8(value.recommendation.isPresent() ? 1 : 0);
            value.recommendation.ifPresent(best -> best.write(out));
        }

        @Override
        Decision decode(CanonicalReader in) throws IOException {
            Certificate certificate = Certificate.read(in);
            Optional<Recommendation> best =
                    in.int8() == 1 ? Optional.of(Recommendation.read(in)) : Optional.empty();
            return new Decision(certificate, best);
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<Decision> {
        @Override
        public TypeInformation<Decision> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new DecisionCodec());
        }
    }
}
