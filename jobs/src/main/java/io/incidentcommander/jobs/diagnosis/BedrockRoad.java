// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.diagnosis;

import io.incidentcommander.connectors.diagnosis.ModelRouter;
import io.incidentcommander.connectors.diagnosis.Routed;
import io.incidentcommander.connectors.resilience.Deadline;
import io.incidentcommander.connectors.resilience.NanoClock;
import io.incidentcommander.connectors.resilience.Priority;
import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.diagnosis.SpendEntry;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.operators.diagnosis.ModelRoad;
import io.incidentcommander.udfs.diagnosis.offline.OfflineDiagnosis;
import io.incidentcommander.udfs.diagnosis.prompt.AnswerReader;
import io.incidentcommander.udfs.diagnosis.prompt.DiagnosisPrompts;
import io.incidentcommander.udfs.diagnosis.prompt.PreparedPrompt;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Prompt, router, reading; and the roads without a model where no answer can be used. */
final class BedrockRoad implements ModelRoad {
    private final DiagnosisPrompts prompts;
    private final ModelRouter router;
    private final NanoClock clock;
    private final ScheduledExecutorService delays;

    /**
     * @param router closed with this road, as are the delays
     */
    BedrockRoad(
            DiagnosisPrompts prompts,
            ModelRouter router,
            NanoClock clock,
            ScheduledExecutorService delays) {
        this.prompts = prompts;
        this.router = router;
        this.clock = clock;
        this.delays = delays;
    }

    @Override
    public CompletionStage<Diagnosis> ask(DiagnosisRequest request, long millisLeft) {
        PreparedPrompt prepared = prompts.of(request);
        return router.ask(
                        prepared.prompt(),
                        request.incident().incidentId(),
                        priority(request.incident().severity()),
                        Deadline.in(Duration.ofMillis(millisLeft), clock),
                        answer -> AnswerReader.read(request, prepared.labels(), answer))
                .thenApply(routed -> diagnosis(request, routed));
    }

    @Override
    public List<SpendEntry> spent() {
        return router.spent(epochMinute());
    }

    @Override
    public void restore(List<SpendEntry> before) {
        router.restore(before, epochMinute());
    }

    /** By the machine: it bounds what is spent, and says nothing of what is decided. */
    private static long epochMinute() {
        return TimeUnit.MILLISECONDS.toMinutes(System.currentTimeMillis());
    }

    @Override
    public void reset() {
        router.reset();
    }

    @Override
    public void close() {
        router.close();
        delays.shutdownNow();
    }

    static Diagnosis diagnosis(DiagnosisRequest request, Routed<Diagnosis> routed) {
        return routed.value()
                .map(
                        diagnosis ->
                                diagnosis.toBuilder()
                                        .failures(routed.failures())
                                        .spend(routed.spend())
                                        .build())
                .orElseGet(() -> OfflineDiagnosis.of(request, routed.failures(), routed.spend()));
    }

    private static Priority priority(Severity severity) {
        switch (severity) {
            case CRITICAL:
                return Priority.CRITICAL;
            case HIGH:
            case MEDIUM:
                return Priority.NORMAL;
            default:
                return Priority.LOW;
        }
    }
}
