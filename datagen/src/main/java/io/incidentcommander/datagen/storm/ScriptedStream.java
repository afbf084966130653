// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import io.incidentcommander.model.ingest.AlertStatus;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The records of one partition of a {@link StormScript}. Not thread safe. */
final class ScriptedStream implements RecordStream {
    private static final int BACKGROUND_FINGERPRINTS = 4_096;

    private final StormScript script;
    private final int partition;
    private final int partitions;
    private final long seed;
    private final StormGenerator background;
    private final MessageCompiler compiler = new MessageCompiler();
    private final Map<FaultScenario, Cast> casts = new EnumMap<>(FaultScenario.class);
    private final Patcher patcher = new Patcher();

    ScriptedStream(StormScript script, int partition, int partitions) {
        this.script = script;
        this.partition = partition;
        this.partitions = partitions;
        this.seed = SplitMix.mix(script.seed() + 1);
        this.background = background(script.seed()).open(partition, partitions);
    }

    @Override
    public byte[] render(long sequence, long eventTimeMillis) {
        long record = sequence * partitions + partition;
        int second = script.secondOf(record);
        long ordinal = script.faultOrdinal(record, second);
        if (ordinal < 0) {
            return background.render(sequence, eventTimeMillis);
        }
        Cast cast = casts.computeIfAbsent(script.scenario(second), s -> new Cast(s, compiler));
        double progress = script.progress(second);
        long draw = SplitMix.at(seed, record);
        return StormPhase.at(progress) == StormPhase.RECOVERY
                ? cast.resolve(ordinal, draw, eventTimeMillis, patcher)
                : cast.fire(progress, draw, eventTimeMillis, patcher);
    }

    /** What always goes on: nothing critical, much that clears by itself. */
    private static StormSpec background(long seed) {
        return StormSpec.builder()
                .seed(seed)
                .fingerprints(BACKGROUND_FINGERPRINTS)
                .criticalShare(0)
                .criticalBursts(0, 5, 0)
                .resolveShare(0.3)
                .payloadBytes(StormSpec.LEAST_BYTES, 1_200)
                .build();
    }

    /** The symptoms of one fault, ready to be delivered. */
    private static final class Cast {
        private final List<Symptom> symptoms;
        private final Template[] firing;
        private final Template[] resolved;

        /** By the number of symptoms that fire, from one: they fire in order of onset. */
        private final AliasTable[] draws;

        Cast(FaultScenario scenario, MessageCompiler compiler) {
            symptoms = scenario.symptoms();
            int n = symptoms.size();
            firing = new Template[n];
            resolved = new Template[n];
            draws = new AliasTable[n + 1];
            for (int i = 0; i < n; i++) {
                Message message = symptoms.get(i).message();
                firing[i] = compiler.compile(message);
                resolved[i] = compiler.compile(message.withStatus(AlertStatus.RESOLVED));
                draws[i + 1] =
                        AliasTable.of(
                                symptoms.stream()
                                        .limit(i + 1L)
                                        .mapToDouble(Symptom::weight)
                                        .toArray());
            }
        }

        byte[] fire(double progress, long random, long timeMillis, Patcher patcher) {
            int firingNow = 1;
            while (firingNow < symptoms.size() && symptoms.get(firingNow).onset() <= progress) {
                firingNow++;
            }
            int i = draws[firingNow].sample(random);
            long host = Math.floorMod(SplitMix.mix(random), (long) symptoms.get(i).hosts());
            return patcher.deliver(firing[i], host, random, timeMillis);
        }

        /** In turn, so that nothing that fired is forgotten. */
        byte[] resolve(long ordinal, long random, long timeMillis, Patcher patcher) {
            int i = (int) (ordinal % symptoms.size());
            long host = ordinal / symptoms.size() % symptoms.get(i).hosts();
            return patcher.deliver(resolved[i], host, random, timeMillis);
        }
    }
}
