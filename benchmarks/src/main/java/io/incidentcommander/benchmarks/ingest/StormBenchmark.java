// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.benchmarks.ingest;

import io.incidentcommander.benchmarks.Cost;
import io.incidentcommander.benchmarks.Reference;
import io.incidentcommander.datagen.storm.RecordStream;
import io.incidentcommander.datagen.storm.StormSpec;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.udfs.ingest.DecodeOutcome;
import io.incidentcommander.udfs.ingest.RecordDecoder;
import io.incidentcommander.udfs.ingest.SourceProfile;
import io.incidentcommander.udfs.ingest.repeat.RepeatRecogniser;
import io.incidentcommander.udfs.ingest.repeat.Verdict;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The records of a storm that has lasted for a while, as ingest takes them: recognised if they
 * repeat one before, else decoded and learnt. The reference decodes each in full.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
@State(Scope.Thread)
public class StormBenchmark {
    private static final String SOURCE = "benchmark";
    private static final long START = 1_750_000_000_000L;
    private static final int BEFORE = 200_000;
    private static final int RECORDS = 1 << 14;
    private static final int TEMPLATES = 131_072;
    private static final long TEMPLATE_BYTES = 96L << 20;

    @Param public Storm storm;

    private final RecordDecoder decoder = new RecordDecoder();
    private final SourceProfile profile = SourceProfile.detecting(SOURCE);
    private final RawRecord[] records = new RawRecord[RECORDS];
    private RepeatRecogniser<DecodeOutcome> recogniser;
    private int next;

    /** What the records are made of. */
    public enum Storm {
        MIXED(StormSpec.builder().build()),
        CANONICAL_350(StormSpec.canonicalOnly(350));

        private final StormSpec spec;

        Storm(StormSpec spec) {
            this.spec = spec;
        }
    }

    @Setup
    public void blow() {
        RecordStream stream = storm.spec.open(0, 2);
        recogniser =
                new RepeatRecogniser<>(
                        decoder.decoders(),
                        r -> decoder.decode(r, profile),
                        TEMPLATES,
                        TEMPLATE_BYTES);
        for (int i = 0; i < BEFORE; i++) {
            reduced(record(stream, i));
        }
        for (int i = 0; i < RECORDS; i++) {
            records[i] = record(stream, BEFORE + i);
        }
    }

    @Benchmark
    @Reference
    public DecodeOutcome decode(Cost cost) {
        cost.records++;
        return decoder.decode(nextRecord(), profile);
    }

    @Benchmark
    public DecodeOutcome reduce(Cost cost) {
        cost.records++;
        return reduced(nextRecord());
    }

    private DecodeOutcome reduced(RawRecord record) {
        if (recogniser.recognise(record) == Verdict.REPEAT) {
            return recogniser.value();
        }
        DecodeOutcome outcome = decoder.decode(record, profile);
        recogniser.learn(record, outcome, outcome);
        return outcome;
    }

    private RawRecord nextRecord() {
        next = (next + 1) & (RECORDS - 1);
        return records[next];
    }

    private static RawRecord record(RecordStream stream, int i) {
        long time = START + i / 50;
        return RawRecord.of(SOURCE, "p", i, time + 7, stream.render(i, time));
    }
}
