// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

import io.incidentcommander.model.codec.CanonicalReader;
import io.incidentcommander.model.codec.CanonicalWriter;
import io.incidentcommander.model.codec.CodecTypeInfo;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/** What agents are to deliberate about: an incident, in one attempt. Immutable. */
@TypeInfo(Question.Info.class)
public final class Question {
    private final String tenant;
    private final String incidentId;
    private final int attempt;
    private final CandidateList candidates;
    private final List<String> evidence;
    private final Set<AgentRole> inapplicable;

    /** A question that every role has something to say about. */
    public Question(
            String tenant,
            String incidentId,
            int attempt,
            CandidateList candidates,
            List<String> evidence) {
        this(tenant, incidentId, attempt, candidates, evidence, Set.of());
    }

    /**
     * @param attempt 1 for the first time; each attempt gets exactly one decision
     * @param evidence ids of all that is known, which votes may cite
     * @param inapplicable roles with nothing to say: prediction, where no series can be forecast
     */
    public Question(
            String tenant,
            String incidentId,
            int attempt,
            CandidateList candidates,
            List<String> evidence,
            Set<AgentRole> inapplicable) {
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.incidentId = Objects.requireNonNull(incidentId, "incidentId");
        this.attempt = attempt;
        this.candidates = Objects.requireNonNull(candidates, "candidates");
        this.evidence = List.copyOf(evidence);
        this.inapplicable = Set.copyOf(inapplicable);
    }

    public String tenant() {
        return tenant;
    }

    public String incidentId() {
        return incidentId;
    }

    public int attempt() {
        return attempt;
    }

    public CandidateList candidates() {
        return candidates;
    }

    public List<String> evidence() {
        return evidence;
    }

    public Set<AgentRole> inapplicable() {
        return inapplicable;
    }

    void write(CanonicalWriter out) {
        out.text(tenant).text(incidentId).int32(attempt);
        candidates.write(out);
        out.int32(evidence.size());
        evidence.forEach(out::text);
        int roles = 0;
        for (AgentRole role : inapplicable) {
            roles |= 1 << role.ordinal();
        }
        out.int32(roles);
    }

    static Question read(CanonicalReader in) throws IOException {
        String tenant = in.text();
        String incidentId = in.text();
        int attempt = in.int32();
        CandidateList candidates = CandidateList.read(in);
        List<String> evidence = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            evidence.add(in.text());
        }
        int bits = in.int32();
        Set<AgentRole> roles = EnumSet.noneOf(AgentRole.class);
        for (AgentRole role : AgentRole.values()) {
            if ((bits >> role.ordinal() & 1) == 1) {
                roles.add(role);
            }
        }
        return new Question(tenant, incidentId, attempt, candidates, evidence, roles);
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Question)) {
            return false;
        }
        Question that = (Question) other;
        return tenant.equals(that.tenant)
                && incidentId.equals(that.incidentId)
                && attempt == that.attempt
                && candidates.equals(that.candidates)
                && evidence.equals(that.evidence)
                && inapplicable.equals(that.inapplicable);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tenant, incidentId, attempt);
    }

    @Override
    public String toString() {
        return incidentId + " attempt " + attempt + ": " + candidates;
    }

    /** Binary form, version 1. */
    public static final class QuestionCodec extends CanonicalCodec<Question> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<Question> type() {
            return Question.class;
        }

        @Override
        void encode(Question value, CanonicalWriter out) {
            value.write(out);
        }

        @Override
        Question decode(CanonicalReader in) throws IOException {
            return Question.read(in);
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<Question> {
        @Override
        public TypeInformation<Question> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new QuestionCodec());
        }
    }
}
