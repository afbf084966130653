// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.benchmarks.audit;

import io.incidentcommander.benchmarks.Cost;
import io.incidentcommander.benchmarks.Reference;
import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.model.codec.Sha256;
import io.incidentcommander.udfs.audit.ChainFinding;
import io.incidentcommander.udfs.audit.IncidentEventChain;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the chain of events costs, for each 1,000 bytes of canonical form: 5,000 ns each are 200
 * MB/s. The reference hashes the same bytes and does nothing else. The events are those of an
 * incident that grows: eight services, 20 alerts each.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(2)
@State(Scope.Thread)
public class ChainBenchmark {
    private static final int EVENTS = 1_000;
    private static final int UNIT = 1_000;

    private final List<byte[]> canonical = new ArrayList<>();
    private final List<String> hashes = new ArrayList<>();
    private final List<IncidentEvent> events = new ArrayList<>();
    private long bytes;
    private ChainHead head;

    @Setup
    public void chain() {
        head = ChainHead.genesis();
        for (int i = 0; i < EVENTS; i++) {
            IncidentEvent event = SampleChain.next(head, i);
            head = event.head();
            events.add(event);
            canonical.add(event.canonical());
            hashes.add(event.hash());
            bytes += event.canonical().length;
        }
    }

    /** SHA-256 alone. */
    @Benchmark
    @Reference
    public byte[] hash(Cost cost) {
        byte[] last = new byte[0];
        for (byte[] event : canonical) {
            last = Sha256.of(event);
        }
        cost.records += bytes / UNIT;
        return last;
    }

    /** From stored bytes to findings: decode, hash, hold against the predecessor. */
    @Benchmark
    public List<ChainFinding> verify(Cost cost) throws IOException {
        List<IncidentEvent> stored = new ArrayList<>(EVENTS);
        for (int i = 0; i < EVENTS; i++) {
            stored.add(IncidentEvent.storedToCheck(canonical.get(i), hashes.get(i)));
        }
        cost.records += bytes / UNIT;
        return IncidentEventChain.verify(stored, head);
    }

    /** The next event on a head: what an append costs before the store is asked. */
    @Benchmark
    public ChainHead append(Cost cost) {
        ChainHead at = ChainHead.genesis();
        for (int i = 0; i < EVENTS; i++) {
            at =
                    IncidentEventChain.next(
                                    at,
                                    IncidentEventKind.UPDATED,
                                    events.get(i).incident(),
                                    SampleChain.T0 + i,
                                    "lifecycle",
                                    events.get(i).cause(),
                                    events.get(i).causingAlerts())
                            .head();
        }
        cost.records += bytes / UNIT;
        return at;
    }
}
