// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.sampling;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Severity;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What deduplication remembers of one fingerprint: an episode from its first alert until it has
 * been quiet. Immutable. Times are event time in epoch milliseconds.
 */
@TypeInfo(KnownAlert.Info.class)
public final class KnownAlert {
    private final AlertStatus status;
    private final Severity peak;
    private final long firstSeenMillis;
    private final long lastSeenMillis;
    private final long decidedSliceMillis;
    private final long count;
    private final long sinceNotified;
    private final AlertId representative;
    private final int pauses;

    /**
     * @param peak highest severity since it began to fire
     * @param decidedSliceMillis start of the last slice that was decided on
     * @param count alerts of this episode
     * @param sinceNotified alerts since one went on
     * @param representative the last alert that went on
     * @param pauses how often it stormed again after a pause, in as long as it is remembered
     */
    public KnownAlert(
            AlertStatus status,
            Severity peak,
            long firstSeenMillis,
            long lastSeenMillis,
            long decidedSliceMillis,
            long count,
            long sinceNotified,
            AlertId representative,
            int pauses) {
        this.status = Objects.requireNonNull(status, "status");
        this.peak = Objects.requireNonNull(peak, "peak");
        this.firstSeenMillis = firstSeenMillis;
        this.lastSeenMillis = lastSeenMillis;
        this.decidedSliceMillis = decidedSliceMillis;
        this.count = count;
        this.sinceNotified = sinceNotified;
        this.representative = Objects.requireNonNull(representative, "representative");
        this.pauses = pauses;
    }

    public AlertStatus status() {
        return status;
    }

    public Severity peak() {
        return peak;
    }

    public long firstSeenMillis() {
        return firstSeenMillis;
    }

    public long lastSeenMillis() {
        return lastSeenMillis;
    }

    public long decidedSliceMillis() {
        return decidedSliceMillis;
    }

    public long count() {
        return count;
    }

    public long sinceNotified() {
        return sinceNotified;
    }

    public AlertId representative() {
        return representative;
    }

    public int pauses() {
        return pauses;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof KnownAlert)) {
            return false;
        }
        KnownAlert that = (KnownAlert) other;
        return status == that.status
                && peak == that.peak
                && firstSeenMillis == that.firstSeenMillis
                && lastSeenMillis == that.lastSeenMillis
                && decidedSliceMillis == that.decidedSliceMillis
                && count == that.count
                && sinceNotified == that.sinceNotified
                && representative.equals(that.representative)
                && pauses == that.pauses;
    }

    @Override
    public int hashCode() {
        return Objects.hash(status, peak, firstSeenMillis, lastSeenMillis, count, representative);
    }

    @Override
    public String toString() {
        return status
                + " peak "
                + peak
                + " x"
                + count
                + " seen "
                + firstSeenMillis
                + ".."
                + lastSeenMillis
                + " as "
                + representative;
    }

    /** Binary form, version 2; in version 1 pauses were not counted. */
    public static final class KnownAlertCodec implements Codec<KnownAlert> {
        private static final long serialVersionUID = 1L;
        private static final Severity[] SEVERITIES = Severity.values();
        private static final AlertStatus[] STATUSES = AlertStatus.values();

        @Override
        public Class<KnownAlert> type() {
            return KnownAlert.class;
        }

        @Override
        public void write(KnownAlert value, DataOutputView out) throws IOException {
            out.writeByte(2);
            out.writeByte(value.status.ordinal());
            out.writeByte(value.peak.ordinal());
            out.writeLong(value.firstSeenMillis);
            out.writeLong(value.lastSeenMillis);
            out.writeLong(value.decidedSliceMillis);
            out.writeLong(value.count);
            out.writeLong(value.sinceNotified);
            AlertId.write(value.representative, out);
            out.writeInt(value.pauses);
        }

        @Override
        public KnownAlert read(DataInputView in) throws IOException {
            int version = Wire.readVersion(in, 2, KnownAlert.class);
            return new KnownAlert(
                    STATUSES[in.readByte()],
                    SEVERITIES[in.readByte()],
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    AlertId.read(in),
                    version == 1 ? 0 : in.readInt());
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<KnownAlert> {
        @Override
        public TypeInformation<KnownAlert> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new KnownAlertCodec());
        }
    }
}
