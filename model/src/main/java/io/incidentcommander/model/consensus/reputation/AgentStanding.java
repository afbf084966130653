// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus.reputation;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * All that is remembered of one agent's conduct: its latest judged outcomes, the evidence against
 * it, and its phase. Immutable. Reputation and suspicion are computed from it for a time, never
 * stored. Lists are ordered and bounded by the policy that wrote them.
 */
@TypeInfo(AgentStanding.Info.class)
public final class AgentStanding {
    /** An end of a phase that has none. */
    public static final long OPEN_ENDED = Long.MAX_VALUE;

    private final String agentId;
    private final List<JudgedOutcome> outcomes;
    private final List<Evidence> evidence;
    private final TrustPhase phase;
    private final long sinceMillis;
    private final long untilMillis;
    private final long servedMillis;
    private final int offences;

    /**
     * @param outcomes by time of decision, then id
     * @param evidence strongest first, at the time it counts
     * @param sinceMillis when the phase began
     * @param untilMillis when the phase is up, or {@link #OPEN_ENDED}
     * @param servedMillis conduct up to this time has been answered for and raises no suspicion
     * @param offences how often the agent was quarantined
     */
    public AgentStanding(
            String agentId,
            List<JudgedOutcome> outcomes,
            List<Evidence> evidence,
            TrustPhase phase,
            long sinceMillis,
            long untilMillis,
            long servedMillis,
            int offences) {
        this.agentId = Objects.requireNonNull(agentId, "agentId");
        this.outcomes = List.copyOf(outcomes);
        this.evidence = List.copyOf(evidence);
        this.phase = Objects.requireNonNull(phase, "phase");
        this.sinceMillis = sinceMillis;
        this.untilMillis = untilMillis;
        this.servedMillis = servedMillis;
        this.offences = offences;
    }

    /** Of an agent nothing is known of. */
    public static AgentStanding unknown(String agentId) {
        return new AgentStanding(
                agentId,
                List.of(),
                List.of(),
                TrustPhase.TRUSTED,
                Long.MIN_VALUE,
                OPEN_ENDED,
                Long.MIN_VALUE,
                0);
    }

    public AgentStanding withOutcomes(List<JudgedOutcome> changed) {
        return new AgentStanding(
                agentId,
                changed,
                evidence,
                phase,
                sinceMillis,
                untilMillis,
                servedMillis,
                offences);
    }

    public AgentStanding withEvidence(List<Evidence> changed) {
        return new AgentStanding(
                agentId,
                outcomes,
                changed,
                phase,
                sinceMillis,
                untilMillis,
                servedMillis,
                offences);
    }

    /** From the given time in another phase; what was done and found before stays remembered. */
    public AgentStanding inPhase(
            TrustPhase next, long since, long until, long served, int offencesSoFar) {
        return new AgentStanding(
                agentId, outcomes, evidence, next, since, until, served, offencesSoFar);
    }

    public String agentId() {
        return agentId;
    }

    public List<JudgedOutcome> outcomes() {
        return outcomes;
    }

    public List<Evidence> evidence() {
        return evidence;
    }

    public TrustPhase phase() {
        return phase;
    }

    public long sinceMillis() {
        return sinceMillis;
    }

    public long untilMillis() {
        return untilMillis;
    }

    public long servedMillis() {
        return servedMillis;
    }

    public int offences() {
        return offences;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof AgentStanding)) {
            return false;
        }
        AgentStanding that = (AgentStanding) other;
        return agentId.equals(that.agentId)
                && outcomes.equals(that.outcomes)
                && evidence.equals(that.evidence)
                && phase == that.phase
                && sinceMillis == that.sinceMillis
                && untilMillis == that.untilMillis
                && servedMillis == that.servedMillis
                && offences == that.offences;
    }

    @Override
    public int hashCode() {
        return Objects.hash(agentId, outcomes, evidence, phase, sinceMillis, untilMillis);
    }

    @Override
    public String toString() {
        return agentId + " " + phase + " since " + sinceMillis + ", offences " + offences;
    }

    /** Binary form, version 1. */
    public static final class AgentStandingCodec implements Codec<AgentStanding> {
        private static final long serialVersionUID = 1L;
        private static final TrustPhase[] PHASES = TrustPhase.values();

        @Override
        public Class<AgentStanding> type() {
            return AgentStanding.class;
        }

        @Override
        public void write(AgentStanding value, DataOutputView out) throws IOException {
            out.writeByte(1);
            Wire.writeString(value.agentId, out);
            out.writeInt(value.outcomes.size());
            for (JudgedOutcome outcome : value.outcomes) {
                outcome.write(out);
            }
            out.writeInt(value.evidence.size());
            for (Evidence one : value.evidence) {
                one.write(out);
            }
            out.writeByte(value.phase.ordinal());
            out.writeLong(value.sinceMillis);
            out.writeLong(value.untilMillis);
            out.writeLong(value.servedMillis);
            out.writeInt(value.offences);
        }

        @Override
        public AgentStanding read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, AgentStanding.class);
            String agentId = Wire.readString(in);
            List<JudgedOutcome> outcomes = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                outcomes.add(JudgedOutcome.read(in));
            }
            List<Evidence> evidence = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                evidence.add(Evidence.read(in));
            }
            return new AgentStanding(
                    agentId,
                    outcomes,
                    evidence,
                    PHASES[in.readByte()],
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readInt());
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<AgentStanding> {
        @Override
        public TypeInformation<AgentStanding> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new AgentStandingCodec());
        }
    }
}
