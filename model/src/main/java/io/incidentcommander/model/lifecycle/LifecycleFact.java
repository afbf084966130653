// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.lifecycle;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.Severity;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * One thing that happened to one incident, told by whoever knows: correlation, diagnosis, the
 * tally, resolution, a human or a timer. Immutable; times are event time in epoch milliseconds.
 */
@TypeInfo(LifecycleFact.Info.class)
public final class LifecycleFact {
    /** Of facts that are about the incident, not about one attempt at it. */
    public static final int ANY_ATTEMPT = 0;

    /** Of facts from outside event time: they happen when they are heard. */
    public static final long NO_TIME = Long.MIN_VALUE;

    /** Of facts that are no commands. */
    public static final long NO_SEQUENCE = 0;

    private final String tenant;
    private final String incidentId;
    private final LifecycleSignal signal;
    private final long timeMillis;
    private final int attempt;
    private final String who;
    private final String detail;
    private final Optional<Incident> incident;
    private final Optional<Severity> severity;
    private final List<AlertId> causes;
    private final long sequence;

    private LifecycleFact(
            String tenant,
            String incidentId,
            LifecycleSignal signal,
            long timeMillis,
            int attempt,
            String who,
            String detail,
            Optional<Incident> incident,
            Optional<Severity> severity,
            List<AlertId> causes,
            long sequence) {
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.incidentId = Objects.requireNonNull(incidentId, "incidentId");
        this.signal = Objects.requireNonNull(signal, "signal");
        this.timeMillis = timeMillis;
        this.attempt = attempt;
        this.who = Objects.requireNonNull(who, "who");
        this.detail = Objects.requireNonNull(detail, "detail");
        this.incident = incident;
        this.severity = severity;
        this.causes = List.copyOf(causes);
        this.sequence = sequence;
    }

    /**
     * @param incident as correlation sees it now
     * @param signal OPENED, UPDATED, QUIET or MERGED
     */
    public static LifecycleFact seen(
            LifecycleSignal signal, Incident incident, long timeMillis, String cause) {
        return new LifecycleFact(
                incident.tenant(),
                incident.incidentId(),
                signal,
                timeMillis,
                ANY_ATTEMPT,
                "correlation",
                cause,
                Optional.of(incident),
                Optional.empty(),
                List.of(),
                NO_SEQUENCE);
    }

    /**
     * @param attempt which it belongs to, from 1; {@link #ANY_ATTEMPT} for the incident as a whole
     * @param who the agent's id, the stage's word, or the human
     * @param detail one line
     */
    public static LifecycleFact of(
            String tenant,
            String incidentId,
            LifecycleSignal signal,
            long timeMillis,
            int attempt,
            String who,
            String detail) {
        return new LifecycleFact(
                tenant,
                incidentId,
                signal,
                timeMillis,
                attempt,
                who,
                detail,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                NO_SEQUENCE);
    }

    /** This fact, naming how bad it is. */
    public LifecycleFact withSeverity(Severity severity) {
        return new LifecycleFact(
                tenant,
                incidentId,
                signal,
                timeMillis,
                attempt,
                who,
                detail,
                incident,
                Optional.of(severity),
                causes,
                sequence);
    }

    /** This fact, naming the alerts behind it. */
    public LifecycleFact becauseOf(List<AlertId> alerts) {
        return new LifecycleFact(
                tenant,
                incidentId,
                signal,
                timeMillis,
                attempt,
                who,
                detail,
                incident,
                severity,
                alerts,
                sequence);
    }

    /**
     * This fact, as a command.
     *
     * @param sequence growing with each command to the incident, from 1
     */
    public LifecycleFact numbered(long sequence) {
        return new LifecycleFact(
                tenant,
                incidentId,
                signal,
                timeMillis,
                attempt,
                who,
                detail,
                incident,
                severity,
                causes,
                sequence);
    }

    /** This fact, if it counts only from then on. */
    public LifecycleFact notBefore(long millis) {
        return at(Math.max(timeMillis, millis));
    }

    /** This fact at another time. */
    public LifecycleFact at(long millis) {
        return new LifecycleFact(
                tenant,
                incidentId,
                signal,
                millis,
                attempt,
                who,
                detail,
                incident,
                severity,
                causes,
                sequence);
    }

