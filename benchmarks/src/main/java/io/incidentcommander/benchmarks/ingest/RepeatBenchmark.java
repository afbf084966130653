// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.benchmarks.ingest;

import io.incidentcommander.benchmarks.Cost;
import io.incidentcommander.benchmarks.Reference;
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
 * What a repeat costs when it is recognised, against decoding it in full. Each call takes the next
 * of many different alerts, so that neither caches nor branch prediction know it by heart.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(2)
@State(Scope.Thread)
public class RepeatBenchmark {
    private static final String SOURCE = "benchmark";
    private static final long ARRIVAL = 1_700_000_000_000L;

    @Param public Delivery delivery;

    @Param("4096")
    public int alerts;

    private final RecordDecoder decoder = new RecordDecoder();
    private final SourceProfile profile = SourceProfile.detecting(SOURCE);
    private RepeatRecogniser<DecodeOutcome> recogniser;
    private RawRecord[] repeats;
    private int next;

    @Setup
    public void learn() {
        recogniser =
                new RepeatRecogniser<>(
                        decoder.decoders(), r -> decoder.decode(r, profile), 2 * alerts, 1L << 28);
        repeats = new RawRecord[alerts];
        for (int i = 0; i < alerts; i++) {
            RawRecord first = record(i, i);
            DecodeOutcome outcome = decoder.decode(first, profile);
            recogniser.learn(first, outcome, outcome);
            repeats[i] = record(i, 100_003 + 7 * i);
            if (recogniser.recognise(repeats[i]) != Verdict.REPEAT) {
                throw new IllegalStateException(delivery + " " + i + " is not recognised");
            }
        }
    }

    @Benchmark
    public Verdict recognise(Cost cost) {
        RawRecord record = nextRecord();
        cost.records++;
        cost.bytes += record.size();
        return recogniser.recognise(record);
    }

    @Benchmark
    @Reference
    public DecodeOutcome decode(Cost cost) {
        RawRecord record = nextRecord();
        cost.records++;
        cost.bytes += record.size();
        return decoder.decode(record, profile);
    }

    private RawRecord nextRecord() {
        next = next + 1 == repeats.length ? 0 : next + 1;
        return repeats[next];
    }

    private RawRecord record(int alert, int repeat) {
        return RawRecord.of(SOURCE, "p", repeat, ARRIVAL, delivery.bytes(alert, repeat));
    }
}
