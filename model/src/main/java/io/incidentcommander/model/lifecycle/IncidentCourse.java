// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.lifecycle;

import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import java.io.IOException;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * How far one incident has come in its life: all that its state machine remembers. Immutable; times
 * are event time in epoch milliseconds.
 */
@TypeInfo(IncidentCourse.Info.class)
public final class IncidentCourse {
    private final Incident incident;
    private final ChainHead head;
    private final long phaseSinceMillis;
    private final long deadlineMillis;
    private final long episodeMillis;
    private final BigDecimal earlierCostUsd;
    private final int attempt;
    private final int resolutions;
    private final int reminders;
    private final String owner;
    private final boolean severityIsHuman;
    private final String askedBy;
    private final long commandSequence;

    private IncidentCourse(Builder b) {
        this.incident = Objects.requireNonNull(b.incident, "incident");
        this.head = Objects.requireNonNull(b.head, "head");
        this.phaseSinceMillis = b.phaseSinceMillis;
        this.deadlineMillis = b.deadlineMillis;
        this.episodeMillis = b.episodeMillis;
        this.earlierCostUsd = Objects.requireNonNull(b.earlierCostUsd, "earlierCostUsd");
        this.attempt = b.attempt;
        this.resolutions = b.resolutions;
        this.reminders = b.reminders;
        this.owner = Objects.requireNonNull(b.owner, "owner");
        this.severityIsHuman = b.severityIsHuman;
        this.askedBy = Objects.requireNonNull(b.askedBy, "askedBy");
        this.commandSequence = b.commandSequence;
    }

    /** Begins with the first attempt, at the incident's opening, on an empty chain. */
    public static Builder builder(Incident incident) {
        Builder b = new Builder();
        b.incident = incident;
        b.episodeMillis = incident.openedAtMillis();
        return b;
    }

    public Builder toBuilder() {
        Builder b = new Builder();
        b.incident = incident;
        b.head = head;
        b.phaseSinceMillis = phaseSinceMillis;
        b.deadlineMillis = deadlineMillis;
        b.episodeMillis = episodeMillis;
        b.earlierCostUsd = earlierCostUsd;
        b.attempt = attempt;
        b.resolutions = resolutions;
        b.reminders = reminders;
        b.owner = owner;
        b.severityIsHuman = severityIsHuman;
        b.askedBy = askedBy;
        b.commandSequence = commandSequence;
        return b;
    }

    public Incident incident() {
        return incident;
    }

    public IncidentState state() {
        return incident.state();
    }

    /** Where its chain of events stands. */
    public ChainHead head() {
        return head;
    }

    /** When it came into the state that it is in. */
    public long phaseSinceMillis() {
        return phaseSinceMillis;
    }

    /** When the state is left at the latest. */
    public long deadlineMillis() {
        return deadlineMillis;
    }

    /** Since when it costs money this time. */
    public long episodeMillis() {
        return episodeMillis;
    }

    /** What it cost before it came back the last time. */
    public BigDecimal earlierCostUsd() {
        return earlierCostUsd;
    }

    /** At mending it, from 1. Facts of other attempts are refused. */
    public int attempt() {
        return attempt;
    }

    /** How often it was resolved so far. */
    public int resolutions() {
        return resolutions;
    }

    /** To humans, since it was escalated. */
    public int reminders() {
        return reminders;
    }

    /** The human who has it in hand; empty if nobody. */
    public String owner() {
        return owner;
    }

    /** The human who handed it back for this attempt; empty if it is nobody's wish. */
    public String askedBy() {
        return askedBy;
    }

    /** Of the latest command that was heard, whatever became of it; 0: none was. */
    public long commandSequence() {
        return commandSequence;
    }