    public String tenant() {
        return tenant;
    }

    public String incidentId() {
        return incidentId;
    }

    public LifecycleSignal signal() {
        return signal;
    }

    public long timeMillis() {
        return timeMillis;
    }

    public int attempt() {
        return attempt;
    }

    public String who() {
        return who;
    }

    public String detail() {
        return detail;
    }

    /** As correlation sees it; present in its facts only. */
    public Optional<Incident> incident() {
        return incident;
    }

    public Optional<Severity> severity() {
        return severity;
    }

    /** The alerts behind it, where alerts are. */
    public List<AlertId> causes() {
        return causes;
    }

    /** Of those commands to the incident that count, each is higher than the one before. */
    public long sequence() {
        return sequence;
    }

    public boolean isCommand() {
        return sequence != NO_SEQUENCE;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof LifecycleFact)) {
            return false;
        }
        LifecycleFact that = (LifecycleFact) other;
        return tenant.equals(that.tenant)
                && incidentId.equals(that.incidentId)
                && signal == that.signal
                && timeMillis == that.timeMillis
                && attempt == that.attempt
                && who.equals(that.who)
                && detail.equals(that.detail)
                && incident.equals(that.incident)
                && severity.equals(that.severity)
                && causes.equals(that.causes)
                && sequence == that.sequence;
    }

    @Override
    public int hashCode() {
        return Objects.hash(tenant, incidentId, signal, timeMillis, attempt);
    }

    @Override
    public String toString() {
        return incidentId + " " + signal.word() + " at " + timeMillis + " by " + who;
    }

    /** Binary form, version 2; 1 had no numbers of commands. */
    public static final class LifecycleFactCodec implements Codec<LifecycleFact> {
        private static final long serialVersionUID = 1L;
        private static final LifecycleSignal[] SIGNALS = LifecycleSignal.values();
        private static final Severity[] SEVERITIES = Severity.values();
        private static final Incident.IncidentCodec INCIDENT = new Incident.IncidentCodec();

        @Override
        public Class<LifecycleFact> type() {
            return LifecycleFact.class;
        }

        @Override
        public void write(LifecycleFact value, DataOutputView out) throws IOException {
            out.writeByte(2);
            Wire.writeString(value.tenant, out);
            Wire.writeString(value.incidentId, out);
            out.writeByte(value.signal.ordinal());
            out.writeLong(value.timeMillis);
            out.writeInt(value.attempt);
            Wire.writeString(value.who, out);
            Wire.writeString(value.detail, out);
            out.writeBoolean(value.incident.isPresent());
            if (value.incident.isPresent()) {
                INCIDENT.write(value.incident.get(), out);
            }
            out.writeByte(value.severity.map(Severity::ordinal).orElse(-1));
            out.writeInt(value.causes.size());
            for (AlertId alert : value.causes) {
                AlertId.write(alert, out);
            }
            out.writeLong(value.sequence);
        }

        @Override
        public LifecycleFact read(DataInputView in) throws IOException {
            int version = Wire.readVersion(in, 2, LifecycleFact.class);
            String tenant = Wire.readString(in);
            String incidentId = Wire.readString(in);
            LifecycleSignal signal = SIGNALS[in.readByte()];
            long timeMillis = in.readLong();
            int attempt = in.readInt();
            String who = Wire.readString(in);
            String detail = Wire.readString(in);
            Optional<Incident> incident =
                    in.readBoolean() ? Optional.of(INCIDENT.read(in)) : Optional.empty();
            byte severity = in.readByte();
            List<AlertId> causes = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                causes.add(AlertId.read(in));
            }
            return new LifecycleFact(
                    tenant,
                    incidentId,
                    signal,
                    timeMillis,
                    attempt,
                    who,
                    detail,
                    incident,
                    severity < 0 ? Optional.empty() : Optional.of(SEVERITIES[severity]),
                    causes,
                    version == 1 ? NO_SEQUENCE : in.readLong());
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<LifecycleFact> {
        @Override
        public TypeInformation<LifecycleFact> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new LifecycleFactCodec());
        }
    }
}
