// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.jobs.resolution.MachineClock;
import io.incidentcommander.model.correlation.ControlReport;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.model.resolution.ActionOrder;
import io.incidentcommander.operators.OperatorUids;
import io.incidentcommander.operators.resolution.ActFunction;
import io.incidentcommander.operators.resolution.ActionLedger;
import io.incidentcommander.operators.resolution.ActionRules;
import io.incidentcommander.operators.resolution.AnnounceFunction;
import io.incidentcommander.operators.resolution.CommandFunction;
import io.incidentcommander.operators.resolution.Effects;
import io.incidentcommander.operators.resolution.OrderFunction;
import io.incidentcommander.operators.resolution.ReadActionCommandFunction;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.types.Either;

/**
 * From orders to what became of them: a pipeline of its own, from topic to topic, which shares
 * nothing with the one that decides. Whatever hangs here holds up nobody there.
 */
public final class ResolutionStage {
    /** A net beyond what any order itself allows, 20 minutes at most. */
    private static final Duration NET = Duration.ofMinutes(30);

    /**
     * Threads, most of which wait for people or for what runs: one that waits holds up no other.
     */
    private static final int HANDS = 64;

    /** What it holds is never more than has room there, so that no stop is held up behind it. */
    private static final int ROOM = 1_000;

    private static final int HELD = 2_000;
    private static final int ANNOUNCED = 256;

    /** A command ends by itself within seconds, unless the ledger is away. */
    private static final Duration COMMAND_NET = Duration.ofHours(1);

    private static final int COMMANDS_HELD = 256;

    private final ActionRules rules;
    private final ActionLedger.Opener ledger;
    private final Effects.Opener effects;
    private final KafkaLifecycleStreams streams;
    private final Optional<CommandStreams> commands;

    /** As the other, where nobody says anything. */
    public ResolutionStage(
            ActionRules rules,
            ActionLedger.Opener ledger,
            Effects.Opener effects,
            KafkaLifecycleStreams streams) {
        this(rules, ledger, effects, streams, Optional.empty());
    }

    /**
     * @param commands how humans approve, stop and go on; they write into the same ledger
     */
    public ResolutionStage(
            ActionRules rules,
            ActionLedger.Opener ledger,
            Effects.Opener effects,
            KafkaLifecycleStreams streams,
            Optional<CommandStreams> commands) {
        this.rules = rules;
        this.ledger = ledger;
        this.effects = effects;
        this.streams = streams;
        this.commands = commands;
    }

    ActionRules rules() {
        return rules;
    }

    /** Adds the pipeline. */
    public void addTo(StreamExecutionEnvironment env) {
        DataStream<Either<ControlUpdate, ActionOrder>> orders = orders(env);
        if (commands.isEmpty()) {
            streams.report(act(orders));
            return;
        }
        DataStream<Either<ControlUpdate, ActionOrder>> heard =
                orders.union(documents(commands.get(), env));
        streams.report(act(heard).union(announced(heard)));
    }

    private DataStream<Either<ControlUpdate, ActionOrder>> orders(StreamExecutionEnvironment env) {
        return streams.orders(env)
                .map(Either::<ControlUpdate, ActionOrder>Right)
                .returns(OrderFunction.HEARD)
                .name("orders heard")
                .uid(OperatorUids.ORDER_HEARD)
                .setParallelism(1);
    }

    private DataStream<LifecycleFact> act(DataStream<Either<ControlUpdate, ActionOrder>> heard) {
        return AsyncDataStream.unorderedWait(
                        heard,
                        new ActFunction(rules, ledger, effects, new MachineClock(), HANDS, ROOM),
                        NET.toMillis(),
                        TimeUnit.MILLISECONDS,
                        HELD)
                .returns(LifecycleFact.class)
                .name("act")
                .uid(OperatorUids.ACT)
                .setParallelism(1);
    }

    private DataStream<LifecycleFact> announced(
            DataStream<Either<ControlUpdate, ActionOrder>> heard) {
        return AsyncDataStream.unorderedWait(
                        heard,
                        new AnnounceFunction(rules, ledger, effects, new MachineClock()),
                        NET.toMillis(),
                        TimeUnit.MILLISECONDS,
                        ANNOUNCED)
                .returns(LifecycleFact.class)
                .name("announce what waits")
                .uid(OperatorUids.ANNOUNCE)
                .setParallelism(1);
    }

    /**
     * Carries out commands by a road of its own: a stop waits neither for alerts nor for actions.
     * What is left are the documents, in which change freezes may stand.
     */
    private DataStream<Either<ControlUpdate, ActionOrder>> documents(
            CommandStreams said, StreamExecutionEnvironment env) {
        SingleOutputStreamOperator<ControlUpdate> read =
                said.messages(env)
                        .process(new ReadActionCommandFunction())
                        .returns(ControlUpdate.class)
                        .name("read commands about actions")
                        .uid(OperatorUids.READ_COMMANDS)
                        .setParallelism(1);
        said.report(
                AsyncDataStream.unorderedWait(
                                read,
                                new CommandFunction(
                                        said.ledger(), new MachineClock(), rules.approvalMillis()),
                                COMMAND_NET.toMillis(),
                                TimeUnit.MILLISECONDS,
                                COMMANDS_HELD)
                        .returns(ControlReport.class)
                        .name("command actions")
                        .uid(OperatorUids.COMMAND)
                        .setParallelism(1));
        return read.getSideOutput(ReadActionCommandFunction.DOCUMENTS)
                .map(Either::<ControlUpdate, ActionOrder>Left)
                .returns(OrderFunction.HEARD)
                .name("documents heard")
                .uid(OperatorUids.DOCUMENT_HEARD)
                .setParallelism(1);
    }
}
