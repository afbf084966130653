// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import io.incidentcommander.model.ingest.AlertStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The records of one partition of a {@link StormScript}. Not thread safe. */
final class ScriptedStream implements RecordStream {
    private final StormScript script;
    private final int partition;
    private final int partitions;
    private final Chatter background;
    private final Telemetry telemetry;
    private final MessageCompiler compiler = new MessageCompiler();
    private final Map<FaultPlan, Cast> casts = new HashMap<>();
    private final Patcher patcher = new Patcher();

    ScriptedStream(StormScript script, int partition, int partitions) {
        this.script = script;
        this.partition = partition;
        this.partitions = partitions;
        this.background = new Chatter(script.seed(), script.landscape(), compiler);
        this.telemetry = new Telemetry(script);
    }

    @Override
    public byte[] render(long sequence, long eventTimeMillis) {
        long record = sequence * partitions + partition;
        int second = script.secondOf(record);
        long ordinal = script.faultOrdinal(record, second);
        if (ordinal < 0 && background.isTelemetry(record)) {
            return telemetry.render(record, second, script.progress(second), eventTimeMillis);
        }
        if (ordinal < 0) {
            return background.render(record, eventTimeMillis);
        }
        Cast cast = casts.computeIfAbsent(script.plan(second), p -> new Cast(p, compiler));
        double progress = script.progress(second);
        long draw = script.draw(record);
        return StormPhase.at(progress) == StormPhase.RECOVERY
                ? cast.resolve(ordinal, draw, eventTimeMillis, patcher)
                : cast.fire(progress, draw, eventTimeMillis, patcher);
    }

    /** The symptoms of one fault, ready to be delivered. */
    private static final class Cast {
        private final FaultPlan plan;
        private final Template[] firing;
        private final Template[] resolved;

        Cast(FaultPlan plan, MessageCompiler compiler) {
            this.plan = plan;
            List<Symptom> symptoms = plan.symptoms();
            firing = new Template[symptoms.size()];
            resolved = new Template[symptoms.size()];
            for (int i = 0; i < symptoms.size(); i++) {
                Message message = symptoms.get(i).message();
                firing[i] = compiler.compile(message);
                resolved[i] = compiler.compile(message.withStatus(AlertStatus.RESOLVED));
            }
        }

        byte[] fire(double progress, long random, long timeMillis, Patcher patcher) {
            int i = plan.symptomAt(progress, random);
            Symptom symptom = plan.symptoms().get(i);
            long host = Math.floorMod(SplitMix.mix(random), (long) symptom.hosts());
            return patcher.deliver(
                    firing[i], host, random, timeMillis, symptom.value(progress, random));
        }

        /** In turn, so that nothing that fired is forgotten. */
        byte[] resolve(long ordinal, long random, long timeMillis, Patcher patcher) {
            int i = (int) (ordinal % plan.symptoms().size());
            Symptom symptom = plan.symptoms().get(i);
            long host = ordinal / plan.symptoms().size() % symptom.hosts();
            return patcher.deliver(resolved[i], host, random, timeMillis, symptom.value(0, random));
        }
    }
}
