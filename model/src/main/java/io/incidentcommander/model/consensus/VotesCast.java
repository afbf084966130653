// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

import io.incidentcommander.model.codec.CanonicalReader;
import io.incidentcommander.model.codec.CanonicalWriter;
import io.incidentcommander.model.codec.CodecTypeInfo;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * What is kept of a deliberation that is over, until its outcome is verified: who voted for what.
 * Also the mark that there was a decision, so that there is no second. Immutable.
 */
@TypeInfo(VotesCast.Info.class)
public final class VotesCast {
    private final String decisionId;
    private final long decidedAtMillis;
    private final Map<String, ActionId> actionByAgent;

    /**
     * @param actionByAgent without those that abstained or whose vote was spoiled
     */
    public VotesCast(String decisionId, long decidedAtMillis, Map<String, ActionId> actionByAgent) {
        this.decisionId = Objects.requireNonNull(decisionId, "decisionId");
        this.decidedAtMillis = decidedAtMillis;
        this.actionByAgent = new TreeMap<>(actionByAgent);
    }

    public String decisionId() {
        return decisionId;
    }

    public long decidedAtMillis() {
        return decidedAtMillis;
    }

    /** Sorted by agent id. */
    public Map<String, ActionId> actionByAgent() {
        return new TreeMap<>(actionByAgent);
    }

    void write(CanonicalWriter out) {
        out.text(decisionId).int64(decidedAtMillis);
        out.int32(actionByAgent.size());
        actionByAgent.forEach((agent, action) -> out.text(agent).fixed(action.bytes()));
    }

    static VotesCast read(CanonicalReader in) throws IOException {
        String decisionId = in.text();
        long decidedAt = in.int64();
        Map<String, ActionId> actions = new TreeMap<>();
        for (int left = in.count(); left > 0; left--) {
            actions.put(in.text(), ActionId.of(in.fixed(32)));
        }
        return new VotesCast(decisionId, decidedAt, actions);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VotesCast
                && ((VotesCast) other).decisionId.equals(decisionId)
                && ((VotesCast) other).decidedAtMillis == decidedAtMillis
                && ((VotesCast) other).actionByAgent.equals(actionByAgent);
    }

    @Override
    public int hashCode() {
        return decisionId.hashCode();
    }

    @Override
    public String toString() {
        return decisionId + ": " + actionByAgent;
    }

    /** Binary form, version 1. */
    public static final class VotesCastCodec extends CanonicalCodec<VotesCast> {
        private static final long serialVersionUID = 1L;

        @Override
        public Class<VotesCast> type() {
            return VotesCast.class;
        }

        @Override
        void encode(VotesCast value, CanonicalWriter out) {
            value.write(out);
        }

        @Override
        VotesCast decode(CanonicalReader in) throws IOException {
            return VotesCast.read(in);
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<VotesCast> {
        @Override
        public TypeInformation<VotesCast> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new VotesCastCodec());
        }
    }
}
