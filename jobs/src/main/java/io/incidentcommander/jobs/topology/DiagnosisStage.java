// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.consensus.VerifiedOutcome;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.diagnosis.CaseClue;
import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.diagnosis.logs.ServiceLogs;
import io.incidentcommander.model.diagnosis.memory.IncidentPattern;
import io.incidentcommander.model.ingest.MetricPoint;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.operators.OperatorUids;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.operators.correlation.control.NoTime;
import io.incidentcommander.operators.diagnosis.AskForDiagnosisFunction;
import io.incidentcommander.operators.diagnosis.AskForDiagnosisUnderControlFunction;
import io.incidentcommander.operators.diagnosis.AskingPolicy;
import io.incidentcommander.operators.diagnosis.DiagnoseFunction;
import io.incidentcommander.operators.diagnosis.DiagnosisHistoryFunction;
import io.incidentcommander.operators.diagnosis.FirstAlertsFunction;
import io.incidentcommander.operators.diagnosis.HearResetsFunction;
import io.incidentcommander.operators.diagnosis.memory.MemoryOpener;
import io.incidentcommander.operators.diagnosis.metrics.MetricStage;
import io.incidentcommander.udfs.consensus.agents.ModelSeat;
import io.incidentcommander.udfs.consensus.agents.RunbookCatalogue;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;

/**
 * From incident events to diagnoses, one for each analysis. Downstream of the alert path, which
 * never waits for it: what is admitted to a model is less than what the operator holds, and what is
 * not is answered at once.
 */
public final class DiagnosisStage {
    /** What the operator holds, by what is admitted: it is never full of models. */
    private static final int CAPACITY_FACTOR = 4;

    /** The operator's own time-out is a net below the deadline that each request carries. */
    private static final Duration NET = Duration.ofSeconds(5);

    private final RunbookCatalogue catalogue;
    private final ControlSettings control;
    private final List<ModelVoter> voters;
    private final Duration deadline;
    private final int admitted;
    private final Optional<MemoryOpener> memory;

    /**
     * @param voters who asks models; what the first is answered is the diagnosis
     * @param deadline for one analysis in all
     * @param admitted requests at a model at once, of each subtask
     * @param memory that is learned into; the roads are what recalls from it
     */
    DiagnosisStage(
            RunbookCatalogue catalogue,
            ControlSettings control,
            List<ModelVoter> voters,
            Duration deadline,
            int admitted,
            Optional<MemoryOpener> memory) {
        this.catalogue = catalogue;
        this.control = control;
        this.voters = List.copyOf(voters);
        this.deadline = deadline;
        this.admitted = admitted;
        this.memory = memory;
    }

    /**
     * What was asked, and what was answered.
     *
     * @param updates of who calls whom, and of what else is no matter here; empty: what the files
     *     say holds for good
     * @param resets orders to ask models anew, if there is a control stream
     */
    Made build(
            DataStream<NotableAlert> heard,
            DataStream<IncidentEvent> events,
            DataStream<PatternMatch> matches,
            DataStream<ServiceLogs> logs,
            Optional<DataStream<ControlUpdate>> updates,
            Optional<DataStream<ControlUpdate>> resets,
            DataStream<MetricPoint> metrics) {
        KeyedStream<CaseClue, String> clues =
                clues(heard, events, matches, logs).keyBy(CaseClue::tenant, Types.STRING);
        DataStream<DiagnosisRequest> requests = MetricStage.of(asked(clues, updates), metrics);
        DataStream<DiagnosisRequest> told =
                resets.map(orders -> hearing(requests, orders)).orElse(requests);
        return new Made(requests, told, answered(told, voters.get(0)));
    }

    private DataStream<DiagnosisRequest> asked(
            KeyedStream<CaseClue, String> clues, Optional<DataStream<ControlUpdate>> updates) {
        AskingPolicy policy =
                new AskingPolicy(
                        catalogue, control, deadline.toMillis(), System::currentTimeMillis);
        TypeInformation<DiagnosisRequest> type = TypeInformation.of(DiagnosisRequest.class);
        return updates.map(
                        news ->
                                clues.connect(news.broadcast())
                                        .transform(
                                                "ask for diagnosis",
                                                type,
                                                new KeyedCoProcessOperator<>(
                                                        new AskForDiagnosisUnderControlFunction(
                                                                policy))))
                .orElseGet(
                        () ->
                                clues.process(new AskForDiagnosisFunction(policy), type)
                                        .name("ask for diagnosis"))
                .uid(OperatorUids.ASK_FOR_DIAGNOSIS);
    }

