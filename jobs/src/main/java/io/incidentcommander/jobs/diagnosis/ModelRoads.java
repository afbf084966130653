// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.diagnosis;

import io.incidentcommander.connectors.diagnosis.AnswerRecord;
import io.incidentcommander.connectors.diagnosis.BedrockClients;
import io.incidentcommander.connectors.diagnosis.BedrockModelClient;
import io.incidentcommander.connectors.diagnosis.ModelRouter;
import io.incidentcommander.connectors.diagnosis.RecordedAnswers;
import io.incidentcommander.connectors.diagnosis.RouterPolicy;
import io.incidentcommander.connectors.resilience.Delayer;
import io.incidentcommander.connectors.resilience.NanoClock;
import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.diagnosis.Spend;
import io.incidentcommander.operators.diagnosis.ModelRoad;
import io.incidentcommander.udfs.diagnosis.offline.OfflineDiagnosis;
import io.incidentcommander.udfs.diagnosis.prompt.AnswerReader;
import io.incidentcommander.udfs.diagnosis.prompt.DiagnosisPrompts;
import io.incidentcommander.udfs.diagnosis.prompt.PreparedPrompt;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;

/** The three ways to a model: live, as recorded, and none. */
public final class ModelRoads {
    private ModelRoads() {}

    /** Asks; clients and threads are made where the road is opened. */
    public static ModelRoad.Opener live(
            DiagnosisPrompts prompts,
            RouterPolicy policy,
            BedrockClients clients,
            AnswerRecord record) {
        return (metrics, routers) -> {
            ScheduledExecutorService delays =
                    Executors.newSingleThreadScheduledExecutor(
                            runnable -> {
                                Thread thread = new Thread(runnable, "model-delays");
                                thread.setDaemon(true);
                                return thread;
                            });
            NanoClock clock = NanoClock.system();
            return new BedrockRoad(
                    prompts,
                    new ModelRouter(
                            policy.shared(routers),
                            new BedrockModelClient(clients),
                            record,
                            clock,
                            Delayer.on(delays),
                            new FlinkModelMetrics(metrics)),
                    clock,
                    delays);
        };
    }

    /** What was answered then; there is no client. */
    public static ModelRoad.Opener replay(DiagnosisPrompts prompts, AnswerRecord record) {
        return (metrics, routers) -> {
            RecordedAnswers answers = new RecordedAnswers(record);
            return road(
                    request -> {
                        PreparedPrompt prepared = prompts.of(request);
                        return BedrockRoad.diagnosis(
                                request,
                                answers.ask(
                                        prepared.prompt(),
                                        answer ->
                                                AnswerReader.read(
                                                        request, prepared.labels(), answer)));
                    });
        };
    }

    /** Logs and calls, patterns, a human. */
    public static ModelRoad.Opener none() {
        return (metrics, routers) ->
                road(request -> OfflineDiagnosis.of(request, List.of(), Spend.NONE));
    }

    private static ModelRoad road(Function<DiagnosisRequest, Diagnosis> way) {
        return new ModelRoad() {
            @Override
            public CompletionStage<Diagnosis> ask(DiagnosisRequest request, long millisLeft) {
                return CompletableFuture.completedFuture(way.apply(request));
            }

            @Override
            public void close() {}
        };
    }
}
