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
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * The latest decisions of a tenant whose right action became known, in the order in which it did,
 * and how many there have been. Immutable. Bound: {@value #MOST} decisions.
 */
@TypeInfo(JudgedHistory.Info.class)
public final class JudgedHistory {
    /** Decisions kept, the newest. */
    public static final int MOST = 60;

    private static final JudgedHistory NONE = new JudgedHistory(0, List.of());

    private final long count;
    private final List<Entry> entries;

    private JudgedHistory(long count, List<Entry> entries) {
        this.count = count;
        this.entries = entries;
    }

    public static JudgedHistory none() {
        return NONE;
    }

    /**
     * With a decision and what was right in it. What was verified later about the same decision
     * replaces what is known, in its place; what was verified earlier, or again, changes nothing.
     *
     * @param right empty if all that is known is that something else was wrong
     */
    public JudgedHistory with(VotesCast votes, Optional<ActionId> right, long verifiedAtMillis) {
        Entry next = new Entry(votes, right, verifiedAtMillis);
        List<Entry> more = new ArrayList<>(entries);
        for (int i = 0; i < more.size(); i++) {
            if (more.get(i).votes.decisionId().equals(votes.decisionId())) {
                if (more.get(i).verifiedAtMillis >= verifiedAtMillis) {
                    return this;
                }
                more.set(i, next);
                return new JudgedHistory(count, more);
            }
        }
        more.add(next);
        if (more.size() > MOST) {
            more.remove(0);
        }
        return new JudgedHistory(count + 1, more);
    }

    /** How many decisions there have been, forgotten ones included. */
    public long count() {
        return count;
    }

    /** In the order in which they were judged. */
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** What is known of a decision. */
    public Optional<Entry> entry(String decisionId) {
        for (Entry entry : entries) {
            if (entry.votes.decisionId().equals(decisionId)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JudgedHistory
                && ((JudgedHistory) other).count == count
                && ((JudgedHistory) other).entries.equals(entries);
    }

    @Override
    public int hashCode() {
        return Objects.hash(count, entries);
    }

    @Override
    public String toString() {
        return count + " judged, the latest " + entries;
    }

    /** One decision. Immutable. */
    public static final class Entry {
        private final VotesCast votes;
        private final Optional<ActionId> right;
        private final long verifiedAtMillis;

        private Entry(VotesCast votes, Optional<ActionId> right, long verifiedAtMillis) {
            this.votes = Objects.requireNonNull(votes, "votes");
            this.right = right;
            this.verifiedAtMillis = verifiedAtMillis;
        }

        public VotesCast votes() {
            return votes;
        }

        /** Empty once what was held to be right turned out wrong. */
        public Optional<ActionId> right() {
            return right;
        }

        public long verifiedAtMillis() {
            return verifiedAtMillis;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Entry
                    && ((Entry) other).votes.equals(votes)
                    && ((Entry) other).right.equals(right)
                    && ((Entry) other).verifiedAtMillis == verifiedAtMillis;
        }

        @Override
        public int hashCode() {
            return Objects.hash(votes, right, verifiedAtMillis);
        }

        @Override
        public String toString() {
            return votes + ", right " + right;
        }
    }

    /** Binary form, version 1. */
    public static final class JudgedHistoryCodec extends CanonicalCodec<JudgedHistory> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<JudgedHistory> type() {
            return JudgedHistory.class;
        }

        @Override
        void encode(JudgedHistory value, CanonicalWriter out) {
            out.int64(value.count).int32(value.entries.size());
            for (Entry entry : value.entries) {
                entry.votes.write(out);
                out.int8(entry.right.isPresent() ? 1 : 0);
                entry.right.ifPresent(action -> out.fixed(action.bytes()));
                out.int64(entry.verifiedAtMillis);
            }
        }

        @Override
        JudgedHistory decode(CanonicalReader in) throws IOException {
            long count = in.int64();
            List<Entry> entries = new ArrayList<>();
            for (int left = in.count(); left > 0; left--) {
                VotesCast votes = VotesCast.read(in);
                Optional<ActionId> right =
                        in.int8() == 1 ? Optional.of(ActionId.of(in.fixed(32))) : Optional.empty();
                entries.add(new Entry(votes, right, in.int64()));
            }
            return new JudgedHistory(count, entries);
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<JudgedHistory> {
        @Override
        public TypeInformation<JudgedHistory> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new JudgedHistoryCodec());
        }
    }
}
