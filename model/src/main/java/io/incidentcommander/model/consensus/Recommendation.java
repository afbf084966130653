// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

import io.incidentcommander.model.codec.CanonicalReader;
import io.incidentcommander.model.codec.CanonicalWriter;
import io.incidentcommander.model.codec.Sha256;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What an agent says should be done about an incident in one round, and why. Immutable. Nothing in
 * it is trusted: the confidence is whatever the agent said.
 */
public final class Recommendation implements Vote {
    /** Bounds, in chars and ids, of what an agent may send. */
    public static final int MAX_ID = 256;

    /** After the request id: what the agent has so far. */
    public static final String PARTIAL = "/partial";

    /** After the request id: what the agent came to earlier, about something like it. */
    public static final String CACHED = "/cached";

    public static final int MAX_REASONING = 4000;
    public static final int MAX_ROLLBACK_PLAN = 2000;
    public static final int MAX_EVIDENCE = 50;

    private final Builder said;

    private Recommendation(Builder said) {
        this.said = said;
        said.requireHead();
        bounded("reasoning", said.reasoning, MAX_REASONING);
        bounded("rollbackPlan", said.rollbackPlan, MAX_ROLLBACK_PLAN);
        said.evidenceIds.forEach(id -> bounded("evidence id", id, MAX_ID));
        if (said.evidenceIds.size() > MAX_EVIDENCE) {
            throw new IllegalArgumentException("A recommendation cites 50 pieces at most");
        }
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A builder holding this recommendation's values. */
    public Builder toBuilder() {
        return said.copy();
    }

    /** What the agent signs. */
    public VoteStatement statement() {
        CanonicalWriter evidence = new CanonicalWriter();
        evidence.int32(said.evidenceIds.size());
        said.evidenceIds.forEach(evidence::text);
        CanonicalWriter narrative = new CanonicalWriter();
        narrative.text(said.reasoning).text(said.rollbackPlan);
        return new VoteStatement(
                said, Sha256.of(evidence.toByteArray()), Sha256.of(narrative.toByteArray()));
    }

    public String tenant() {
        return said.tenant;
    }

    public String incidentId() {
        return said.incidentId;
    }

    /** 1 for the first time that agents deliberate about the incident. */
    public int attempt() {
        return said.attempt;
    }

    /** 1 for the first round of the attempt. */
    public int round() {
        return said.round;
    }

    /** Hash of the {@link RoundTerms} voted under, as the request gave it. */
    public String terms() {
        return said.terms;
    }

    /** Whether it is a partial or cached result, which the agent may follow up. */
    public boolean isProvisional() {
        return said.requestId.endsWith(PARTIAL) || said.requestId.endsWith(CACHED);
    }

    /** Of the request that is answered: another vote under the same id is a replay. */
    public String requestId() {
        return said.requestId;
    }

    @Override
    public String agent() {
        return said.agent;
    }

    /** Which of the agent's keys signs. */
    public int keyEpoch() {
        return said.keyEpoch;
    }

    public AgentRole role() {
        return said.role;
    }

    /** Failure domain: the vendor line of a model, or the algorithm. */
    public String family() {
        return said.family;
    }

    @Override
    public ActionId action() {
        return said.action;
    }

    @Override
    public double confidence() {
        return said.confidence;
    }

    public RiskLevel risk() {
        return said.risk;
    }

    public long estimatedMillis() {
        return said.estimatedMillis;
    }

    /** Ids of alerts, logs, metrics and patterns, in the agent's order. */
    public List<String> evidenceIds() {
        return said.evidenceIds;
    }

    public String reasoning() {
        return said.reasoning;
    }

    public String rollbackPlan() {
        return said.rollbackPlan;
    }

    /** By the agent's clock, epoch milliseconds. */
    public long issuedAtMillis() {
        return said.issuedAtMillis;
    }

    void write(CanonicalWriter out) {
        said.writeHead(out);
        out.int32(said.evidenceIds.size());
        said.evidenceIds.forEach(out::text);
        out.text(said.reasoning).text(said.rollbackPlan);
    }

    static Recommendation read(CanonicalReader in) throws IOException {
        Builder said = Builder.readHead(in);
        List<String> evidence = new ArrayList<>();
        for (int left = in.count(); left > 0; left--) {
            evidence.add(in.text());
        }
        return said.evidenceIds(evidence).reasoning(in.text()).rollbackPlan(in.text()).build();
    }

    private static void bounded(String field, String text, int max) {
        Objects.requireNonNull(text, field);
        if (text.length() > max) {
            throw new IllegalArgumentException(
                    "The " + field + " has " + max + " chars at most, not " + text.length());
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Recommendation && ((Recommendation) other).said.same(said);
    }

    @Override
    public int hashCode() {
        return Objects.hash(said.agent, said.requestId, said.action);
    }

    @Override
    public String toString() {
        return said.agent + " for " + said.action + " at " + said.confidence;
    }

    /**
     * Collects the values; what was not set stays empty, zero or LOW where that means something.
     */
    public static final class Builder {
        String tenant;
        String incidentId;
        int attempt = 1;
        int round = 1;
        String terms;
        String requestId;
        String agent;
        int keyEpoch = 1;
        AgentRole role;
        String family;
        ActionId action;
        double confidence;
        RiskLevel risk = RiskLevel.LOW;
        long estimatedMillis;
        long issuedAtMillis;
        private List<String> evidenceIds = List.of();
        private String reasoning = "";
        private String rollbackPlan = "";

        private Builder() {}

        /** Tenant, incident, attempt, round, terms and request id. */
        public Builder answering(RoundRequest request) {
            RoundTerms asked = request.terms();
            return tenant(asked.tenant())
                    .incidentId(asked.incidentId())
                    .attempt(asked.attempt())
                    .round(asked.round())
                    .terms(asked.hash())
                    .requestId(request.requestId());
        }

        /** Agent, key epoch, role and family. */
        public Builder from(Seat seat) {
            return agent(seat.agent())
                    .keyEpoch(seat.keyEpoch())
                    .role(seat.role())
                    .family(seat.family());
        }

        public Builder tenant(String value) {
            tenant = value;
            return this;
        }

        public Builder incidentId(String value) {
            incidentId = value;
            return this;
        }

        public Builder attempt(int value) {
            attempt = value;
            return this;
        }

        public Builder round(int value) {
            round = value;
            return this;
        }

        public Builder terms(String value) {
            terms = value;
            return this;
        }

        public Builder requestId(String value) {
            requestId = value;
            return this;
        }

        public Builder agent(String value) {
            agent = value;
            return this;
        }

        public Builder keyEpoch(int value) {
            keyEpoch = value;
            return this;
        }

        public Builder role(AgentRole value) {
            role = value;
            return this;
        }

        public Builder family(String value) {
            family = value;
            return this;
        }

        public Builder action(ActionId value) {
            action = value;
            return this;
        }

        public Builder confidence(double value) {
            confidence = value;
            return this;
        }

        public Builder risk(RiskLevel value) {
            risk = value;
            return this;
        }

        public Builder estimatedMillis(long value) {
            estimatedMillis = value;
            return this;
        }

        public Builder issuedAtMillis(long value) {
            issuedAtMillis = value;
            return this;
        }

        public Builder evidenceIds(List<String> value) {
            evidenceIds = List.copyOf(value);
            return this;
        }

        public Builder reasoning(String value) {
            reasoning = value;
            return this;
        }

        public Builder rollbackPlan(String value) {
            rollbackPlan = value;
            return this;
        }

        /**
         * @throws IllegalArgumentException if a text or list is over its bound
         * @throws NullPointerException if a value that has no default was not set
         */
        public Recommendation build() {
            return new Recommendation(copy());
        }

        void requireHead() {
            bounded("tenant", tenant, MAX_ID);
            bounded("incidentId", incidentId, MAX_ID);
            bounded("requestId", requestId, MAX_ID);
            bounded("agent", agent, MAX_ID);
            bounded("family", family, MAX_ID);
            Sha256.parse(terms);
            Objects.requireNonNull(role, "role");
            Objects.requireNonNull(action, "action");
            Objects.requireNonNull(risk, "risk");
        }

        void writeHead(CanonicalWriter out) {
            out.text(tenant).text(incidentId).int32(attempt).int32(round);
            out.fixed(Sha256.parse(terms)).text(requestId);
            out.text(agent).int32(keyEpoch).text(role.word()).text(family);
            out.fixed(action.bytes()).float64(confidence).text(risk.word());
            out.int64(estimatedMillis).int64(issuedAtMillis);
        }

        static Builder readHead(CanonicalReader in) throws IOException {
            return new Builder()
                    .tenant(in.text())
                    .incidentId(in.text())
                    .attempt(in.int32())
                    .round(in.int32())
                    .terms(Sha256.hex(in.fixed(Sha256.BYTES)))
                    .requestId(in.text())
                    .agent(in.text())
                    .keyEpoch(in.int32())
                    .role(AgentRole.ofWord(in.text()))
                    .family(in.text())
                    .action(ActionId.of(in.fixed(Sha256.BYTES)))
                    .confidence(in.float64())
                    .risk(RiskLevel.ofWord(in.text()))
                    .estimatedMillis(in.int64())
                    .issuedAtMillis(in.int64());
        }

        private Builder copy() {
            Builder b = new Builder();
            b.tenant = tenant;
            b.incidentId = incidentId;
            b.attempt = attempt;
            b.round = round;
            b.terms = terms;
            b.requestId = requestId;
            b.agent = agent;
            b.keyEpoch = keyEpoch;
            b.role = role;
            b.family = family;
            b.action = action;
            b.confidence = confidence;
            b.risk = risk;
            b.estimatedMillis = estimatedMillis;
            b.issuedAtMillis = issuedAtMillis;
            b.evidenceIds = evidenceIds;
            b.reasoning = reasoning;
            b.rollbackPlan = rollbackPlan;
            return b;
        }

        private boolean same(Builder o) {
            return tenant.equals(o.tenant)
                    && incidentId.equals(o.incidentId)
                    && attempt == o.attempt
                    && round == o.round
                    && terms.equals(o.terms)
                    && requestId.equals(o.requestId)
                    && agent.equals(o.agent)
                    && keyEpoch == o.keyEpoch
                    && role == o.role
                    && family.equals(o.family)
                    && action.equals(o.action)
                    && Double.compare(confidence, o.confidence) == 0
                    && risk == o.risk
                    && estimatedMillis == o.estimatedMillis
                    && issuedAtMillis == o.issuedAtMillis
                    && evidenceIds.equals(o.evidenceIds)
                    && reasoning.equals(o.reasoning)
                    && rollbackPlan.equals(o.rollbackPlan);
        }
    }
}
