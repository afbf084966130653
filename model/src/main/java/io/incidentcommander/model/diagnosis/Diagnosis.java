// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.diagnosis.memory.Recollection;
import io.incidentcommander.model.lifecycle.IncidentType;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What is held to be the cause of an incident, on what evidence, what should be done about it and
 * how that is undone; who says so, what that cost, and which better roads failed before. Immutable.
 */
@TypeInfo(Diagnosis.Info.class)
public final class Diagnosis {
    /** Chars and elements, at most; more are cut off. */
    public static final int MOST_TEXT = 2000;

    public static final int MOST_STEPS = 12;
    public static final int MOST_FAILURES = 8;

    private final String tenant;
    private final String incidentId;
    private final int attempt;
    private final String service;
    private final IncidentType type;
    private final String rootCause;
    private final List<EvidenceStep> evidence;
    private final double confidence;
    private final Action action;
    private final String rollbackPlan;
    private final DiagnosisSource source;
    private final Spend spend;
    private final List<DiagnosisFailure> failures;
    private final Recollection recollection;
    private final long diagnosedAtMillis;

    private Diagnosis(Builder b) {
        this.tenant = Objects.requireNonNull(b.tenant, "tenant");
        this.incidentId = Objects.requireNonNull(b.incidentId, "incidentId");
        this.attempt = b.attempt;
        this.service = Objects.requireNonNull(b.service, "service");
        this.type = Objects.requireNonNull(b.type, "type");
        this.rootCause = Rows.bounded(MOST_TEXT, b.rootCause);
        this.evidence = Rows.first(MOST_STEPS, b.evidence);
        this.confidence = b.confidence;
        this.action = Objects.requireNonNull(b.action, "action");
        this.rollbackPlan = Rows.bounded(MOST_TEXT, b.rollbackPlan);
        this.source = Objects.requireNonNull(b.source, "source");
        this.spend = Objects.requireNonNull(b.spend, "spend");
        this.failures = Rows.first(MOST_FAILURES, b.failures);
        this.recollection = b.recollection.brief();
        this.diagnosedAtMillis = b.diagnosedAtMillis;
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("A confidence lies in [0, 1], not " + confidence);
        }
    }

    /** A builder with tenant, incident and attempt of the request. */
    public static Builder answering(DiagnosisRequest request) {
        Builder b = new Builder();
        b.tenant = request.incident().tenant();
        b.incidentId = request.incident().incidentId();
        b.attempt = request.attempt();
        return b;
    }

    /** A builder holding this diagnosis's values. */
    public Builder toBuilder() {
        Builder b = new Builder();
        b.tenant = tenant;
        b.incidentId = incidentId;
        b.attempt = attempt;
        b.service = service;
        b.type = type;
        b.rootCause = rootCause;
        b.evidence = evidence;
        b.confidence = confidence;
        b.action = action;
        b.rollbackPlan = rollbackPlan;
        b.source = source;
        b.spend = spend;
        b.failures = failures;
        b.recollection = recollection;
        b.diagnosedAtMillis = diagnosedAtMillis;
        return b;
    }

    /** See {@link DiagnosisId}. */
    public String id() {
        return DiagnosisId.of(tenant, incidentId, attempt);
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

    /** Where it began; empty if nobody can say. */
    public String service() {
        return service;
    }

    public IncidentType type() {
        return type;
    }

    /** A sentence or two for a human. */
    public String rootCause() {
        return rootCause;
    }

    /** From what was seen to the cause. */
    public List<EvidenceStep> evidence() {
        return evidence;
    }

    /** In [0, 1]. */
    public double confidence() {
        return confidence;
    }

    /** What is recommended; {@link Action#ESCALATE} if nothing else. */
    public Action action() {
        return action;
    }

    public String rollbackPlan() {
        return rollbackPlan;
    }

    public DiagnosisSource source() {
        return source;
    }

    /** Of all calls made, those that failed too. */
    public Spend spend() {
        return spend;
    }

    /** Why better roads gave nothing, in order; empty if the first one did. */
    public List<DiagnosisFailure> failures() {
        return failures;
    }

    /** Which incidents before were remembered, and how much of the memory could be searched. */
    public Recollection recollection() {
        return recollection;
    }

    public boolean isDegraded() {
        return !failures.isEmpty();
    }

    /** Event time of the request that is answered, epoch milliseconds. */
    public long diagnosedAtMillis() {
        return diagnosedAtMillis;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Diagnosis)) {
            return false;
        }
        Diagnosis that = (Diagnosis) other;
        return tenant.equals(that.tenant)
                && incidentId.equals(that.incidentId)
                && attempt == that.attempt
                && service.equals(that.service)
                && type == that.type
                && rootCause.equals(that.rootCause)
                && evidence.equals(that.evidence)
                && Double.compare(confidence, that.confidence) == 0
                && action.equals(that.action)
                && rollbackPlan.equals(that.rollbackPlan)
                && source.equals(that.source)
                && spend.equals(that.spend)
                && failures.equals(that.failures)
                && recollection.equals(that.recollection)
                && diagnosedAtMillis == that.diagnosedAtMillis;
    }

    @Override
    public int hashCode() {
        return Objects.hash(incidentId, attempt, source);
    }

    @Override
    public String toString() {
        return incidentId + " attempt " + attempt + " by " + source + ": " + rootCause;
    }

    /** Collects the values; what was not set says that a human has to look. */
    public static final class Builder {
        private String tenant;
        private String incidentId;
        private int attempt = 1;
        private String service = "";
        private IncidentType type = IncidentType.UNKNOWN;
        private String rootCause = "";
        private List<EvidenceStep> evidence = List.of();
        private double confidence;
        private Action action = Action.ESCALATE;
        private String rollbackPlan = "";
        private DiagnosisSource source = DiagnosisSource.human();
        private Spend spend = Spend.NONE;
        private List<DiagnosisFailure> failures = List.of();
        private Recollection recollection = Recollection.none("");
        private long diagnosedAtMillis;

        private Builder() {}

        public Builder service(String value) {
            service = value;
            return this;
        }

        public Builder type(IncidentType value) {
            type = value;
            return this;
        }

        public Builder rootCause(String value) {
            rootCause = value;
            return this;
        }

        public Builder evidence(List<EvidenceStep> value) {
            evidence = value;
            return this;
        }

        public Builder confidence(double value) {
            confidence = value;
            return this;
        }

        public Builder action(Action value) {
            action = value;
            return this;
        }

        public Builder rollbackPlan(String value) {
            rollbackPlan = value;
            return this;
        }

        public Builder source(DiagnosisSource value) {
            source = value;
            return this;
        }

        public Builder spend(Spend value) {
            spend = value;
            return this;
        }

        public Builder failures(List<DiagnosisFailure> value) {
            failures = value;
            return this;
        }

        public Builder recollection(Recollection value) {
            recollection = value;
            return this;
        }

        public Builder diagnosedAtMillis(long value) {
            diagnosedAtMillis = value;
            return this;
        }

        /**
         * @throws IllegalArgumentException if the confidence lies outside [0, 1]
         */
        public Diagnosis build() {
            return new Diagnosis(this);
        }
    }

    /** Binary form, version 2; version 1 remembers nothing. */
    public static final class DiagnosisCodec implements Codec<Diagnosis> {
        private static final long serialVersionUID = 1L;
        private static final IncidentType[] TYPES = IncidentType.values();

        private final Recollection.RecollectionCodec recollections =
                new Recollection.RecollectionCodec();

        @Override
        public Class<Diagnosis> type() {
            return Diagnosis.class;
        }

        @Override
        public void write(Diagnosis value, DataOutputView out) throws IOException {
            out.writeByte(2);
            Wire.writeString(value.tenant, out);
            Wire.writeString(value.incidentId, out);
            out.writeInt(value.attempt);
            Wire.writeString(value.service, out);
            out.writeByte(value.type.ordinal());
            Wire.writeString(value.rootCause, out);
            Rows.write(value.evidence, EvidenceStep::write, out);
            out.writeDouble(value.confidence);
            NamedActions.write(value.action, out);
            Wire.writeString(value.rollbackPlan, out);
            DiagnosisSource.write(value.source, out);
            Spend.write(value.spend, out);
            Rows.write(value.failures, DiagnosisFailure::write, out);
            out.writeLong(value.diagnosedAtMillis);
            recollections.write(value.recollection, out);
        }

        @Override
        public Diagnosis read(DataInputView in) throws IOException {
            int version = Wire.readVersion(in, 2, Diagnosis.class);
            Builder b = new Builder();
            b.tenant = Wire.readString(in);
            b.incidentId = Wire.readString(in);
            b.attempt = in.readInt();
            b.service = Wire.readString(in);
            b.type = TYPES[in.readByte()];
            b.rootCause = Wire.readString(in);
            b.evidence = Rows.read(EvidenceStep::read, in);
            b.confidence = in.readDouble();
            b.action = NamedActions.read(in);
            b.rollbackPlan = Wire.readString(in);
            b.source = DiagnosisSource.read(in);
            b.spend = Spend.read(in);
            b.failures = Rows.read(DiagnosisFailure::read, in);
            b.diagnosedAtMillis = in.readLong();
            if (version > 1) {
                b.recollection = recollections.read(in);
            }
            return b.build();
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<Diagnosis> {
        @Override
        public TypeInformation<Diagnosis> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new DiagnosisCodec());
        }
    }
}
