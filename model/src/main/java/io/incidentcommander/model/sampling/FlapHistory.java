// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.sampling;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.ingest.AlertId;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * How often an alert has changed between firing and resolved of late, and what is kept back of it.
 * Times are event time in epoch milliseconds. Immutable.
 */
@TypeInfo(FlapHistory.Info.class)
public final class FlapHistory {
    private static final FlapHistory NONE =
            new FlapHistory(new long[0], false, 0, 0, 0, Optional.empty(), Optional.empty());

    private final long[] changes;
    private final boolean flapping;
    private final long firedAtMillis;
    private final int episodes;
    private final int shortEpisodes;
    private final Optional<AlertId> told;
    private final Optional<NotableAlert> waiting;

    /**
     * @param changes times of the last changes, oldest first; not copied
     * @param firedAtMillis when the present or last episode began
     * @param episodes how often it was resolved
     * @param shortEpisodes how often of these it was soon resolved
     * @param told the last alert that went on
     * @param waiting the last alert that did not, and may yet
     */
    private FlapHistory(
            long[] changes,
            boolean flapping,
            long firedAtMillis,
            int episodes,
            int shortEpisodes,
            Optional<AlertId> told,
            Optional<NotableAlert> waiting) {
        this.changes = changes;
        this.flapping = flapping;
        this.firedAtMillis = firedAtMillis;
        this.episodes = episodes;
        this.shortEpisodes = shortEpisodes;
        this.told = told;
        this.waiting = waiting;
    }

    /** Of an alert that was never seen. */
    public static FlapHistory none() {
        return NONE;
    }

    public long[] changes() {
        return changes.clone();
    }

    public boolean isFlapping() {
        return flapping;
    }

    public long firedAtMillis() {
        return firedAtMillis;
    }

    public int episodes() {
        return episodes;
    }

    public int shortEpisodes() {
        return shortEpisodes;
    }

    public Optional<AlertId> told() {
        return told;
    }

    public Optional<NotableAlert> waiting() {
        return waiting;
    }

    public FlapHistory withChanges(long[] others, boolean nowFlapping) {
        return new FlapHistory(
                others.clone(), nowFlapping, firedAtMillis, episodes, shortEpisodes, told, waiting);
    }

    public FlapHistory fired(long millis) {
        return new FlapHistory(changes, flapping, millis, episodes, shortEpisodes, told, waiting);
    }

    public FlapHistory withEpisodes(int all, int soon) {
        return new FlapHistory(changes, flapping, firedAtMillis, all, soon, told, waiting);
    }

    /** Something went on, and nothing waits. */
    public FlapHistory told(AlertId id) {
        return new FlapHistory(
                changes,
                flapping,
                firedAtMillis,
                episodes,
                shortEpisodes,
                Optional.of(id),
                Optional.empty());
    }

    public FlapHistory waiting(Optional<NotableAlert> alert) {
        return new FlapHistory(
                changes, flapping, firedAtMillis, episodes, shortEpisodes, told, alert);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FlapHistory
                && java.util.Arrays.equals(((FlapHistory) other).changes, changes)
                && ((FlapHistory) other).flapping == flapping
                && ((FlapHistory) other).firedAtMillis == firedAtMillis
                && ((FlapHistory) other).episodes == episodes
                && ((FlapHistory) other).shortEpisodes == shortEpisodes
                && ((FlapHistory) other).told.equals(told)
                && ((FlapHistory) other).waiting.equals(waiting);
    }

    @Override
    public int hashCode() {
        return Objects.hash(java.util.Arrays.hashCode(changes), flapping, firedAtMillis, told);
    }

    @Override
    public String toString() {
        return changes.length + " changes" + (flapping ? ", flapping" : "");
    }

    /** Binary form, version 1. */
    public static final class FlapHistoryCodec implements Codec<FlapHistory> {
        private static final long serialVersionUID = 1L;

        private final NotableAlert.NotableAlertCodec alerts = new NotableAlert.NotableAlertCodec();

        @Override
        public Class<FlapHistory> type() {
            return FlapHistory.class;
        }

        @Override
        public void write(FlapHistory value, DataOutputView out) throws IOException {
            out.writeByte(1);
            out.writeInt(value.changes.length);
            for (long change : value.changes) {
                out.writeLong(change);
            }
            out.writeBoolean(value.flapping);
            out.writeLong(value.firedAtMillis);
            out.writeInt(value.episodes);
            out.writeInt(value.shortEpisodes);
            out.writeBoolean(value.told.isPresent());
            if (value.told.isPresent()) {
                AlertId.write(value.told.get(), out);
            }
            out.writeBoolean(value.waiting.isPresent());
            if (value.waiting.isPresent()) {
                alerts.write(value.waiting.get(), out);
            }
        }

        @Override
        public FlapHistory read(DataInputView in) throws IOException {
            Wire.readVersion(in, 1, FlapHistory.class);
            long[] changes = new long[in.readInt()];
            for (int i = 0; i < changes.length; i++) {
                changes[i] = in.readLong();
            }
            return new FlapHistory(
                    changes,
                    in.readBoolean(),
                    in.readLong(),
                    in.readInt(),
                    in.readInt(),
                    in.readBoolean() ? Optional.of(AlertId.read(in)) : Optional.empty(),
                    in.readBoolean() ? Optional.of(alerts.read(in)) : Optional.empty());
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<FlapHistory> {
        @Override
        public TypeInformation<FlapHistory> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new FlapHistoryCodec());
        }
    }
}
