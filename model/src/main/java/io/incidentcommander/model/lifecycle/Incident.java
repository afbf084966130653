// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.lifecycle;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.ingest.Severity;
import java.io.IOException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * One incident as it stands after its last change. Immutable; times are event time in epoch
 * milliseconds.
 */
@TypeInfo(Incident.Info.class)
public final class Incident {
    /** The closing time of an incident that is open. */
    public static final long NOT_CLOSED = -1;

    private final String incidentId;
    private final String tenant;
    private final IncidentType type;
    private final Severity severity;
    private final List<String> services;
    private final IncidentState state;
    private final long openedAtMillis;
    private final long updatedAtMillis;
    private final long closedAtMillis;
    private final long alertCount;
    private final long keptAlerts;
    private final double confidence;
    private final BigDecimal costUsd;
    private final long sequence;
    private final String title;
    private final String mergedInto;
    private final Grounds grounds;

    private Incident(Builder b) {
        this.incidentId = Objects.requireNonNull(b.incidentId, "incidentId");
        this.tenant = Objects.requireNonNull(b.tenant, "tenant");
        this.type = Objects.requireNonNull(b.type, "type");
        this.severity = Objects.requireNonNull(b.severity, "severity");
        this.services = b.services;
        this.state = Objects.requireNonNull(b.state, "state");
        this.openedAtMillis = b.openedAtMillis;
        this.updatedAtMillis = b.updatedAtMillis;
        this.closedAtMillis = b.closedAtMillis;
        this.alertCount = b.alertCount;
        this.keptAlerts = b.keptAlerts;
        this.confidence = inUnitInterval(b.confidence);
        this.costUsd = plain(Objects.requireNonNull(b.costUsd, "costUsd"));
        this.sequence = b.sequence;
        this.title = Objects.requireNonNull(b.title, "title");
        this.mergedInto = Objects.requireNonNull(b.mergedInto, "mergedInto");
        this.grounds = Objects.requireNonNull(b.grounds, "grounds");
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A builder holding this incident's values. */
    public Builder toBuilder() {
        Builder b = new Builder();
        b.incidentId = incidentId;
        b.tenant = tenant;
        b.type = type;
        b.severity = severity;
        b.services = services;
        b.state = state;
        b.openedAtMillis = openedAtMillis;
        b.updatedAtMillis = updatedAtMillis;
        b.closedAtMillis = closedAtMillis;
        b.alertCount = alertCount;
        b.keptAlerts = keptAlerts;
        b.confidence = confidence;
        b.costUsd = costUsd;
        b.sequence = sequence;
        b.title = title;
        b.mergedInto = mergedInto;
        b.grounds = grounds;
        return b;
    }

    /** See {@link IncidentId}. */
    public String incidentId() {
        return incidentId;
    }

    public String tenant() {
        return tenant;
    }

    public IncidentType type() {
        return type;
    }

    public Severity severity() {
        return severity;
    }

    /** Affected services, sorted, without repeats, unmodifiable. */
    public List<String> services() {
        return services;
    }

    public IncidentState state() {
        return state;
    }

    /** Event time of the first alert. */
    public long openedAtMillis() {
        return openedAtMillis;
    }

    /** Event time of the last change. */
    public long updatedAtMillis() {
        return updatedAtMillis;
    }

    /** {@link #NOT_CLOSED} while it is open. */
    public long closedAtMillis() {
        return closedAtMillis;
    }

    /** How many alerts belong to it, each counted with the weight it stands for. */
    public long alertCount() {
        return alertCount;
    }

    /** How many alerts belong to it that sampling and deduplication let through. */
    public long keptAlerts() {
        return keptAlerts;
    }

    /** Of the classification, in [0, 1]. */
    public double confidence() {
        return confidence;
    }

    /** Business impact so far, US dollars. */
    public BigDecimal costUsd() {
        return costUsd;
    }

    /** Of its last event: 1 for the first, 0 before it. */
    public long sequence() {
        return sequence;
    }

    /** One line for a human. */
    public String title() {
        return title;
    }

    /** The incident that took this one over, if one did; a merged incident does not count. */
    public Optional<String> mergedInto() {
        return mergedInto.isEmpty() ? Optional.empty() : Optional.of(mergedInto);
    }

    /** What type, severity and confidence rest on; {@link Grounds#none} if nobody classified it. */
    public Grounds grounds() {
        return grounds;
    }

    public boolean isClosed() {
        return closedAtMillis != NOT_CLOSED;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Incident)) {
            return false;
        }
        Incident that = (Incident) other;
        return incidentId.equals(that.incidentId)
                && tenant.equals(that.tenant)
                && type == that.type
                && severity == that.severity
                && services.equals(that.services)
                && state == that.state
                && openedAtMillis == that.openedAtMillis
                && updatedAtMillis == that.updatedAtMillis
                && closedAtMillis == that.closedAtMillis
                && alertCount == that.alertCount
                && keptAlerts == that.keptAlerts
                && Double.compare(confidence, that.confidence) == 0
                && costUsd.equals(that.costUsd)
                && sequence == that.sequence
                && title.equals(that.title)
                && mergedInto.equals(that.mergedInto)
                && grounds.equals(that.grounds);
    }

    @Override
    public int hashCode() {
        return Objects.hash(incidentId, sequence, state, updatedAtMillis);
    }

    @Override
    public String toString() {
        return incidentId
                + "#"
                + sequence
                + " "
                + severity
                + " "
                + type.word()
                + " "
                + state.word();
    }

    private static double inUnitInterval(double confidence) {
        if (confidence >= 0 && confidence <= 1) {
            return confidence;
        }
        throw new IllegalArgumentException("A confidence lies in [0, 1], not " + confidence);
    }

    /** Without an exponent, so that the text form has one shape. */
    private static BigDecimal plain(BigDecimal cost) {
        return cost.scale() < 0 ? cost.setScale(0) : cost;
    }

    /**
     * Builds an {@link Incident}; required are incidentId, tenant, severity, openedAtMillis and
     * updatedAtMillis. The rest begins as an open incident of unknown type that was just detected.
     */
    public static final class Builder {
        private String incidentId;
        private String tenant;
        private IncidentType type = IncidentType.UNKNOWN;
        private Severity severity;
        private List<String> services = Collections.emptyList();
        private IncidentState state = IncidentState.DETECTED;
        private long openedAtMillis;
        private long updatedAtMillis;
        private long closedAtMillis = NOT_CLOSED;
        private long alertCount;
        private long keptAlerts;
        private double confidence;
        private BigDecimal costUsd = BigDecimal.ZERO;
        private long sequence;
        private String title = "";
        private String mergedInto = "";
        private Grounds grounds = Grounds.none();

        private Builder() {}

        public Builder incidentId(String incidentId) {
            this.incidentId = incidentId;
            return this;
        }

        public Builder tenant(String tenant) {
            this.tenant = tenant;
            return this;
        }

        public Builder type(IncidentType type) {
            this.type = type;
            return this;
        }

        public Builder severity(Severity severity) {
            this.severity = severity;
            return this;
        }

        /** In any order, repeats allowed. */
        public Builder services(Collection<String> services) {
            this.services = Collections.unmodifiableList(new ArrayList<>(new TreeSet<>(services)));
            return this;
        }

        public Builder state(IncidentState state) {
            this.state = state;
            return this;
        }

        public Builder openedAtMillis(long openedAtMillis) {
            this.openedAtMillis = openedAtMillis;
            return this;
        }

        public Builder updatedAtMillis(long updatedAtMillis) {
            this.updatedAtMillis = updatedAtMillis;
            return this;
        }

        public Builder closedAtMillis(long closedAtMillis) {
            this.closedAtMillis = closedAtMillis;
            return this;
        }

        public Builder alertCount(long alertCount) {
            this.alertCount = alertCount;
            return this;
        }

        public Builder keptAlerts(long keptAlerts) {
            this.keptAlerts = keptAlerts;
            return this;
        }

        public Builder confidence(double confidence) {
            this.confidence = confidence;
            return this;
        }

        public Builder costUsd(BigDecimal costUsd) {
            this.costUsd = costUsd;
            return this;
        }

        public Builder sequence(long sequence) {
            this.sequence = sequence;
            return this;
        }

        public Builder title(String title) {
            this.title = title;
            return this;
        }

        /** The id of the incident that takes this one over. */
        public Builder mergedInto(String mergedInto) {
            this.mergedInto = mergedInto;
            return this;
        }

        public Builder grounds(Grounds grounds) {
            this.grounds = grounds;
            return this;
        }

        /**
         * @throws NullPointerException naming the required part that is missing
         * @throws IllegalArgumentException if the confidence lies outside [0, 1]
         */
        public Incident build() {
            return new Incident(this);
        }
    }

    /** Binary form, version 2; version 1 had no grounds. */
    public static final class IncidentCodec implements Codec<Incident> {
        private static final long serialVersionUID = 1L;
        private static final IncidentType[] TYPES = IncidentType.values();
        private static final IncidentState[] STATES = IncidentState.values();
        private static final Severity[] SEVERITIES = Severity.values();

        @Override
        public Class<Incident> type() {
            return Incident.class;
        }

        @Override
        public void write(Incident value, DataOutputView out) throws IOException {
            out.writeByte(2);
            Wire.writeString(value.incidentId, out);
            Wire.writeString(value.tenant, out);
            out.writeByte(value.type.ordinal());
            out.writeByte(value.severity.ordinal());
            out.writeInt(value.services.size());
            for (String service : value.services) {
                Wire.writeString(service, out);
            }
            out.writeByte(value.state.ordinal());
            out.writeLong(value.openedAtMillis);
            out.writeLong(value.updatedAtMillis);
            out.writeLong(value.closedAtMillis);
            out.writeLong(value.alertCount);
            out.writeLong(value.keptAlerts);
            out.writeDouble(value.confidence);
            Wire.writeString(value.costUsd.toPlainString(), out);
            out.writeLong(value.sequence);
            Wire.writeString(value.title, out);
            Wire.writeString(value.mergedInto, out);
            value.grounds.write(out);
        }

        @Override
        public Incident read(DataInputView in) throws IOException {
            int version = Wire.readVersion(in, 2, Incident.class);
            Builder b = new Builder();
            b.incidentId = Wire.readString(in);
            b.tenant = Wire.readString(in);
            b.type = TYPES[in.readByte()];
            b.severity = SEVERITIES[in.readByte()];
            b.services = readServices(in);
            b.state = STATES[in.readByte()];
            b.openedAtMillis = in.readLong();
            b.updatedAtMillis = in.readLong();
            b.closedAtMillis = in.readLong();
            b.alertCount = in.readLong();
            b.keptAlerts = in.readLong();
            b.confidence = in.readDouble();
            b.costUsd = new BigDecimal(Wire.readString(in));
            b.sequence = in.readLong();
            b.title = Wire.readString(in);
            b.mergedInto = Wire.readString(in);
            b.grounds = version < 2 ? Grounds.none() : Grounds.read(in);
            return new Incident(b);
        }

        private static List<String> readServices(DataInputView in) throws IOException {
            int size = in.readInt();
            List<String> services = new ArrayList<>(size);
            for (int i = 0; i < size; i++) {
                services.add(Wire.readString(in));
            }
            return Collections.unmodifiableList(services);
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<Incident> {
        @Override
        public TypeInformation<Incident> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new IncidentCodec());
        }
    }
}
