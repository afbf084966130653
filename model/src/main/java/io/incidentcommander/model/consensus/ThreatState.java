// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

import io.incidentcommander.model.codec.CanonicalReader;
import io.incidentcommander.model.codec.CanonicalWriter;
import io.incidentcommander.model.codec.CodecTypeInfo;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * The threat level of a tenant, since when it could fall, and how it changed before. Immutable;
 * times are event time in epoch milliseconds. Bound: {@value #MAX_HISTORY} changes.
 */
@TypeInfo(ThreatState.Info.class)
public final class ThreatState {
    /** Changes kept, the newest. */
    public static final int MAX_HISTORY = 16;

    /** The calm begins when there is one. */
    public static final long NO_CALM = Long.MAX_VALUE;

    private static final ThreatState NONE = new ThreatState(ThreatLevel.LOW, NO_CALM, List.of());

    private final ThreatLevel level;
    private final long calmSinceMillis;
    private final List<Change> history;

    private ThreatState(ThreatLevel level, long calmSinceMillis, List<Change> history) {
        this.level = Objects.requireNonNull(level, "level");
        this.calmSinceMillis = calmSinceMillis;
        this.history = history;
    }

    /** LOW, and never anything else. */
    public static ThreatState none() {
        return NONE;
    }

    public ThreatState calmSince(long millis) {
        return new ThreatState(level, millis, history);
    }

    public ThreatState changed(ThreatLevel to, long atMillis, int suspectPpm) {
        List<Change> more = new ArrayList<>(history);
        more.add(new Change(to, atMillis, suspectPpm));
        if (more.size() > MAX_HISTORY) {
            more.remove(0);
        }
        return new ThreatState(to, NO_CALM, List.copyOf(more));
    }

    public ThreatLevel level() {
        return level;
    }

    /** Since when the suspect power is small enough for the level to fall, or {@link #NO_CALM}. */
    public long calmSinceMillis() {
        return calmSinceMillis;
    }

    /** The newest last. */
    public List<Change> history() {
        return history;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ThreatState
                && ((ThreatState) other).level == level
                && ((ThreatState) other).calmSinceMillis == calmSinceMillis
                && ((ThreatState) other).history.equals(history);
    }

    @Override
    public int hashCode() {
        return Objects.hash(level, calmSinceMillis, history);
    }

    @Override
    public String toString() {
        return level + " " + history;
    }

    /** One change of the level. Immutable. */
    public static final class Change {
        private final ThreatLevel level;
        private final long atMillis;
        private final int suspectPpm;

        private Change(ThreatLevel level, long atMillis, int suspectPpm) {
            this.level = level;
            this.atMillis = atMillis;
            this.suspectPpm = suspectPpm;
        }

        /** The level it changed to. */
        public ThreatLevel level() {
            return level;
        }

        public long atMillis() {
            return atMillis;
        }

        /** The suspect share of the voting power then. */
        public int suspectPpm() {
            return suspectPpm;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Change
                    && ((Change) other).level == level
                    && ((Change) other).atMillis == atMillis
                    && ((Change) other).suspectPpm == suspectPpm;
        }

        @Override
        public int hashCode() {
            return Objects.hash(level, atMillis, suspectPpm);
        }

        @Override
        public String toString() {
            return level + " at " + atMillis + " (" + suspectPpm + " ppm)";
        }
    }

    /** Binary form, version 1. */
    public static final class ThreatStateCodec extends CanonicalCodec<ThreatState> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<ThreatState> type() {
            return ThreatState.class;
        }

        @Override
        void encode(ThreatState value, CanonicalWriter out) {
            out.text(value.level.name()).int64(value.calmSinceMillis);
            out.int32(value.history.size());
            for (Change change : value.history) {
                out.text(change.level.name()).int64(change.atMillis).int32(change.suspectPpm);
            }
        }

        @Override
        ThreatState decode(CanonicalReader in) throws IOException {
            ThreatLevel level = ThreatLevel.valueOf(in.text());
            long calmSince = in.int64();
            List<Change> history = new ArrayList<>();
            for (int left = in.count(); left > 0; left--) {
                history.add(new Change(ThreatLevel.valueOf(in.text()), in.int64(), in.int32()));
            }
            return new ThreatState(level, calmSince, List.copyOf(history));
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<ThreatState> {
        @Override
        public TypeInformation<ThreatState> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new ThreatStateCodec());
        }
    }
}
