// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.resolution;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.consensus.Action;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What the life of an incident asks of whoever acts: carry out the action of a decision, or begin
 * no further step of it. Delivered at least once; the same order always says the same. Immutable.
 */
@TypeInfo(ActionOrder.Info.class)
public final class ActionOrder {
    /** What is to be done. Ordinals are stored: append, never reorder. */
    public enum Kind {
        ACT,
        STOP,
        /** Take back what the action did: the problem it was meant for is back. */
        ROLL_BACK
    }

    private final Kind kind;
    private final String tenant;
    private final String incidentId;
    private final int attempt;
    private final String decisionId;
    private final Action action;
    private final boolean humanWanted;
    private final TreeSet<String> requesters;
    private final long orderedMillis;
    private final long deadlineMillis;

    /** As the other, where nobody in particular asked for it. */
    public ActionOrder(
            Kind kind,
            String tenant,
            String incidentId,
            int attempt,
            String decisionId,
            Action action,
            boolean humanWanted,
            long orderedMillis,
            long deadlineMillis) {
        this(
                kind,
                tenant,
                incidentId,
                attempt,
                decisionId,
                action,
                humanWanted,
                Set.of(),
                orderedMillis,
                deadlineMillis);
    }

    /**
     * @param attempt of the incident's life; what comes back has to name it
     * @param decisionId of the decision that the action is from; empty for STOP
     * @param humanWanted the decision holds only with a human's approval
     * @param requesters people and agents who asked for this action; none of them approves of it
     * @param orderedMillis event time
     * @param deadlineMillis event time: nothing is begun afterwards
     */
    public ActionOrder(
            Kind kind,
            String tenant,
            String incidentId,
            int attempt,
            String decisionId,
            Action action,
            boolean humanWanted,
            Set<String> requesters,
            long orderedMillis,
            long deadlineMillis) {
        this.kind = Objects.requireNonNull(kind, "kind");
        this.tenant = Objects.requireNonNull(tenant, "tenant");
        this.incidentId = Objects.requireNonNull(incidentId, "incidentId");
        this.attempt = attempt;
        this.decisionId = Objects.requireNonNull(decisionId, "decisionId");
        this.action = Objects.requireNonNull(action, "action");
        this.humanWanted = humanWanted;
        this.requesters = new TreeSet<>(requesters);
        this.orderedMillis = orderedMillis;
        this.deadlineMillis = deadlineMillis;
    }

    public Kind kind() {
        return kind;
    }

    public String tenant() {
        return tenant;
    }

    public String incidentId() {
        return incidentId;
    }

    public int attempt() {
        return attempt;
    }

    public String decisionId() {
        return decisionId;
    }

    public Action action() {
        return action;
    }

    public boolean humanWanted() {
        return humanWanted;
    }

    public Set<String> requesters() {
        return Collections.unmodifiableSet(requesters);
    }

    /** The same action, to be taken back until then. */
    public ActionOrder takenBack(long orderedAtMillis, long untilMillis) {
        return new ActionOrder(
                Kind.ROLL_BACK,
                tenant,
                incidentId,
                attempt,
                decisionId,
                action,
                humanWanted,
                requesters,
                orderedAtMillis,
                untilMillis);
    }

    public long orderedMillis() {
        return orderedMillis;
    }

    public long deadlineMillis() {
        return deadlineMillis;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof ActionOrder)) {
            return false;
        }
        ActionOrder that = (ActionOrder) other;
        return kind == that.kind
                && tenant.equals(that.tenant)
                && incidentId.equals(that.incidentId)
                && attempt == that.attempt
                && decisionId.equals(that.decisionId)
                && action.equals(that.action)
                && humanWanted == that.humanWanted
                && requesters.equals(that.requesters)
                && orderedMillis == that.orderedMillis
                && deadlineMillis == that.deadlineMillis;
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, tenant, incidentId, attempt, decisionId);
    }

    @Override
    public String toString() {
        return kind + " " + action + " for " + incidentId + ", attempt " + attempt;
    }

    /** Binary form, version 2; 1 named no requesters. */
    public static final class ActionOrderCodec implements Codec<ActionOrder> {
        private static final long serialVersionUID = 1L;
        private static final Kind[] KINDS = Kind.values();

        @Override
        public Class<ActionOrder> type() {
            return ActionOrder.class;
        }

        @Override
        public void write(ActionOrder value, DataOutputView out) throws IOException {
            out.writeByte(2);
            out.writeByte(value.kind.ordinal());
            Wire.writeString(value.tenant, out);
            Wire.writeString(value.incidentId, out);
            out.writeInt(value.attempt);
            Wire.writeString(value.decisionId, out);
            Wire.writeString(value.action.runbook(), out);
            Wire.writeString(value.action.version(), out);
            Wire.writeString(value.action.target(), out);
            Wire.writeMap(value.action.parameters(), out);
            out.writeBoolean(value.humanWanted);
            out.writeLong(value.orderedMillis);
            out.writeLong(value.deadlineMillis);
            out.writeInt(value.requesters.size());
            for (String requester : value.requesters) {
                Wire.writeString(requester, out);
            }
        }

        @Override
        public ActionOrder read(DataInputView in) throws IOException {
            int version = Wire.readVersion(in, 2, ActionOrder.class);
            int kind = in.readByte();
            if (kind < 0 || kind >= KINDS.length) {
                throw new IOException("No such kind of order: " + kind);
            }
            String tenant = Wire.readString(in);
            String incidentId = Wire.readString(in);
            int attempt = in.readInt();
            String decisionId = Wire.readString(in);
            try {
                Action action =
                        new Action(
                                Wire.readString(in),
                                Wire.readString(in),
                                Wire.readString(in),
                                Wire.readMap(in));
                boolean humanWanted = in.readBoolean();
                long ordered = in.readLong();
                long deadline = in.readLong();
                return new ActionOrder(
                        KINDS[kind],
                        tenant,
                        incidentId,
                        attempt,
                        decisionId,
                        action,
                        humanWanted,
                        version == 1 ? Set.of() : requesters(in),
                        ordered,
                        deadline);
            } catch (IllegalArgumentException e) {
                throw new IOException("An order of an impossible action", e);
            }
        }
    }

    private static Set<String> requesters(DataInputView in) throws IOException {
        Set<String> requesters = new TreeSet<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            requesters.add(Wire.readString(in));
        }
        return requesters;
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<ActionOrder> {
        @Override
        public TypeInformation<ActionOrder> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new ActionOrderCodec());
        }
    }
}