    /** The orders come with requests, and hold back nobody's time. */
    private static DataStream<DiagnosisRequest> hearing(
            DataStream<DiagnosisRequest> requests, DataStream<ControlUpdate> orders) {
        return requests.connect(
                        orders.assignTimestampsAndWatermarks(NoTime.strategy())
                                .name("resets, without time")
                                .uid(OperatorUids.RESET_TIME)
                                .setParallelism(1)
                                .broadcast(HearResetsFunction.RESETS))
                .process(new HearResetsFunction())
                .returns(DiagnosisRequest.class)
                .name("hear resets")
                .uid(OperatorUids.HEAR_RESETS);
    }

    /** What is learned from how things turned out, once it is kept; empty without a memory. */
    Optional<DataStream<IncidentPattern>> learn(Made made, DataStream<VerifiedOutcome> outcomes) {
        return memory.map(kept -> Learning.of(made.requests, made.diagnoses, outcomes, kept));
    }

    private DataStream<Diagnosis> answered(
            DataStream<DiagnosisRequest> requests, ModelVoter voter) {
        return AsyncDataStream.unorderedWait(
                        requests,
                        new DiagnoseFunction(voter.road(), admitted, System::currentTimeMillis),
                        deadline.plus(NET).toMillis(),
                        TimeUnit.MILLISECONDS,
                        admitted * CAPACITY_FACTOR)
                .returns(Diagnosis.class)
                .name(ModelVoter.own("diagnose", voter.seat()))
                .uid(ModelVoter.own(OperatorUids.DIAGNOSE, voter.seat()))
                .keyBy(Diagnosis::incidentId, Types.STRING)
                .process(new DiagnosisHistoryFunction())
                .returns(Diagnosis.class)
                .name(ModelVoter.own("diagnosis history", voter.seat()))
                .uid(ModelVoter.own(OperatorUids.DIAGNOSIS_HISTORY, voter.seat()));
    }

    private static DataStream<CaseClue> clues(
            DataStream<NotableAlert> heard,
            DataStream<IncidentEvent> events,
            DataStream<PatternMatch> matches,
            DataStream<ServiceLogs> logs) {
        TypeInformation<CaseClue> type = TypeInformation.of(CaseClue.class);
        return heard.flatMap(new FirstAlertsFunction())
                .returns(type)
                .name("clues of alerts")
                .uid(OperatorUids.CLUE_OF_ALERT)
                .union(
                        events.map(CaseClue::of)
                                .returns(type)
                                .name("clues of incidents")
                                .uid(OperatorUids.CLUE_OF_EVENT),
                        matches.map(CaseClue::of)
                                .returns(type)
                                .name("clues of patterns")
                                .uid(OperatorUids.CLUE_OF_MATCH),
                        logs.map(CaseClue::of)
                                .returns(type)
                                .name("clues of logs")
                                .uid(OperatorUids.CLUE_OF_LOGS));
    }

    /** Requests and the diagnoses that answer them. */
    final class Made {
        private final DataStream<DiagnosisRequest> requests;
        private final DataStream<DiagnosisRequest> told;
        private final DataStream<Diagnosis> diagnoses;

        private Made(
                DataStream<DiagnosisRequest> requests,
                DataStream<DiagnosisRequest> told,
                DataStream<Diagnosis> diagnoses) {
            this.requests = requests;
            this.told = told;
            this.diagnoses = diagnoses;
        }

        /** What is asked, with what the metrics say. */
        DataStream<DiagnosisRequest> requests() {
            return requests;
        }

        DataStream<Diagnosis> diagnoses() {
            return diagnoses;
        }

        /** What each who asks models votes by. Those beside the first are asked for this alone. */
        Map<ModelSeat, DataStream<Diagnosis>> voices() {
            Map<ModelSeat, DataStream<Diagnosis>> voices = new LinkedHashMap<>();
            voices.put(voters.get(0).seat(), diagnoses);
            voters.subList(1, voters.size())
                    .forEach(voter -> voices.put(voter.seat(), answered(told, voter)));
            return voices;
        }
    }
}