    /** A human set the severity, and correlation no longer does. */
    public boolean severityIsHuman() {
        return severityIsHuman;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof IncidentCourse)) {
            return false;
        }
        IncidentCourse that = (IncidentCourse) other;
        return incident.equals(that.incident)
                && head.equals(that.head)
                && phaseSinceMillis == that.phaseSinceMillis
                && deadlineMillis == that.deadlineMillis
                && episodeMillis == that.episodeMillis
                && earlierCostUsd.equals(that.earlierCostUsd)
                && attempt == that.attempt
                && resolutions == that.resolutions
                && reminders == that.reminders
                && owner.equals(that.owner)
                && severityIsHuman == that.severityIsHuman
                && askedBy.equals(that.askedBy)
                && commandSequence == that.commandSequence;
    }

    @Override
    public int hashCode() {
        return Objects.hash(incident, deadlineMillis, attempt);
    }

    @Override
    public String toString() {
        return incident + ", attempt " + attempt + ", until " + deadlineMillis;
    }

    /** Builds an {@link IncidentCourse}. */
    public static final class Builder {
        private Incident incident;
        private ChainHead head = ChainHead.genesis();
        private long phaseSinceMillis;
        private long deadlineMillis;
        private long episodeMillis;
        private BigDecimal earlierCostUsd = BigDecimal.ZERO;
        private int attempt = 1;
        private int resolutions;
        private int reminders;
        private String owner = "";
        private boolean severityIsHuman;
        private String askedBy = "";
        private long commandSequence;

        private Builder() {}

        public Builder incident(Incident incident) {
            this.incident = incident;
            return this;
        }

        public Builder head(ChainHead head) {
            this.head = head;
            return this;
        }

        /**
         * @param sinceMillis when the state was entered
         * @param deadlineMillis when it is left at the latest
         */
        public Builder phase(long sinceMillis, long deadlineMillis) {
            this.phaseSinceMillis = sinceMillis;
            this.deadlineMillis = deadlineMillis;
            return this;
        }

        public Builder episode(long sinceMillis, BigDecimal earlierCostUsd) {
            this.episodeMillis = sinceMillis;
            this.earlierCostUsd = earlierCostUsd;
            return this;
        }

        public Builder attempt(int attempt) {
            this.attempt = attempt;
            return this;
        }

        public Builder resolutions(int resolutions) {
            this.resolutions = resolutions;
            return this;
        }

        public Builder reminders(int reminders) {
            this.reminders = reminders;
            return this;
        }

        public Builder owner(String owner) {
            this.owner = owner;
            return this;
        }

        public Builder severityIsHuman(boolean severityIsHuman) {
            this.severityIsHuman = severityIsHuman;
            return this;
        }

        public Builder askedBy(String askedBy) {
            this.askedBy = askedBy;
            return this;
        }

        public Builder commandSequence(long commandSequence) {
            this.commandSequence = commandSequence;
            return this;
        }

        public IncidentCourse build() {
            return new IncidentCourse(this);
        }
    }

    /** Binary form, version 3; 2 did not number commands, and 1 did not say who asked. */
    public static final class IncidentCourseCodec implements Codec<IncidentCourse> {
        private static final long serialVersionUID = 1L;
        private static final Incident.IncidentCodec INCIDENT = new Incident.IncidentCodec();
        private static final ChainHead.ChainHeadCodec HEAD = new ChainHead.ChainHeadCodec();

        @Override
        public Class<IncidentCourse> type() {
            return IncidentCourse.class;
        }

        @Override
        public void write(IncidentCourse value, DataOutputView out) throws IOException {
            out.writeByte(3);
            INCIDENT.write(value.incident, out);
            HEAD.write(value.head, out);
            out.writeLong(value.phaseSinceMillis);
            out.writeLong(value.deadlineMillis);
            out.writeLong(value.episodeMillis);
            Wire.writeString(value.earlierCostUsd.toPlainString(), out);
            out.writeInt(value.attempt);
            out.writeInt(value.resolutions);
            out.writeInt(value.reminders);
            Wire.writeString(value.owner, out);
            out.writeBoolean(value.severityIsHuman);
            Wire.writeString(value.askedBy, out);
            out.writeLong(value.commandSequence);
        }

        @Override
        public IncidentCourse read(DataInputView in) throws IOException {
            int version = Wire.readVersion(in, 3, IncidentCourse.class);
            Builder b = new Builder();
            b.incident = INCIDENT.read(in);
            b.head = HEAD.read(in);
            b.phaseSinceMillis = in.readLong();
            b.deadlineMillis = in.readLong();
            b.episodeMillis = in.readLong();
            b.earlierCostUsd = new BigDecimal(Wire.readString(in));
            b.attempt = in.readInt();
            b.resolutions = in.readInt();
            b.reminders = in.readInt();
            b.owner = Wire.readString(in);
            b.severityIsHuman = in.readBoolean();
            b.askedBy = version == 1 ? "" : Wire.readString(in);
            b.commandSequence = version < 3 ? 0 : in.readLong();
            return new IncidentCourse(b);
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<IncidentCourse> {
        @Override
        public TypeInformation<IncidentCourse> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new IncidentCourseCodec());
        }
    }
}
