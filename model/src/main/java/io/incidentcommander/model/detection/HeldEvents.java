// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.detection;

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

/** The events of one key that a match of a pattern may still be made of. Immutable. */
@TypeInfo(HeldEvents.Info.class)
public final class HeldEvents {
    /** Event time of a due date that there is none of. */
    public static final long NEVER = Long.MIN_VALUE;

    private static final HeldEvents NONE = new HeldEvents(List.of(), List.of(), NEVER, NEVER);

    private final List<DetectionEvent> begun;
    private final List<DetectionEvent> ahead;
    private final long dueMillis;
    private final long restsUntilMillis;

    /**
     * @param begun those of attempts that have begun
     * @param ahead those that the watermark had not come to
     * @param dueMillis when it is looked at again whether all are too old, event time; or {@link
     *     #NEVER}
     * @param restsUntilMillis until when nothing begins after a match, event time; or {@link
     *     #NEVER}
     */
    public HeldEvents(
            List<DetectionEvent> begun,
            List<DetectionEvent> ahead,
            long dueMillis,
            long restsUntilMillis) {
        this.begun = List.copyOf(begun);
        this.ahead = List.copyOf(ahead);
        this.dueMillis = dueMillis;
        this.restsUntilMillis = restsUntilMillis;
    }

    public static HeldEvents none() {
        return NONE;
    }

    public List<DetectionEvent> begun() {
        return begun;
    }

    public List<DetectionEvent> ahead() {
        return ahead;
    }

    public long dueMillis() {
        return dueMillis;
    }

    public long restsUntilMillis() {
        return restsUntilMillis;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HeldEvents
                && ((HeldEvents) other).begun.equals(begun)
                && ((HeldEvents) other).ahead.equals(ahead)
                && ((HeldEvents) other).dueMillis == dueMillis
                && ((HeldEvents) other).restsUntilMillis == restsUntilMillis;
    }

    @Override
    public int hashCode() {
        return Objects.hash(begun, ahead, dueMillis, restsUntilMillis);
    }

    @Override
    public String toString() {
        return begun.size() + " begun, " + ahead.size() + " ahead";
    }

    /** Binary form, version 2; version 1 had no rest. */
    public static final class HeldEventsCodec implements Codec<HeldEvents> {
        private static final long serialVersionUID = 1L;
        private static final DetectionEvent.DetectionEventCodec EVENT =
                new DetectionEvent.DetectionEventCodec();

        @Override
        public Class<HeldEvents> type() {
            return HeldEvents.class;
        }

        @Override
        public void write(HeldEvents value, DataOutputView out) throws IOException {
            out.writeByte(2);
            writeAll(value.begun, out);
            writeAll(value.ahead, out);
            out.writeLong(value.dueMillis);
            out.writeLong(value.restsUntilMillis);
        }

        @Override
        public HeldEvents read(DataInputView in) throws IOException {
            int version = Wire.readVersion(in, 2, HeldEvents.class);
            return new HeldEvents(
                    readAll(in), readAll(in), in.readLong(), version == 1 ? NEVER : in.readLong());
        }

        private static void writeAll(List<DetectionEvent> events, DataOutputView out)
                throws IOException {
            out.writeInt(events.size());
            for (DetectionEvent event : events) {
                EVENT.write(event, out);
            }
        }

        private static List<DetectionEvent> readAll(DataInputView in) throws IOException {
            List<DetectionEvent> events = new ArrayList<>();
            for (int left = in.readInt(); left > 0; left--) {
                events.add(EVENT.read(in));
            }
            return events;
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<HeldEvents> {
        @Override
        public TypeInformation<HeldEvents> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new HeldEventsCodec());
        }
    }
}
