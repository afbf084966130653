// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis.logs;

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
 * What a service wrote in one slice of event time, or a part of it: the groups that go first, and
 * how many entries there were. Immutable.
 */
@TypeInfo(LogSlice.Info.class)
public final class LogSlice {
    private final String tenant;
    private final String service;
    private final long startMillis;
    private final List<LogGroup> groups;
    private final long entries;
    private final long skipped;

    /**
     * @param groups in their natural order, no two alike
     * @param entries all that were considered, also those of groups that were cut
     * @param skipped those that were not considered: too large or hostile
     */
    public LogSlice(
            String tenant,
            String service,
            long startMillis,
            List<LogGroup> groups,
            long entries,
            long skipped) {
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.service = Objects.requireNonNull(service, "service");
        this.startMillis = startMillis;
        this.groups = List.copyOf(groups);
        this.entries = entries;
        this.skipped = skipped;
    }

    public String tenant() {
        return tenant;
    }

    public String service() {
        return service;
    }

    public long startMillis() {
        return startMillis;
    }

    public List<LogGroup> groups() {
        return groups;
    }

    public long entries() {
        return entries;
    }

    public long skipped() {
        return skipped;
    }

    /** Both parts of the same slice, cut to the {@code most} groups that go first. */
    public LogSlice plus(LogSlice other, int most) {
        List<LogGroup> all = new ArrayList<>(Math.min(most, groups.size() + other.groups.size()));
        int i = 0;
        int j = 0;
        while (all.size() < most && (i < groups.size() || j < other.groups.size())) {
            if (j == other.groups.size()) {
                all.add(groups.get(i++));
            } else if (i == groups.size()) {
                all.add(other.groups.get(j++));
            } else if (groups.get(i).isLike(other.groups.get(j))) {
                all.add(groups.get(i++).plus(other.groups.get(j++)));
            } else if (groups.get(i).compareTo(other.groups.get(j)) < 0) {
                all.add(groups.get(i++));
            } else {
                all.add(other.groups.get(j++));
            }
        }
        return new LogSlice(
                tenant,
                service,
                startMillis,
                all,
                entries + other.entries,
                skipped + other.skipped);
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof LogSlice)) {
            return false;
        }
        LogSlice that = (LogSlice) other;
        return startMillis == that.startMillis
                && entries == that.entries
                && skipped == that.skipped
                && tenant.equals(that.tenant)
                && service.equals(that.service)
                && groups.equals(that.groups);
    }

    @Override
    public int hashCode() {
        return Objects.hash(tenant, service, startMillis, entries);
    }

    @Override
    public String toString() {
        return service + "@" + startMillis + " " + entries + " entries " + groups;
    }

    /** Binary form, version 1. */
    public static final class LogSliceCodec implements Codec<LogSlice> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<LogSlice> type() {
            return LogSlice.class;
        }

        @Override
        public void write(LogSlice value, DataOutputView out) throws IOException {
            out.writeByte(1);
            Wire.writeString(value.tenant, out);
            Wire.writeString(value.service, out);
            out.writeLong(value.startMillis);
            out.writeInt(value.groups.size());
            for (LogGroup group : value.groups) {
                LogGroup.write(group, out);
            }
            out.writeLong(value.entries);
            out.writeLong(value.skipped);
        }

        @Override
        public LogSlice read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, LogSlice.class);
            String tenant = Wire.readString(in);
            String service = Wire.readString(in);
            long start = in.readLong();
            int size = in.readInt();
            List<LogGroup> groups = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                groups.add(LogGroup.read(in));
            }
            return new LogSlice(tenant, service, start, groups, in.readLong(), in.readLong());
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<LogSlice> {
        @Override
        public TypeInformation<LogSlice> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new LogSliceCodec());
        }
    }
}
