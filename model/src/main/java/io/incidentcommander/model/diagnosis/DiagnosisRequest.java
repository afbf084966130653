// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.codec.Wire;
import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.correlation.ServiceCall;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.lifecycle.Incident;
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

/**
 * All that is known of an incident when its cause is asked for, and until when. Immutable. Each
 * list keeps its first elements up to its bound, so the most telling come first. The texts of
 * alerts, logs and memories are untrusted.
 */
@TypeInfo(DiagnosisRequest.Info.class)
public final class DiagnosisRequest {
    public static final int MOST_ALERTS = 40;
    public static final int MOST_MATCHES = 16;
    public static final int MOST_CALLS = 1_000;
    public static final int MOST_CANDIDATES = 8;
    public static final int MOST_LOGS = 20;
    public static final int MOST_MEMORIES = 5;

    private final Incident incident;
    private final int attempt;
    private final List<Alert> alerts;
    private final List<PatternMatch> matches;
    private final List<ServiceCall> calls;
    private final List<Action> candidates;
    private final List<LogFinding> logs;
    private final List<MemoryHit> memories;
    private final CausalVerdict causal;
    private final long requestedAtMillis;
    private final long deadlineAtMillis;
    private final long resets;

    private DiagnosisRequest(Builder b) {
        this.incident = Objects.requireNonNull(b.incident, "incident");
        this.attempt = b.attempt;
        this.alerts = Rows.first(MOST_ALERTS, b.alerts);
        this.matches = Rows.first(MOST_MATCHES, b.matches);
        this.calls = Rows.first(MOST_CALLS, b.calls);
        this.candidates = Rows.first(MOST_CANDIDATES, b.candidates);
        this.logs = Rows.first(MOST_LOGS, b.logs);
        this.memories = Rows.first(MOST_MEMORIES, b.memories);
        this.causal = Objects.requireNonNull(b.causal, "causal");
        this.requestedAtMillis = b.requestedAtMillis;
        this.deadlineAtMillis = b.deadlineAtMillis;
        this.resets = b.resets;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** A builder holding this request's values. */
    public Builder toBuilder() {
        Builder b = new Builder();
        b.incident = incident;
        b.attempt = attempt;
        b.alerts = alerts;
        b.matches = matches;
        b.calls = calls;
        b.candidates = candidates;
        b.logs = logs;
        b.memories = memories;
        b.causal = causal;
        b.requestedAtMillis = requestedAtMillis;
        b.deadlineAtMillis = deadlineAtMillis;
        b.resets = resets;
        return b;
    }

    public Incident incident() {
        return incident;
    }

    /** 1 for the first analysis of the incident. */
    public int attempt() {
        return attempt;
    }

    /** See {@link DiagnosisId}. */
    public String id() {
        return DiagnosisId.of(incident.tenant(), incident.incidentId(), attempt);
    }

    public List<Alert> alerts() {
        return alerts;
    }

    /** Patterns seen among the affected services. */
    public List<PatternMatch> matches() {
        return matches;
    }

    /** Calls among the affected services and those around them, those next to them first. */
    public List<ServiceCall> calls() {
        return calls;
    }

    /** The affected services and those around them, by {@link #calls}. */
    public CallGraph surroundings() {
        CallGraph.Builder graph = CallGraph.builder();
        incident.services().forEach(graph::node);
        calls.forEach(call -> graph.call(call.caller(), call.callee()));
        return graph.build();
    }

    /** What may be recommended. */
    public List<Action> candidates() {
        return candidates;
    }

    public List<LogFinding> logs() {
        return logs;
    }

    public List<MemoryHit> memories() {
        return memories;
    }

    /** What the metrics of the affected services and those around them say. */
    public CausalVerdict causal() {
        return causal;
    }

    /** All that a diagnosis may cite: alerts, then patterns, logs, memories and metrics. */
    public List<EvidenceRef> evidence() {
        List<EvidenceRef> all = new ArrayList<>();
        alerts.forEach(alert -> all.add(EvidenceRef.of(alert.id())));
        matches.forEach(match -> all.add(EvidenceRef.of(match)));
        logs.forEach(log -> all.add(log.ref()));
        memories.forEach(memory -> all.add(memory.ref()));
        all.addAll(causal.refs());
        return all;
    }

    /** Event time, epoch milliseconds. */
    public long requestedAtMillis() {
        return requestedAtMillis;
    }

    /** By the clock of the machine, epoch milliseconds: past it nobody waits for an answer. */
    public long deadlineAtMillis() {
        return deadlineAtMillis;
    }

    /**
     * The last reset that a human had ordered when this was asked: whoever answers it closes the
     * breakers of the models first, unless that was done for this reset already. 0: none.
     */
    public long resets() {
        return resets;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof DiagnosisRequest)) {
            return false;
        }
        DiagnosisRequest that = (DiagnosisRequest) other;
        return incident.equals(that.incident)
                && attempt == that.attempt
                && alerts.equals(that.alerts)
                && matches.equals(that.matches)
                && calls.equals(that.calls)
                && candidates.equals(that.candidates)
                && logs.equals(that.logs)
                && memories.equals(that.memories)
                && causal.equals(that.causal)
                && requestedAtMillis == that.requestedAtMillis
                && deadlineAtMillis == that.deadlineAtMillis
                && resets == that.resets;
    }

    @Override
    public int hashCode() {
        return Objects.hash(incident.incidentId(), attempt, requestedAtMillis);
    }

    @Override
    public String toString() {
        return incident.incidentId() + " attempt " + attempt;
    }

    /** Collects the values; lists not set are empty. */
    public static final class Builder {
        private Incident incident;
        private int attempt = 1;
        private List<Alert> alerts = List.of();
        private List<PatternMatch> matches = List.of();
        private List<ServiceCall> calls = List.of();
        private List<Action> candidates = List.of();
        private List<LogFinding> logs = List.of();
        private List<MemoryHit> memories = List.of();
        private CausalVerdict causal = CausalVerdict.noMetrics();
        private long requestedAtMillis;
        private long deadlineAtMillis;
        private long resets;

        private Builder() {}

        public Builder incident(Incident value) {
            incident = value;
            return this;
        }

        public Builder attempt(int value) {
            attempt = value;
            return this;
        }

        public Builder alerts(List<Alert> value) {
            alerts = value;
            return this;
        }

        public Builder matches(List<PatternMatch> value) {
            matches = value;
            return this;
        }

        public Builder calls(List<ServiceCall> value) {
            calls = value;
            return this;
        }

        public Builder candidates(List<Action> value) {
            candidates = value;
            return this;
        }

        public Builder logs(List<LogFinding> value) {
            logs = value;
            return this;
        }

        public Builder memories(List<MemoryHit> value) {
            memories = value;
            return this;
        }

        public Builder causal(CausalVerdict value) {
            causal = value;
            return this;
        }

        public Builder requestedAtMillis(long value) {
            requestedAtMillis = value;
            return this;
        }

        public Builder deadlineAtMillis(long value) {
            deadlineAtMillis = value;
            return this;
        }

        public Builder resets(long value) {
            resets = value;
            return this;
        }

        public DiagnosisRequest build() {
            return new DiagnosisRequest(this);
        }
    }

    /** Binary form, version 3; version 1 knew of no resets, version 2 of no metrics. */
    public static final class DiagnosisRequestCodec implements Codec<DiagnosisRequest> {
        private static final long serialVersionUID = 1L;

        private final Incident.IncidentCodec incidents = new Incident.IncidentCodec();
        private final Alert.AlertCodec alerts = new Alert.AlertCodec();
        private final PatternMatch.PatternMatchCodec matches = new PatternMatch.PatternMatchCodec();
        private final LogFinding.LogFindingCodec logs = new LogFinding.LogFindingCodec();
        private final MemoryHit.MemoryHitCodec memories = new MemoryHit.MemoryHitCodec();

        @Override
        public Class<DiagnosisRequest> type() {
            return DiagnosisRequest.class;
        }

        @Override
        public void write(DiagnosisRequest value, DataOutputView out) throws IOException {
            out.writeByte(3);
            incidents.write(value.incident, out);
            out.writeInt(value.attempt);
            Rows.write(value.alerts, alerts::write, out);
            Rows.write(value.matches, matches::write, out);
            Rows.write(value.calls, DiagnosisRequestCodec::writeCall, out);
            Rows.write(value.candidates, NamedActions::write, out);
            Rows.write(value.logs, logs::write, out);
            Rows.write(value.memories, memories::write, out);
            out.writeLong(value.requestedAtMillis);
            out.writeLong(value.deadlineAtMillis);
            out.writeLong(value.resets);
            CausalVerdict.write(value.causal, out);
        }

        @Override
        public DiagnosisRequest read(DataInputView in) throws IOException {
            int version = Wire.readVersion(in, 3, DiagnosisRequest.class);
            Builder b = new Builder();
            b.incident = incidents.read(in);
            b.attempt = in.readInt();
            b.alerts = Rows.read(alerts::read, in);
            b.matches = Rows.read(matches::read, in);
            b.calls = Rows.read(DiagnosisRequestCodec::readCall, in);
            b.candidates = Rows.read(NamedActions::read, in);
            b.logs = Rows.read(logs::read, in);
            b.memories = Rows.read(memories::read, in);
            b.requestedAtMillis = in.readLong();
            b.deadlineAtMillis = in.readLong();
            b.resets = version < 2 ? 0 : in.readLong();
            if (version > 2) {
                b.causal = CausalVerdict.read(in);
            }
            return b.build();
        }

        private static void writeCall(ServiceCall call, DataOutputView out) throws IOException {
            Wire.writeString(call.caller(), out);
            Wire.writeString(call.callee(), out);
        }

        private static ServiceCall readCall(DataInputView in) throws IOException {
            return ServiceCall.of(Wire.readString(in), Wire.readString(in));
        }
    }

    /** For Flink's type extraction. */
    public static final class Info extends TypeInfoFactory<DiagnosisRequest> {
        @Override
        public TypeInformation<DiagnosisRequest> createTypeInfo(
                Type type, Map<String, TypeInformation<?>> parameters) {
            return CodecTypeInfo.of(new DiagnosisRequestCodec());
        }
    }
}
