// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import io.incidentcommander.model.ingest.Severity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The records of a storm that bear no alert: telemetry, echoes, notices, junk. Immutable. */
final class Noise {
    private static final RecordFormat[] FORMATS =
            Arrays.stream(RecordFormat.values())
                    .filter(format -> !format.bearsAlerts())
                    .toArray(RecordFormat[]::new);
    private static final int VARIANTS = 32;
    private static final int ROOM_TO_CUT = 64;

    private final AliasTable formats;
    private final Message[][] messages = new Message[FORMATS.length][];
    private final Template[][] templates = new Template[FORMATS.length][];

    private Noise(StormSpec spec, MessageCompiler compiler) {
        this.formats = AliasTable.of(spec.mix().weightsOf(FORMATS));
        for (int f = 0; f < FORMATS.length; f++) {
            messages[f] = messages(FORMATS[f], spec);
            templates[f] =
                    FORMATS[f] == RecordFormat.JUNK
                            ? Junk.of(spec.seed(), cuttable(spec, compiler), spec.minBytes())
                            : Arrays.stream(messages[f])
                                    .map(compiler::compile)
                                    .toArray(Template[]::new);
        }
    }

    /** The mix must hold noise. */
    static Noise of(StormSpec spec, MessageCompiler compiler) {
        return new Noise(spec, compiler);
    }

    Template template(long random) {
        Template[] ofFormat = templates[formats.sample(random)];
        return ofFormat[variant(random, ofFormat.length)];
    }

    Message message(long random) {
        Message[] ofFormat = messages[formats.sample(random)];
        return ofFormat[variant(random, ofFormat.length)];
    }

    private static int variant(long random, int variants) {
        return (int) ((SplitMix.mix(random) >>> 32) * variants >>> 32);
    }

    private static Message[] messages(RecordFormat format, StormSpec spec) {
        Message[] messages = new Message[VARIANTS];
        for (int i = 0; i < VARIANTS; i++) {
            messages[i] = message(format, i, spec, spec.minBytes());
        }
        return messages;
    }

    private static List<Template> cuttable(StormSpec spec, MessageCompiler compiler) {
        List<Template> whole = new ArrayList<>();
        for (RecordFormat format : RecordFormat.values()) {
            if (format.bearsAlerts()) {
                Message message = message(format, 0, spec, spec.minBytes() + ROOM_TO_CUT);
                whole.add(compiler.compile(message));
            }
        }
        return whole;
    }

    private static Message message(RecordFormat format, int i, StormSpec spec, int bytes) {
        return Message.of(
                format,
                AlertKind.routine(i % AlertKind.routineKinds()),
                Fleet.service(i % spec.services()),
                Severity.INFO,
                1,
                bytes);
    }
}
