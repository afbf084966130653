// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

import io.incidentcommander.model.codec.CanonicalReader;
import io.incidentcommander.model.codec.CanonicalWriter;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Sha256;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * A fact about the conduct of an agent, with its proof: the signed votes that show it. Immutable;
 * the time is event time in epoch milliseconds.
 */
@TypeInfo(Finding.Info.class)
public final class Finding {
    private final FindingKind kind;
    private final String tenant;
    private final String incidentId;
    private final int attempt;
    private final int round;
    private final String agent;
    private final long atMillis;
    private final String detail;
    private final List<SignedVote> proof;

    /**
     * @param detail one line for people
     * @param proof empty only where no signed vote can exist
     */
    public Finding(
            FindingKind kind,
            String tenant,
            String incidentId,
            int attempt,
            int round,
            String agent,
            long atMillis,
            String detail,
            List<SignedVote> proof) {
        this.kind = Objects.requireNonNull(kind, "kind");
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.incidentId = Objects.requireNonNull(incidentId, "incidentId");
        this.attempt = attempt;
        this.round = round;
        this.agent = Objects.requireNonNull(agent, "agent");
        this.atMillis = atMillis;
        this.detail = Objects.requireNonNull(detail, "detail");
        this.proof = List.copyOf(proof);
    }

    /** Of a vote, by its own statement. */
    public static Finding of(
            FindingKind kind, long atMillis, String detail, SignedVote vote, SignedVote... more) {
        List<SignedVote> proof = new ArrayList<>(List.of(more));
        proof.add(vote);
        VoteStatement said = vote.statement();
        return new Finding(
                kind,
                said.tenant(),
                said.incidentId(),
                said.attempt(),
                said.round(),
                said.agent(),
                atMillis,
                detail,
                proof);
    }

    /** The same for every time the same thing is found: kind, agent and round, not the time. */
    public String findingId() {
        CanonicalWriter out = new CanonicalWriter();
        out.text("finding").text(kind.name()).text(tenant).text(incidentId);
        out.int32(attempt).int32(round).text(agent);
        return Sha256.hex(Sha256.of(out.toByteArray()));
    }

    public FindingKind kind() {
        return kind;
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

    public int round() {
        return round;
    }

    /** The agent named; whether it is to blame says the kind. */
    public String agent() {
        return agent;
    }

    public long atMillis() {
        return atMillis;
    }

    public String detail() {
        return detail;
    }

    public List<SignedVote> proof() {
        return proof;
    }

    void write(CanonicalWriter out) {
        out.text(kind.name()).text(tenant).text(incidentId);
        out.int32(attempt).int32(round).text(agent);
        out.int64(atMillis).text(detail).int32(proof.size());
        proof.forEach(vote -> vote.write(out));
    }

    static Finding read(CanonicalReader in) throws IOException {
        FindingKind kind = FindingKind.valueOf(in.text());
        String tenant = in.text();
        String incidentId = in.text();
        int attempt = in.int32();
        int round = in.int32();
        String agent = in.text();
        long atMillis = in.int64();
        String detail = in.text();
        List<SignedVote> proof = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            proof.add(SignedVote.read(in));
        }
        return new Finding(
                kind, tenant, incidentId, attempt, round, agent, atMillis, detail, proof);
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Finding)) {
            return false;
        }
        Finding that = (Finding) other;
        return kind == that.kind
                && tenant.equals(that.tenant)
                && incidentId.equals(that.incidentId)
                && attempt == that.attempt
                && round == that.round
                && agent.equals(that.agent)
                && atMillis == that.atMillis
                && detail.equals(that.detail)
                && proof.equals(that.proof);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, incidentId, attempt, round, agent);
    }

    @Override
    public String toString() {
        return kind + " by " + agent + " in round " + round + ": " + detail;
    }

    /** Binary form, version 1. */
    public static final class FindingCodec extends CanonicalCodec<Finding> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<Finding> type() {
            return Finding.class;
        }

        @Override
        void encode(Finding value, CanonicalWriter out) {
            value.write(out);
        }

        @Override
        Finding decode(CanonicalReader in) throws IOException {
            return Finding.read(in);
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<Finding> {
        @Override
        public TypeInformation<Finding> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new FindingCodec());
        }
    }
}
