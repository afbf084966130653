// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.jobs.resolution.MachineClock;
import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.operators.OperatorUids;
import io.incidentcommander.operators.resolution.ActFunction;
import io.incidentcommander.operators.resolution.ActionLedger;
import io.incidentcommander.operators.resolution.ActionRules;
import io.incidentcommander.operators.resolution.Effects;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.streaming.api.datastream.AsyncDataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * From orders to what became of them: a pipeline of its own, from topic to topic, which shares
 * nothing with the one that decides. Whatever hangs here holds up nobody there.
 */
public final class ResolutionStage {
    /** A net far beyond the 10 minutes that an order itself allows. */
    private static final Duration NET = Duration.ofMinutes(30);

    private static final int HANDS = 8;
    private static final int HELD = 256;

    private final ActionRules rules;
    private final ActionLedger.Opener ledger;
    private final Effects.Opener effects;
    private final KafkaLifecycleStreams streams;

    public ResolutionStage(
            ActionRules rules,
            ActionLedger.Opener ledger,
            Effects.Opener effects,
            KafkaLifecycleStreams streams) {
        this.rules = rules;
        this.ledger = ledger;
        this.effects = effects;
        this.streams = streams;
    }

    /** Adds the pipeline. */
    public void addTo(StreamExecutionEnvironment env) {
        streams.report(
                AsyncDataStream.unorderedWait(
                                streams.orders(env),
                                new ActFunction(rules, ledger, effects, new MachineClock(), HANDS),
                                NET.toMillis(),
                                TimeUnit.MILLISECONDS,
                                HELD)
                        .returns(LifecycleFact.class)
                        .name("act")
                        .uid(OperatorUids.ACT)
                        .setParallelism(1));
    }
}
