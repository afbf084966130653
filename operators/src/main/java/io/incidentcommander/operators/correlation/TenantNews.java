// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.correlation;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.ingest.SourceReport;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What correlation hears beside alerts, on one input since an operator has two: how many alerts a
 * tenant had in all in a second, a pattern that was seen, what a source brought; and, to every
 * subtask, control updates. Immutable.
 */
@TypeInfo(TenantNews.Info.class)
public final class TenantNews {
    /** Ordinals are stored: append, never reorder. */
    public enum Kind {
        COUNT,
        MATCH,
        SOURCE,
        CONTROL
    }

    private final Kind kind;
    private final String tenant;
    private final long atMillis;
    private final long count;
    private final PatternMatch match; // null inside: of another kind
    private final SourceReport source;
    private final ControlUpdate update;

    private TenantNews(
            Kind kind,
            String tenant,
            long atMillis,
            long count,
            PatternMatch match,
            SourceReport source,
            ControlUpdate update) {
        this.kind = Objects.requireNonNull(kind, "kind");
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.atMillis = atMillis;
        this.count = count;
        this.match = match;
        this.source = source;
        this.update = update;
    }

    /** Tenant, second of event time, alerts in it. */
    public static TenantNews of(Tuple3<String, Long, Long> seen) {
        return new TenantNews(Kind.COUNT, seen.f0, seen.f1, seen.f2, null, null, null);
    }

    /** Seen at its end. */
    public static TenantNews of(PatternMatch match) {
        return new TenantNews(Kind.MATCH, match.tenant(), match.lastMillis(), 0, match, null, null);
    }

    public static TenantNews of(SourceReport source) {
        return new TenantNews(
                Kind.SOURCE, source.tenant(), source.atMillis(), 0, null, source, null);
    }

    public static TenantNews of(ControlUpdate update) {
        return new TenantNews(
                Kind.CONTROL, update.tenant(), update.effectiveMillis(), 0, null, null, update);
    }

    public Kind kind() {
        return kind;
    }

    public String tenant() {
        return tenant;
    }

    /** Event time; of a count the begin of its second. */
    public long atMillis() {
        return atMillis;
    }

    /** Of alerts; 0 of other kinds. */
    public long count() {
        return count;
    }

    public Optional<PatternMatch> match() {
        return Optional.ofNullable(match);
    }

    public Optional<SourceReport> source() {
        return Optional.ofNullable(source);
    }

    public Optional<ControlUpdate> update() {
        return Optional.ofNullable(update);
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof TenantNews)) {
            return false;
        }
        TenantNews that = (TenantNews) other;
        return kind == that.kind
                && tenant.equals(that.tenant)
                && atMillis == that.atMillis
                && count == that.count
                && Objects.equals(match, that.match)
                && Objects.equals(source, that.source)
                && Objects.equals(update, that.update);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind.name(), tenant, atMillis, count);
    }

    @Override
    public String toString() {
        return kind + " of " + tenant + " at " + atMillis;
    }

    /** Binary form, version 1. */
    public static final class TenantNewsCodec implements Codec<TenantNews> {
        private static final long serialVersionUID = 1L;
        private static final Kind[] KINDS = Kind.values();

        private final PatternMatch.PatternMatchCodec matches = new PatternMatch.PatternMatchCodec();
        private final SourceReport.SourceReportCodec sources = new SourceReport.SourceReportCodec();
        private final ControlUpdate.ControlUpdateCodec updates =
                new ControlUpdate.ControlUpdateCodec();

        @Override
        public Class<TenantNews> type() {
            return TenantNews.class;
        }

        @Override
        public void write(TenantNews value, DataOutputView out) throws IOException {
            out.writeByte(1);
            out.writeByte(value.kind.ordinal());
            switch (value.kind) {
                case COUNT:
                    Wire.writeString(value.tenant, out);
                    out.writeLong(value.atMillis);
                    out.writeLong(value.count);
                    break;
                case MATCH:
                    matches.write(value.match, out);
                    break;
                case SOURCE:
                    sources.write(value.source, out);
                    break;
                default:
                    updates.write(value.update, out);
            }
        }

        @Override
        public TenantNews read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, TenantNews.class);
            switch (KINDS[in.readByte()]) {
                case COUNT:
                    return of(Tuple3.of(Wire.readString(in), in.readLong(), in.readLong()));
                case MATCH:
                    return of(matches.read(in));
                case SOURCE:
                    return of(sources.read(in));
                default:
                    return of(updates.read(in));
            }
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<TenantNews> {
        @Override
        public TypeInformation<TenantNews> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new TenantNewsCodec());
        }
    }
}
