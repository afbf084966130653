// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.detection;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.ingest.AlertId;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What patterns are made of: one thing that happened to one service, with all that a condition may
 * ask about it, since conditions cannot look anything up. Immutable; event time in epoch ms.
 */
@TypeInfo(DetectionEvent.Info.class)
public final class DetectionEvent {
    /** More services than this it is not said to depend on. */
    public static final int MOST_DEPENDENCIES = 128;

    /** By event time, then id and kind: no two events of one key tie. */
    public static final Comparator<DetectionEvent> IN_TIME =
            Comparator.comparingLong(DetectionEvent::eventTimeMillis)
                    .thenComparing(DetectionEvent::id)
                    .thenComparing(DetectionEvent::kind);

    /** Ordinals are stored: append, never reorder. */
    public enum Kind {
        /** A service that was well has an alert. */
        ONSET,
        FIRING,
        CLEARED,
        /** A metric was read. */
        READING,
        /** An incident of the service began. */
        OPENED,
        /** An incident of the service was resolved. */
        FIXED,
        /** The alerts of a service within a second that fire: how many, and how many before. */
        CROWD
    }

    private final Kind kind;
    private final AlertId id;
    private final String tenant;
    private final String service;
    private final String subject;
    private final long eventTimeMillis;
    private final double value;
    private final List<String> dependsOn;
    private final int alerts;

    /**
     * Of one alert, or of none.
     *
     * @param id of the alert or metric point behind it
     * @param subject the alert's identity, the series, or the cause
     * @param value NaN if there is none
     * @param dependsOn the services that this one needs, nearest first; empty if nobody asks
     */
    public DetectionEvent(
            Kind kind,
            AlertId id,
            String tenant,
            String service,
            String subject,
            long eventTimeMillis,
            double value,
            List<String> dependsOn) {
        this(kind, id, tenant, service, subject, eventTimeMillis, value, dependsOn, 1);
    }

    private DetectionEvent(
            Kind kind,
            AlertId id,
            String tenant,
            String service,
            String subject,
            long eventTimeMillis,
            double value,
            List<String> dependsOn,
            int alerts) {
        this.kind = Objects.requireNonNull(kind, "kind");
        this.id = Objects.requireNonNull(id, "id");
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.service = Objects.requireNonNull(service, "service");
        this.subject = Objects.requireNonNull(subject, "subject");
        this.eventTimeMillis = eventTimeMillis;
        this.value = value;
        this.dependsOn =
                List.copyOf(
                        dependsOn.size() > MOST_DEPENDENCIES
                                ? dependsOn.subList(0, MOST_DEPENDENCIES)
                                : dependsOn);
        this.alerts = alerts;
    }

    /**
     * Alerts of a service within a second.
     *
     * @param first of them
     * @param lastMillis event time of the last of them
     * @param alerts how many
     * @param before how many of the service were counted before these
     */
    public static DetectionEvent crowd(
            AlertId first,
            String tenant,
            String service,
            long lastMillis,
            int alerts,
            long before) {
        return new DetectionEvent(
                Kind.CROWD, first, tenant, service, "", lastMillis, before, List.of(), alerts);
    }

    public Kind kind() {
        return kind;
    }

    public AlertId id() {
        return id;
    }

    public String tenant() {
        return tenant;
    }

    public String service() {
        return service;
    }

    /** The alert's identity, the series, or the cause. */
    public String subject() {
        return subject;
    }

    public long eventTimeMillis() {
        return eventTimeMillis;
    }

    public OptionalDouble value() {
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** The services that this one needs, nearest first. */
    public List<String> dependsOn() {
        return dependsOn;
    }

    /** How many alerts it stands for. */
    public int alerts() {
        return alerts;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof DetectionEvent)) {
            return false;
        }
        DetectionEvent that = (DetectionEvent) other;
        return kind == that.kind
                && id.equals(that.id)
                && tenant.equals(that.tenant)
                && service.equals(that.service)
                && subject.equals(that.subject)
                && eventTimeMillis == that.eventTimeMillis
                && Double.compare(value, that.value) == 0
                && dependsOn.equals(that.dependsOn)
                && alerts == that.alerts;
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind.name(), id, tenant, service, eventTimeMillis);
    }

    @Override
    public String toString() {
        return kind + " " + service + "/" + subject + " at " + eventTimeMillis;
    }

    /** Binary form, version 2; reads version 1, of one alert each. */
    public static final class DetectionEventCodec implements Codec<DetectionEvent> {
        private static final long serialVersionUID = 1L;
        private static final Kind[] KINDS = Kind.values();

        @Override
        public Class<DetectionEvent> type() {
            return DetectionEvent.class;
        }

        @Override
        public void write(DetectionEvent value, DataOutputView out) throws IOException {
            out.writeByte(2);
            out.writeByte(value.kind.ordinal());
            AlertId.write(value.id, out);
            Wire.writeString(value.tenant, out);
            Wire.writeString(value.service, out);
            Wire.writeString(value.subject, out);
            out.writeLong(value.eventTimeMillis);
            out.writeDouble(value.value);
            out.writeInt(value.dependsOn.size());
            for (String service : value.dependsOn) {
                Wire.writeString(service, out);
            }
            out.writeInt(value.alerts);
        }

        @Override
        public DetectionEvent read(DataInputView in) throws IOException {
            int version = Wire.readVersion(in, 2, DetectionEvent.class);
            Kind kind = KINDS[in.readByte()];
            AlertId id = AlertId.read(in);
            String tenant = Wire.readString(in);
            String service = Wire.readString(in);
            String subject = Wire.readString(in);
            long time = in.readLong();
            double value = in.readDouble();
            List<String> dependsOn = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                dependsOn.add(Wire.readString(in));
            }
            int alerts = version < 2 ? 1 : in.readInt();
            return new DetectionEvent(
                    kind, id, tenant, service, subject, time, value, dependsOn, alerts);
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<DetectionEvent> {
        @Override
        public TypeInformation<DetectionEvent> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new DetectionEventCodec());
        }
    }
}
