// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.sampling;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Fingerprint;
import io.incidentcommander.model.ingest.Severity;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The repeats of one alert, from one source, in one severity and status, within one slice of event
 * time. Immutable.
 *
 * <p>Merging is commutative and associative: counts add up, the first and the last alert are the
 * least and the greatest by (event time, alert id). So the runs of a slice come out the same
 * however the alerts were bundled, ordered or distributed, and nothing but repeats collapses:
 * another severity or status is another run.
 */
@TypeInfo(AlertRun.Info.class)
public final class AlertRun {
    /** By first alert: the order in which the runs of a slice are decided. */
    public static final Comparator<AlertRun> BY_FIRST =
            Comparator.comparingLong(AlertRun::firstMillis).thenComparing(AlertRun::firstId);

    private final String tenant;
    private final Fingerprint fingerprint;
    private final Severity severity;
    private final AlertStatus status;
    private final long sliceMillis;
    private final long count;
    private final long firstMillis;
    private final AlertId firstId;
    private final long lastMillis;
    private final AlertId lastId;
    private final byte[] firstAlert;

    /**
     * @param sliceMillis start of the slice, epoch milliseconds
     * @param firstAlert the first alert by {@code Alert.AlertCodec}; its id, time, severity and
     *     status are those given here, whatever the bytes say
     */
    public AlertRun(
            String tenant,
            Fingerprint fingerprint,
            Severity severity,
            AlertStatus status,
            long sliceMillis,
            long count,
            long firstMillis,
            AlertId firstId,
            long lastMillis,
            AlertId lastId,
            byte[] firstAlert) {
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.fingerprint = Objects.requireNonNull(fingerprint, "fingerprint");
        this.severity = Objects.requireNonNull(severity, "severity");
        this.status = Objects.requireNonNull(status, "status");
        this.sliceMillis = sliceMillis;
        this.count = count;
        this.firstMillis = firstMillis;
        this.firstId = Objects.requireNonNull(firstId, "firstId");
        this.lastMillis = lastMillis;
        this.lastId = Objects.requireNonNull(lastId, "lastId");
        this.firstAlert = Objects.requireNonNull(firstAlert, "firstAlert");
    }

    /** Whether the other run is of the same alert, state, source and slice. */
    public boolean mergesWith(AlertRun other) {
        return sliceMillis == other.sliceMillis
                && severity == other.severity
                && status == other.status
                && fingerprint.equals(other.fingerprint)
                && source().equals(other.source())
                && tenant.equals(other.tenant);
    }

    /**
     * Both runs as one.
     *
     * @throws IllegalArgumentException unless {@link #mergesWith}
     */
    public AlertRun merge(AlertRun other) {
        if (!mergesWith(other)) {
            throw new IllegalArgumentException("Runs of different alerts: " + this + ", " + other);
        }
        AlertRun first = BY_FIRST.compare(this, other) <= 0 ? this : other;
        boolean endsLater =
                lastMillis != other.lastMillis
                        ? lastMillis > other.lastMillis
                        : lastId.compareTo(other.lastId) >= 0;
        AlertRun last = endsLater ? this : other;
        return new AlertRun(
                tenant,
                fingerprint,
                severity,
                status,
                sliceMillis,
                count + other.count,
                first.firstMillis,
                first.firstId,
                last.lastMillis,
                last.lastId,
                first.firstAlert);
    }

    public String tenant() {
        return tenant;
    }

    public Fingerprint fingerprint() {
        return fingerprint;
    }

    /** All alerts of a run are of one source, so that the ledger can be kept per source. */
    public String source() {
        return firstId.source();
    }

    public Severity severity() {
        return severity;
    }

    public AlertStatus status() {
        return status;
    }

    public long sliceMillis() {
        return sliceMillis;
    }

    public long count() {
        return count;
    }

    public long firstMillis() {
        return firstMillis;
    }

    public AlertId firstId() {
        return firstId;
    }

    public long lastMillis() {
        return lastMillis;
    }

    public AlertId lastId() {
        return lastId;
    }

    /** Encoded, not a copy; see the constructor. */
    public byte[] firstAlert() {
        return firstAlert;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof AlertRun)) {
            return false;
        }
        AlertRun that = (AlertRun) other;
        return mergesWith(that)
                && count == that.count
                && firstMillis == that.firstMillis
                && lastMillis == that.lastMillis
                && firstId.equals(that.firstId)
                && lastId.equals(that.lastId)
                && Arrays.equals(firstAlert, that.firstAlert);
    }

    @Override
    public int hashCode() {
        return Objects.hash(fingerprint, sliceMillis, severity, status, count, firstId, lastId);
    }

    @Override
    public String toString() {
        return fingerprint
                + "@"
                + sliceMillis
                + " "
                + severity
                + " "
                + status
                + " x"
                + count
                + " from "
                + firstId
                + " to "
                + lastId;
    }

    /** Binary form, version 1. The last id's source is not written: it is the first's. */
    public static final class AlertRunCodec implements Codec<AlertRun> {
        private static final long serialVersionUID = 1L;
        private static final Severity[] SEVERITIES = Severity.values();
        private static final AlertStatus[] STATUSES = AlertStatus.values();

        @Override
        public Class<AlertRun> type() {
            return AlertRun.class;
        }

        @Override
        public void write(AlertRun value, DataOutputView out) throws IOException {
            out.writeByte(1);
            Wire.writeString(value.tenant, out);
            out.writeLong(value.fingerprint.high());
            out.writeLong(value.fingerprint.low());
            out.writeByte(value.severity.ordinal());
            out.writeByte(value.status.ordinal());
            out.writeLong(value.sliceMillis);
            out.writeLong(value.count);
            out.writeLong(value.firstMillis);
            AlertId.write(value.firstId, out);
            out.writeLong(value.lastMillis);
            boolean samePartition = value.lastId.partition().equals(value.firstId.partition());
            out.writeBoolean(samePartition);
            if (!samePartition) {
                Wire.writeString(value.lastId.partition(), out);
            }
            out.writeLong(value.lastId.offset());
            out.writeInt(value.lastId.index());
            Wire.writeBytes(value.firstAlert, out);
        }

        @Override
        public AlertRun read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, AlertRun.class);
            String tenant = Wire.readString(in);
            Fingerprint fingerprint = new Fingerprint(in.readLong(), in.readLong());
            Severity severity = SEVERITIES[in.readByte()];
            AlertStatus status = STATUSES[in.readByte()];
            long sliceMillis = in.readLong();
            long count = in.readLong();
            long firstMillis = in.readLong();
            AlertId firstId = AlertId.read(in);
            long lastMillis = in.readLong();
            String lastPartition = in.readBoolean() ? firstId.partition() : Wire.readString(in);
            AlertId lastId =
                    new AlertId(firstId.source(), lastPartition, in.readLong(), in.readInt());
            return new AlertRun(
                    tenant,
                    fingerprint,
                    severity,
                    status,
                    sliceMillis,
                    count,
                    firstMillis,
                    firstId,
                    lastMillis,
                    lastId,
                    Wire.readBytes(in));
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<AlertRun> {
        @Override
        public TypeInformation<AlertRun> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new AlertRunCodec());
        }
    }
}
