// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.communication;

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
 * What one source has to say of an incident: a brief in which only what this source knows is set,
 * and whose sequence is the source's own count. Immutable.
 */
@TypeInfo(IncidentNews.Info.class)
public final class IncidentNews {
    private final NewsSource source;
    private final long timeMillis;
    private final IncidentBrief brief;

    /**
     * @param timeMillis event time, epoch milliseconds
     * @param brief its sequence grows with each news of this source of this incident, from 1
     */
    public IncidentNews(NewsSource source, long timeMillis, IncidentBrief brief) {
        this.source = Objects.requireNonNull(source, "source");
        this.timeMillis = timeMillis;
        this.brief = Objects.requireNonNull(brief, "brief");
        if (brief.sequence() < 1) {
            throw new IllegalArgumentException(
                    "News are counted from 1, not " + brief.sequence() + ": " + brief);
        }
    }

    public NewsSource source() {
        return source;
    }

    /** Event time, epoch milliseconds. */
    public long timeMillis() {
        return timeMillis;
    }

    public IncidentBrief brief() {
        return brief;
    }

    /** See {@link IncidentBrief#key}. */
    public String key() {
        return brief.key();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IncidentNews
                && ((IncidentNews) other).source == source
                && ((IncidentNews) other).timeMillis == timeMillis
                && ((IncidentNews) other).brief.equals(brief);
    }

    @Override
    public int hashCode() {
        return Objects.hash(source, timeMillis, brief);
    }

    @Override
    public String toString() {
        return source + " at " + timeMillis + ": " + brief;
    }

    void write(DataOutputView out) throws IOException {
        out.writeByte(source.ordinal());
        out.writeLong(timeMillis);
        brief.write(out);
    }

    static IncidentNews read(DataInputView in) throws IOException {
        return new IncidentNews(
                NewsSource.values()[in.readByte()], in.readLong(), IncidentBrief.read(in));
    }

    /** Binary form, version 1. */
    public static final class IncidentNewsCodec implements Codec<IncidentNews> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<IncidentNews> type() {
            return IncidentNews.class;
        }

        @Override
        public void write(IncidentNews value, DataOutputView out) throws IOException {
            out.writeByte(1);
            value.write(out);
        }

        @Override
        public IncidentNews read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, IncidentNews.class);
            return IncidentNews.read(in);
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<IncidentNews> {
        @Override
        public TypeInformation<IncidentNews> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new IncidentNewsCodec());
        }
    }
}
