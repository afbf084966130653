// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.Question;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.model.diagnosis.Diagnosis;
import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.operators.OperatorUids;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.operators.correlation.control.NoTime;
import io.incidentcommander.operators.lifecycle.FactOfCommandFunction;
import io.incidentcommander.operators.lifecycle.LifecycleFunction;
import io.incidentcommander.operators.lifecycle.LifecycleUnderControlFunction;
import io.incidentcommander.udfs.consensus.agents.RunbookCatalogue;
import io.incidentcommander.udfs.lifecycle.LifecycleFacts;
import io.incidentcommander.udfs.lifecycle.LifecyclePolicy;
import io.incidentcommander.udfs.lifecycle.TierCost;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.operators.co.KeyedCoProcessOperator;
import org.apache.flink.types.Either;

/**
 * From all that is said of an incident to its one life: what correlation sees, causes, decisions,
 * what became of actions, and what humans say. A record for each of these, never for an alert.
 */
public final class LifecycleStage {
    private final LifecyclePolicy policy;
    private final TierCost cost;
    private final ControlSettings control;
    private final RunbookCatalogue catalogue;
    private final LifecycleStreams streams;

    /**
     * @param control with the catalogue of each tenant at the start
     */
    public LifecycleStage(
            LifecyclePolicy policy,
            TierCost cost,
            ControlSettings control,
            RunbookCatalogue catalogue,
            LifecycleStreams streams) {
        this.policy = policy;
        this.cost = cost;
        this.control = control;
        this.catalogue = catalogue;
        this.streams = streams;
    }

    LifecyclePolicy policy() {
        return policy;
    }

    /** What the agents are asked again, for whoever decides. */
    DataStream<Question> questions(StreamExecutionEnvironment env) {
        return streams.questions(env);
    }

    /** Lets the system's own incidents take the road of all others. */
    void raise(DataStream<IncidentEvent> alarms) {
        streams.tell(
                alarms.map(LifecycleFacts::of)
                        .returns(LifecycleFact.class)
                        .name("facts of alarms")
                        .uid(OperatorUids.FACT_OF_ALARM));
    }

    /**
     * Every change of every incident, in order, on one chain each.
     *
     * @param updates of catalogues, and of what else is no matter here; empty: what the files say
     *     holds for good
     */
    SingleOutputStreamOperator<IncidentEvent> build(
            DataStream<IncidentEvent> seen,
            Optional<DataStream<Diagnosis>> diagnoses,
            DataStream<Decision> decisions,
            Optional<DataStream<ControlUpdate>> commands,
            Optional<DataStream<ControlUpdate>> updates) {
        StreamExecutionEnvironment env = seen.getExecutionEnvironment();
        DataStream<LifecycleFact> facts =
                seen.map(LifecycleFacts::of)
                        .returns(LifecycleFact.class)
                        .name("facts of correlation")
                        .uid(OperatorUids.FACT_OF_EVENT)
                        .union(streams.reports(env));
        DataStream<LifecycleFact> spoken =
                commands.map(said -> facts.union(commanded(said))).orElse(facts);
        DataStream<LifecycleFact> all =
                diagnoses.map(made -> spoken.union(timeless(made))).orElse(spoken);
        SingleOutputStreamOperator<IncidentEvent> told =
                updates.map(news -> underControl(all, decisions, news))
                        .orElseGet(() -> alone(all, decisions))
                        .name("lifecycle")
                        .uid(OperatorUids.LIFECYCLE);
        streams.order(told.getSideOutput(LifecycleFunction.ORDERS));
        streams.ask(told.getSideOutput(LifecycleFunction.QUESTIONS));
        return told;
    }

    private SingleOutputStreamOperator<IncidentEvent> alone(
            DataStream<LifecycleFact> facts, DataStream<Decision> decisions) {
        return facts.connect(decisions)
                .keyBy(
                        fact -> LifecycleFunction.key(fact.tenant(), fact.incidentId()),
                        made -> LifecycleFunction.key(made.tenant(), made.incidentId()),
                        Types.STRING)
                .process(
                        new LifecycleFunction(policy, cost, control, catalogue),
                        TypeInformation.of(IncidentEvent.class));
    }

    private SingleOutputStreamOperator<IncidentEvent> underControl(
            DataStream<LifecycleFact> facts,
            DataStream<Decision> decisions,
            DataStream<ControlUpdate> updates) {
        TypeInformation<Either<LifecycleFact, Decision>> heard =
                Types.EITHER(
                        TypeInformation.of(LifecycleFact.class),
                        TypeInformation.of(Decision.class));
        DataStream<Either<LifecycleFact, Decision>> said =
                // By incident from here on: what is said of one, one after the other, stays so.
                facts.keyBy(
                                fact -> LifecycleFunction.key(fact.tenant(), fact.incidentId()),
                                Types.STRING)
                        .map(fact -> Either.<LifecycleFact, Decision>Left(fact))
                        .returns(heard)
                        .name("facts to lifecycle")
                        .uid(OperatorUids.FACT_TO_LIFECYCLE);
        DataStream<Either<LifecycleFact, Decision>> made =
                decisions
                        .map(decision -> Either.<LifecycleFact, Decision>Right(decision))
                        .returns(heard)
                        .name("decisions to lifecycle")
                        .uid(OperatorUids.DECISION_TO_LIFECYCLE);
        return said.union(made)
                .keyBy(LifecycleUnderControlFunction::key, Types.STRING)
                .connect(updates.broadcast())
                .transform(
                        "lifecycle",
                        TypeInformation.of(IncidentEvent.class),
                        new KeyedCoProcessOperator<>(
                                new LifecycleUnderControlFunction(
                                        policy, cost, control, catalogue)));
    }

    /** A command happens when it is heard, whatever the clock of whoever gave it says. */
    private static DataStream<LifecycleFact> commanded(DataStream<ControlUpdate> commands) {
        return commands.flatMap(new FactOfCommandFunction())
                .returns(LifecycleFact.class)
                .name("facts of commands")
                .uid(OperatorUids.FACT_OF_COMMAND)
                .setParallelism(1)
                .assignTimestampsAndWatermarks(NoTime.strategy())
                .name("facts of commands, without time")
                .uid(OperatorUids.FACT_OF_COMMAND_TIME)
                .setParallelism(1);
    }

    /** Waits of a model hold nobody's time back. */
    private static DataStream<LifecycleFact> timeless(DataStream<Diagnosis> diagnoses) {
        return diagnoses
                .map(LifecycleFacts::of)
                .returns(LifecycleFact.class)
                .name("facts of diagnoses")
                .uid(OperatorUids.FACT_OF_DIAGNOSIS)
                .assignTimestampsAndWatermarks(NoTime.strategy())
                .name("facts of diagnoses, without time")
                .uid(OperatorUids.FACT_OF_DIAGNOSIS_TIME);
    }
}
