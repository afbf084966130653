// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.correlation.ServiceCall;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentType;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

class DiagnosisCodecProperties {
    @Property(tries = 200)
    void requestsSurviveTheirCodec(@ForAll("requests") DiagnosisRequest request)
            throws IOException {
        DiagnosisRequest read = again(request, new DiagnosisRequest.DiagnosisRequestCodec());

        assertThat(read).isEqualTo(request);
        assertThat(read.id()).isEqualTo(request.id());
        assertThat(read.toBuilder().build()).isEqualTo(request);
    }

    @Property(tries = 200)
    void diagnosesSurviveTheirCodec(
            @ForAll("requests") DiagnosisRequest request,
            @ForAll("steps") List<EvidenceStep> steps,
            @ForAll("failures") List<DiagnosisFailure> failures,
            @ForAll("shares") double confidence,
            @ForAll("texts") String text)
            throws IOException {
        Diagnosis diagnosis =
                Diagnosis.answering(request)
                        .service(text)
                        .type(IncidentType.MEMORY_LEAK)
                        .rootCause(text)
                        .evidence(steps)
                        .confidence(confidence)
                        .action(new Action("restart", "2", text, Map.of("grace", text)))
                        .rollbackPlan(text)
                        .source(DiagnosisSource.model(text))
                        .spend(new Spend(1, 2, 3))
                        .failures(failures)
                        .diagnosedAtMillis(7)
                        .build();

        assertThat(again(diagnosis, new Diagnosis.DiagnosisCodec())).isEqualTo(diagnosis);
        assertThat(diagnosis.toBuilder().build()).isEqualTo(diagnosis);
        assertThat(diagnosis.id()).isEqualTo(request.id());
    }

    @Example
    void aStepThatRestsOnNothingIsNone() {
        assertThatThrownBy(() -> new EvidenceStep("it is the disk", List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Example
    void listsAndTextsAreBounded() {
        DiagnosisRequest request =
                DiagnosisRequest.builder()
                        .incident(incident("i"))
                        .calls(Collections.nCopies(5_000, ServiceCall.of("a", "b")))
                        .build();

        assertThat(request.calls()).hasSize(DiagnosisRequest.MOST_CALLS);
        assertThat(Diagnosis.answering(request).rootCause("x".repeat(5000)).build().rootCause())
                .hasSize(Diagnosis.MOST_TEXT);
    }

    @Provide
    Arbitrary<DiagnosisRequest> requests() {
        return Combinators.combine(
                        texts(),
                        Arbitraries.integers().between(1, 9),
                        logs().list().ofMaxSize(3),
                        memories().list().ofMaxSize(3),
                        Arbitraries.longs())
                .as(
                        (text, attempt, logs, memories, time) ->
                                DiagnosisRequest.builder()
                                        .incident(incident(text))
                                        .attempt(attempt)
                                        .calls(List.of(ServiceCall.of(text, "b")))
                                        .candidates(List.of(Action.ESCALATE, Action.NO_ACTION))
                                        .logs(logs)
                                        .memories(memories)
                                        .requestedAtMillis(time)
                                        .deadlineAtMillis(time / 2)
                                        .resets(attempt - 1)
                                        .build());
    }

    @Provide
    Arbitrary<List<EvidenceStep>> steps() {
        return Combinators.combine(texts(), refs().list().ofMinSize(1).ofMaxSize(4))
                .as(EvidenceStep::new)
                .list()
                .ofMaxSize(5);
    }

    @Provide
    Arbitrary<List<DiagnosisFailure>> failures() {
        return Combinators.combine(Arbitraries.of(DiagnosisFailure.Kind.values()), texts())
                .as((kind, text) -> new DiagnosisFailure(kind, DiagnosisSource.logs(text), text))
                .list()
                .ofMaxSize(3);
    }

    @Provide
    Arbitrary<Double> shares() {
        return Arbitraries.doubles().between(0, 1);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().ofMaxLength(20);
    }

    private static Arbitrary<EvidenceRef> refs() {
        return Combinators.combine(
                        Arbitraries.of(EvidenceKind.values()), Arbitraries.strings().ofMaxLength(9))
                .as(EvidenceRef::new);
    }

    private Arbitrary<LogFinding> logs() {
        return Combinators.combine(texts(), Arbitraries.of(Severity.values()), shares())
                .as(
                        (text, severity, chance) ->
                                new LogFinding(
                                        text, text, severity, text, text, 5, 2.5, chance, 1, 9));
    }

    private Arbitrary<MemoryHit> memories() {
        return Combinators.combine(texts(), Arbitraries.of(IncidentType.values()), shares())
                .as(
                        (text, type, score) ->
                                new MemoryHit(
                                        text,
                                        text,
                                        type,
                                        List.of(text),
                                        text,
                                        text,
                                        text,
                                        3,
                                        1,
                                        score,
                                        8));
    }

    private static Incident incident(String id) {
        return Incident.builder()
                .incidentId(id)
                .tenant("t")
                .severity(Severity.HIGH)
                .services(List.of("a", "b"))
                .openedAtMillis(1)
                .updatedAtMillis(2)
                .build();
    }

    private static <T> T again(T value, Codec<T> codec) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        codec.write(value, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        T read = codec.read(in);
        assertThat(in.available()).isZero();
        return read;
    }
}
