// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.communication;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What one contact was told of one incident, and what waits to be told. Immutable. Bound: the
 * statuses an incident can have times the severities, and one notice.
 */
@TypeInfo(ThreadPlan.Info.class)
public final class ThreadPlan {
    private static final ThreadPlan EMPTY =
            new ThreadPlan(-1, Optional.empty(), Map.of(), Optional.empty());

    private final long lastSequence;
    private final Optional<IncidentBrief> shown;
    private final Map<String, Long> toldAt;
    private final Optional<PendingNotice> pending;

    private ThreadPlan(
            long lastSequence,
            Optional<IncidentBrief> shown,
            Map<String, Long> toldAt,
            Optional<PendingNotice> pending) {
        this.lastSequence = lastSequence;
        this.shown = shown;
        this.toldAt = toldAt;
        this.pending = pending;
    }

    /** Of a contact who heard nothing yet. */
    public static ThreadPlan empty() {
        return EMPTY;
    }

    /** The highest sequence there was a notice of; -1 if there was none. */
    public long lastSequence() {
        return lastSequence;
    }

    /** What the contact last read. */
    public Optional<IncidentBrief> shown() {
        return shown;
    }

    public Optional<PendingNotice> pending() {
        return pending;
    }

    /** When news of this status and severity were last told; empty if they were not lately. */
    public Optional<Long> toldAt(IncidentBrief brief) {
        return Optional.ofNullable(toldAt.get(brief.deduplicationKey()));
    }

    /** When anything was last told; 0 if nothing was. */
    public long lastToldAtMillis() {
        return toldAt.values().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** With a notice that waits. */
    public ThreadPlan waiting(PendingNotice notice) {
        long newest = Math.max(lastSequence, notice.notice().brief().sequence());
        return new ThreadPlan(newest, shown, toldAt, Optional.of(notice));
    }

    /** Nothing waits, up to the sequence: what it says is what the contact knows. */
    public ThreadPlan settled(long sequence) {
        return new ThreadPlan(Math.max(lastSequence, sequence), shown, toldAt, Optional.empty());
    }

    /**
     * The waiting notice was told.
     *
     * @param rememberMillis how long its key counts as told
     */
    public ThreadPlan told(long nowMillis, long rememberMillis) {
        IncidentBrief brief = pending.orElseThrow().notice().brief();
        Map<String, Long> told = new TreeMap<>(toldAt);
        told.values().removeIf(at -> at + rememberMillis <= nowMillis);
        told.put(brief.deduplicationKey(), nowMillis);
        return new ThreadPlan(
                lastSequence,
                Optional.of(brief),
                Collections.unmodifiableMap(told),
                Optional.empty());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ThreadPlan
                && ((ThreadPlan) other).lastSequence == lastSequence
                && ((ThreadPlan) other).shown.equals(shown)
                && ((ThreadPlan) other).toldAt.equals(toldAt)
                && ((ThreadPlan) other).pending.equals(pending);
    }

    @Override
    public int hashCode() {
        return Objects.hash(lastSequence, shown, toldAt, pending);
    }

    @Override
    public String toString() {
        return "#" + lastSequence + " shown " + shown + " pending " + pending;
    }

    /** Binary form, version 1. */
    public static final class ThreadPlanCodec implements Codec<ThreadPlan> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<ThreadPlan> type() {
            return ThreadPlan.class;
        }

        @Override
        public void write(ThreadPlan value, DataOutputView out) throws IOException {
            out.writeByte(1);
            out.writeLong(value.lastSequence);
            out.writeBoolean(value.shown.isPresent());
            if (value.shown.isPresent()) {
                value.shown.get().write(out);
            }
            out.writeInt(value.toldAt.size());
            for (Map.Entry<String, Long> told : value.toldAt.entrySet()) {
                Wire.writeString(told.getKey(), out);
                out.writeLong(told.getValue());
            }
            out.writeBoolean(value.pending.isPresent());
            if (value.pending.isPresent()) {
                value.pending.get().write(out);
            }
        }

        @Override
        public ThreadPlan read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, ThreadPlan.class);
            long lastSequence = in.readLong();
            Optional<IncidentBrief> shown =
                    in.readBoolean() ? Optional.of(IncidentBrief.read(in)) : Optional.empty();
            Map<String, Long> toldAt = new TreeMap<>();
            for (int left = in.readInt(); left > 0; left--) {
                toldAt.put(Wire.readString(in), in.readLong());
            }
            Optional<PendingNotice> pending =
                    in.readBoolean() ? Optional.of(PendingNotice.read(in)) : Optional.empty();
            return new ThreadPlan(
                    lastSequence, shown, Collections.unmodifiableMap(toldAt), pending);
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<ThreadPlan> {
        @Override
        public TypeInformation<ThreadPlan> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new ThreadPlanCodec());
        }
    }
}
