// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.detection;

import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.IncidentType;
import java.io.IOException;
import java.util.Objects;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * One kind of alert on one service within an incident: since when, how often, how bad, and what its
 * words say of the cause. Immutable; times are event time in epoch milliseconds.
 */
public final class Sign {
    private static final IncidentType[] TYPES = IncidentType.values();
    private static final Severity[] SEVERITIES = Severity.values();

    private final String service;
    private final String name;
    private final IncidentType type;
    private final double strength;
    private final Severity severity;
    private final long firstMillis;
    private final long lastMillis;
    private final double count;

    /**
     * @param type what the words speak of; UNKNOWN if they say nothing of the cause
     * @param strength how clearly they do, in [0, 1]
     * @param count alerts, with the weights they stand for
     */
    public Sign(
            String service,
            String name,
            IncidentType type,
            double strength,
            Severity severity,
            long firstMillis,
            long lastMillis,
            double count) {
        this.service = Objects.requireNonNull(service, "service");
        this.name = Objects.requireNonNull(name, "name");
        this.type = Objects.requireNonNull(type, "type");
        this.strength = strength;
        this.severity = Objects.requireNonNull(severity, "severity");
        this.firstMillis = firstMillis;
        this.lastMillis = lastMillis;
        this.count = count;
    }

    /** With the other's alerts too; both of one service and name. */
    public Sign plus(Sign other) {
        return new Sign(
                service,
                name,
                type,
                strength,
                other.severity.compareTo(severity) > 0 ? other.severity : severity,
                Math.min(firstMillis, other.firstMillis),
                Math.max(lastMillis, other.lastMillis),
                count + other.count);
    }

    public String service() {
        return service;
    }

    public String name() {
        return name;
    }

    public IncidentType type() {
        return type;
    }

    public double strength() {
        return strength;
    }

    public Severity severity() {
        return severity;
    }

    public long firstMillis() {
        return firstMillis;
    }

    public long lastMillis() {
        return lastMillis;
    }

    public double count() {
        return count;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Sign
                && ((Sign) other).service.equals(service)
                && ((Sign) other).name.equals(name)
                && ((Sign) other).type == type
                && Double.compare(((Sign) other).strength, strength) == 0
                && ((Sign) other).severity == severity
                && ((Sign) other).firstMillis == firstMillis
                && ((Sign) other).lastMillis == lastMillis
                && Double.compare(((Sign) other).count, count) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(service, name, firstMillis);
    }

    @Override
    public String toString() {
        return service + "/" + name + " " + type.word() + " " + strength + " x" + count;
    }

    /** Part of other types' binary forms; versioned by them. */
    static void write(Sign sign, DataOutputView out) throws IOException {
        Wire.writeString(sign.service, out);
        Wire.writeString(sign.name, out);
        out.writeByte(sign.type.ordinal());
        out.writeDouble(sign.strength);
        out.writeByte(sign.severity.ordinal());
        out.writeLong(sign.firstMillis);
        out.writeLong(sign.lastMillis);
        out.writeDouble(sign.count);
    }

    static Sign read(DataInputView in) throws IOException {
        return new Sign(
                Wire.readString(in),
                Wire.readString(in),
                TYPES[in.readByte()],
                in.readDouble(),
                SEVERITIES[in.readByte()],
                in.readLong(),
                in.readLong(),
                in.readDouble());
    }
}
