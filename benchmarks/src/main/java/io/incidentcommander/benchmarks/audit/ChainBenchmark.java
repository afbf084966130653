// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.benchmarks.audit;

import io.incidentcommander.benchmarks.Cost;
import io.incidentcommander.benchmarks.Reference;
import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.model.codec.Sha256;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.lifecycle.IncidentState;
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
    private static final long T0 = 1_700_000_000_000L;

    private final List<byte[]> canonical = new ArrayList<>();
    private final List<String> hashes = new ArrayList<>();
    private final List<IncidentEvent> events = new ArrayList<>();
    private long bytes;
    private ChainHead head;

    @Setup
    public void chain() {
        head = ChainHead.genesis();
        for (int i = 0; i < EVENTS; i++) {
            IncidentEvent event = next(head, i);
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

    /** From stored bytes to findings: decode, encode again, hash, hold against the predecessor. */
    @Benchmark
    public List<ChainFinding> verify(Cost cost) throws IOException {
        List<IncidentEvent> stored = new ArrayList<>(EVENTS);
        for (int i = 0; i < EVENTS; i++) {
            stored.add(IncidentEvent.stored(canonical.get(i), hashes.get(i)));
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
                                    T0 + i,
                                    "lifecycle",
                                    events.get(i).cause(),
                                    events.get(i).causingAlerts())
                            .head();
        }
        cost.records += bytes / UNIT;
        return at;
    }

    private static IncidentEvent next(ChainHead head, int i) {
        List<String> services = new ArrayList<>();
        for (int s = 0; s < 8; s++) {
            services.add("service-" + (i + s) % 40);
        }
        List<AlertId> alerts = new ArrayList<>();
        for (int a = 0; a < 20; a++) {
            alerts.add(new AlertId("kafka-production", "alerts-" + a % 4, i * 20L + a, 0));
        }
        return IncidentEventChain.next(
                head,
                i == 0 ? IncidentEventKind.OPENED : IncidentEventKind.UPDATED,
                Incident.builder()
                        .incidentId("0123456789abcdef0123456789abcdef")
                        .tenant("acme")
                        .severity(Severity.HIGH)
                        .services(services)
                        .state(IncidentState.DIAGNOSING)
                        .openedAtMillis(T0)
                        .updatedAtMillis(T0 + i)
                        .alertCount(i)
                        .title("orders is slow, and so is what calls it")
                        .build(),
                T0 + i,
                "correlation",
                "reached service-" + i % 40 + ": latency high; same labels, 3 hops away",
                alerts);
    }
}
