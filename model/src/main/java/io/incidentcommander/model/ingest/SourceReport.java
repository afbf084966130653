// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.ingest;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
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
 * What one source brought one tenant in a short while: how many records, how many of them could not
 * be read, and the latest event time that could. Reports of one source add up, in any order.
 * Immutable; event time in epoch milliseconds.
 */
@TypeInfo(SourceReport.Info.class)
public final class SourceReport {
    private final String tenant;
    private final String source;
    private final long atMillis;
    private final long heardMillis;
    private final long records;
    private final long malformed;

    /**
     * @param atMillis when the while began
     * @param heardMillis latest event time of what could be read; before {@code atMillis}: nothing
     *     could
     * @param malformed of the records, those that could not be read
     */
    public SourceReport(
            String tenant,
            String source,
            long atMillis,
            long heardMillis,
            long records,
            long malformed) {
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.source = Objects.requireNonNull(source, "source");
        this.atMillis = atMillis;
        this.heardMillis = heardMillis;
        this.records = records;
        this.malformed = malformed;
        if (malformed < 0 || malformed > records) {
            throw new IllegalArgumentException(
                    "Of " + records + " records " + malformed + " cannot be malformed");
        }
    }

    public String tenant() {
        return tenant;
    }

    public String source() {
        return source;
    }

    public long atMillis() {
        return atMillis;
    }

    /** Latest event time of what could be read; before {@link #atMillis}: nothing could. */
    public long heardMillis() {
        return heardMillis;
    }

    public long records() {
        return records;
    }

    public long malformed() {
        return malformed;
    }

    /** Both together, of the same tenant and source. */
    public SourceReport plus(SourceReport other) {
        return new SourceReport(
                tenant,
                source,
                Math.min(atMillis, other.atMillis),
                Math.max(heardMillis, other.heardMillis),
                records + other.records,
                malformed + other.malformed);
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof SourceReport)) {
            return false;
        }
        SourceReport that = (SourceReport) other;
        return tenant.equals(that.tenant)
                && source.equals(that.source)
                && atMillis == that.atMillis
                && heardMillis == that.heardMillis
                && records == that.records
                && malformed == that.malformed;
    }

    @Override
    public int hashCode() {
        return Objects.hash(tenant, source, atMillis, heardMillis, records, malformed);
    }

    @Override
    public String toString() {
        return source + " of " + tenant + ": " + records + " records, " + malformed + " malformed";
    }

    /** Binary form, version 1. */
    public static final class SourceReportCodec implements Codec<SourceReport> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<SourceReport> type() {
            return SourceReport.class;
        }

        @Override
        public void write(SourceReport value, DataOutputView out) throws IOException {
            out.writeByte(1);
            Wire.writeString(value.tenant, out);
            Wire.writeString(value.source, out);
            out.writeLong(value.atMillis);
            out.writeLong(value.heardMillis);
            out.writeLong(value.records);
            out.writeLong(value.malformed);
        }

        @Override
        public SourceReport read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, SourceReport.class);
            return new SourceReport(
                    Wire.readString(in),
                    Wire.readString(in),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong());
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<SourceReport> {
        @Override
        public TypeInformation<SourceReport> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new SourceReportCodec());
        }
    }
}
