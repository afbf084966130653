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

/** The templates of one service's logs over a time, and how much it wrote at all. Immutable. */
@TypeInfo(LogWindow.Info.class)
public final class LogWindow {
    private static final LogWindow EMPTY =
            new LogWindow(List.of(), CountsOverTime.none(), CountsOverTime.none(), 0, 0);

    private final List<LogTemplate> templates;
    private final CountsOverTime ordinary;
    private final CountsOverTime slices;
    private final long entries;
    private final long forgotten;

    /**
     * @param templates least recently written first
     * @param ordinary entries of severity LOW and below: the measure of how busy the service was
     * @param slices 1 for each slice in which anything was heard
     * @param entries all that were counted since the window began
     * @param forgotten those of templates for which there was no room
     */
    public LogWindow(
            List<LogTemplate> templates,
            CountsOverTime ordinary,
            CountsOverTime slices,
            long entries,
            long forgotten) {
        this.templates = List.copyOf(templates);
        this.ordinary = Objects.requireNonNull(ordinary, "ordinary");
        this.slices = Objects.requireNonNull(slices, "slices");
        this.entries = entries;
        this.forgotten = forgotten;
    }

    public static LogWindow empty() {
        return EMPTY;
    }

    public List<LogTemplate> templates() {
        return templates;
    }

    public CountsOverTime ordinary() {
        return ordinary;
    }

    public CountsOverTime slices() {
        return slices;
    }

    public long entries() {
        return entries;
    }

    public long forgotten() {
        return forgotten;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof LogWindow)) {
            return false;
        }
        LogWindow that = (LogWindow) other;
        return entries == that.entries
                && forgotten == that.forgotten
                && templates.equals(that.templates)
                && ordinary.equals(that.ordinary)
                && slices.equals(that.slices);
    }

    @Override
    public int hashCode() {
        return Objects.hash(templates, entries, forgotten);
    }

    @Override
    public String toString() {
        return entries + " entries " + templates;
    }

    /** Binary form, version 1. */
    public static final class LogWindowCodec implements Codec<LogWindow> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<LogWindow> type() {
            return LogWindow.class;
        }

        @Override
        public void write(LogWindow value, DataOutputView out) throws IOException {
            out.writeByte(1);
            out.writeInt(value.templates.size());
            for (LogTemplate template : value.templates) {
                LogTemplate.write(template, out);
            }
            CountsOverTime.write(value.ordinary, out);
            CountsOverTime.write(value.slices, out);
            out.writeLong(value.entries);
            out.writeLong(value.forgotten);
        }

        @Override
        public LogWindow read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, LogWindow.class);
            int size = in.readInt();
            List<LogTemplate> templates = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                templates.add(LogTemplate.read(in));
            }
            return new LogWindow(
                    templates,
                    CountsOverTime.read(in),
                    CountsOverTime.read(in),
                    in.readLong(),
                    in.readLong());
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<LogWindow> {
        @Override
        public TypeInformation<LogWindow> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new LogWindowCodec());
        }
    }
}
