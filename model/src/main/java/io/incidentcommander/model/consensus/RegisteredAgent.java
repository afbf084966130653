// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

import io.incidentcommander.model.codec.CanonicalReader;
import io.incidentcommander.model.codec.CanonicalWriter;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Sha256;
import java.io.IOException;
import java.io.Serializable;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * What the control stream says of an agent, and what is kept of it: who it is, its newest key, and
 * up to which epoch its keys are revoked. Registering, rotating and revoking are the same message;
 * {@link #merge} makes order and repetition harmless. Immutable.
 */
@TypeInfo(RegisteredAgent.Info.class)
public final class RegisteredAgent implements Serializable {
    /** The tenant of agents that serve every tenant. */
    public static final String ALL_TENANTS = "*";

    private static final long serialVersionUID = 1L;

    private final String tenant;
    private final String agent;
    private final AgentRole role;
    private final String family;
    private final int keyEpoch;
    private final String publicKey;
    private final int revokedUpTo;

    /**
     * @param keyEpoch 1 for the first key, more for each that replaces it
     * @param publicKey Ed25519, 64 lower-case hexadecimal digits
     * @param revokedUpTo votes under keys of this epoch and before count no more; 0 for none
     */
    public RegisteredAgent(
            String tenant,
            String agent,
            AgentRole role,
            String family,
            int keyEpoch,
            String publicKey,
            int revokedUpTo) {
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.agent = Objects.requireNonNull(agent, "agent");
        this.role = Objects.requireNonNull(role, "role");
        this.family = Objects.requireNonNull(family, "family");
        this.keyEpoch = keyEpoch;
        this.publicKey = publicKey;
        Sha256.parse(publicKey);
        this.revokedUpTo = revokedUpTo;
    }

    /** What is known after both messages, in whichever order; at the same epoch this one stays. */
    public RegisteredAgent merge(RegisteredAgent other) {
        RegisteredAgent newer = other.keyEpoch > keyEpoch ? other : this;
        return new RegisteredAgent(
                tenant,
                agent,
                newer.role,
                newer.family,
                newer.keyEpoch,
                newer.publicKey,
                Math.max(revokedUpTo, other.revokedUpTo));
    }

    /** The same agent, as it serves this tenant. */
    public RegisteredAgent forTenant(String other) {
        return new RegisteredAgent(other, agent, role, family, keyEpoch, publicKey, revokedUpTo);
    }

    public boolean isRevoked(int epoch) {
        return epoch <= revokedUpTo;
    }

    public String tenant() {
        return tenant;
    }

    public String agent() {
        return agent;
    }

    public AgentRole role() {
        return role;
    }

    public String family() {
        return family;
    }

    public int keyEpoch() {
        return keyEpoch;
    }

    public String publicKey() {
        return publicKey;
    }

    public int revokedUpTo() {
        return revokedUpTo;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof RegisteredAgent)) {
            return false;
        }
        RegisteredAgent that = (RegisteredAgent) other;
        return tenant.equals(that.tenant)
                && agent.equals(that.agent)
                && role == that.role
                && family.equals(that.family)
                && keyEpoch == that.keyEpoch
                && publicKey.equals(that.publicKey)
                && revokedUpTo == that.revokedUpTo;
    }

    @Override
    public int hashCode() {
        return Objects.hash(tenant, agent, keyEpoch, revokedUpTo);
    }

    @Override
    public String toString() {
        return tenant + "/" + agent + " key " + keyEpoch + ", revoked up to " + revokedUpTo;
    }

    /** Binary form, version 1. */
    public static final class RegisteredAgentCodec extends CanonicalCodec<RegisteredAgent> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<RegisteredAgent> type() {
            return RegisteredAgent.class;
        }

        @Override
        void encode(RegisteredAgent value, CanonicalWriter out) {
            out.text(value.tenant).text(value.agent).text(value.role.word()).text(value.family);
            out.int32(value.keyEpoch).text(value.publicKey).int32(value.revokedUpTo);
        }

        @Override
        RegisteredAgent decode(CanonicalReader in) throws IOException {
            return new RegisteredAgent(
                    in.text(),
                    in.text(),
                    AgentRole.ofWord(in.text()),
                    in.text(),
                    in.int32(),
                    in.text(),
                    in.int32());
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<RegisteredAgent> {
        @Override
        public TypeInformation<RegisteredAgent> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new RegisteredAgentCodec());
        }
    }
}
