// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.benchmarks.audit;

import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.udfs.audit.ChainFinding;
import io.incidentcommander.udfs.audit.IncidentEventChain;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * What one append takes in the core, by the clock and one by one: the event made, encoded, hashed
 * and linked to its predecessor; and how fast stored chains are verified, by one thread and by as
 * many as there are processors, a chain each.
 */
public final class AppendBench {
    public static final String NAME = "Append";

    private static final int CHAIN = 1_000;
    private static final int CHAINS = 64;

    private AppendBench() {}

    /** The exit code. */
    public static int run(boolean thorough) throws Exception {
        int rounds = thorough ? 400 : 100;
        append(rounds);
        Histogram nanos = append(rounds);
        System.out.printf(
                "append, one event, us: p50 %.1f, p99 %.1f, p99.9 %.1f, max %.1f (%,d appends)%n",
                nanos.getValueAtPercentile(50) / 1e3,
                nanos.getValueAtPercentile(99) / 1e3,
                nanos.getValueAtPercentile(99.9) / 1e3,
                nanos.getMaxValue() / 1e3,
                nanos.getTotalCount());
        Stored stored = new Stored();
        int processors = Runtime.getRuntime().availableProcessors();
        for (int threads : processors == 1 ? List.of(1) : List.of(1, processors)) {
            verify(stored, threads, rounds / 20);
            System.out.printf(
                    "verify, %d thread%s: %.0f MB/s%n",
                    threads, threads == 1 ? "" : "s", verify(stored, threads, rounds / 10));
        }
        return 0;
    }

    private static Histogram append(int rounds) {
        Histogram nanos = new Histogram(TimeUnit.SECONDS.toNanos(10), 3);
        for (int round = 0; round < rounds; round++) {
            ChainHead head = ChainHead.genesis();
            for (int i = 0; i < CHAIN; i++) {
                long began = System.nanoTime();
                IncidentEvent event = SampleChain.next(head, i);
                nanos.recordValue(System.nanoTime() - began);
                head = event.head();
            }
        }
        return nanos;
    }

    /** In MB/s of canonical bytes. */
    private static double verify(Stored stored, int threads, int rounds)
            throws InterruptedException, ExecutionException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<Integer>> chains = new ArrayList<>();
            for (int i = 0; i < CHAINS * rounds; i++) {
                chains.add(stored::verify);
            }
            long began = System.nanoTime();
            for (Future<Integer> findings : pool.invokeAll(chains)) {
                if (findings.get() > 0) {
                    throw new IllegalStateException("The chain is whole");
                }
            }
            return stored.bytes * 1e3 * chains.size() / (System.nanoTime() - began);
        } finally {
            pool.shutdown();
        }
    }

    /** A chain as a store gives it back. */
    private static final class Stored {
        private final List<byte[]> canonical = new ArrayList<>();
        private final List<String> hashes = new ArrayList<>();
        private final ChainHead head;
        private long bytes;

        Stored() {
            ChainHead last = ChainHead.genesis();
            for (int i = 0; i < CHAIN; i++) {
                IncidentEvent event = SampleChain.next(last, i);
                last = event.head();
                canonical.add(event.canonical());
                hashes.add(event.hash());
                bytes += event.canonical().length;
            }
            head = last;
        }

        int verify() throws IOException {
            List<IncidentEvent> events = new ArrayList<>(CHAIN);
            for (int i = 0; i < CHAIN; i++) {
                events.add(IncidentEvent.storedToCheck(canonical.get(i), hashes.get(i)));
            }
            List<ChainFinding> findings = IncidentEventChain.verify(events, head);
            return findings.size();
        }
    }
}
