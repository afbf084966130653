// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.benchmarks.diagnosis;

import io.incidentcommander.connectors.audit.OpenSearchTransportProvider;
import io.incidentcommander.connectors.diagnosis.memory.OpenSearchMemory;
import io.incidentcommander.connectors.diagnosis.memory.PatternImport;
import io.incidentcommander.connectors.diagnosis.memory.PatternIndex;
import io.incidentcommander.embedded.EmbeddedProcess;
import io.incidentcommander.embedded.ServiceName;
import io.incidentcommander.model.diagnosis.MemoryHit;
import io.incidentcommander.model.diagnosis.memory.Embedder;
import io.incidentcommander.model.diagnosis.memory.IncidentPattern;
import io.incidentcommander.model.diagnosis.memory.MemoryQuery;
import io.incidentcommander.model.diagnosis.memory.RankFusion;
import io.incidentcommander.model.diagnosis.memory.Recollection;
import io.incidentcommander.udfs.diagnosis.memory.HashedNgrams;
import io.incidentcommander.udfs.diagnosis.memory.ReciprocalRankFusion;
import io.incidentcommander.udfs.diagnosis.memory.WordsLead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.opensearch.client.opensearch.OpenSearchClient;
import org.opensearch.client.transport.OpenSearchTransport;

/**
 * Searches 100,000 patterns on an embedded OpenSearch: how long it takes, on a machine at rest and
 * beside the whole topology under a storm, and how many of the matches are among the first five, by
 * words, by meaning and fused, as equals and with words in the lead. Vectors are those made without
 * a model.
 */
public final class MemoryBench {
    public static final String NAME = "Memory";

    private static final String ALIAS = "bench-patterns";
    private static final long SEED = 20_261_121;
    private static final int TELLINGS = 5;
    private static final int PAGE = 100;
    private static final int WITHIN_MILLIS = 60_000;
    private static final int LEAST_BESIDE_SECONDS = 60;

    private final GeneratedMemories memories;
    private final int queries;
    private final Embedder embedder = HashedNgrams.embedder();
    private final List<List<List<MemoryHit>>> rankings = new ArrayList<>();
    private final List<Long> nanos = new ArrayList<>();

    private MemoryBench(int patterns, int queries) {
        this.memories = new GeneratedMemories(SEED, patterns / TELLINGS, TELLINGS);
        this.queries = queries;
    }

    /** The exit code. */
    public static int run(boolean thorough) throws IOException {
        return run(100_000, thorough ? 2_000 : 300);
    }

    /** The same with so many patterns and queries. */
    static int run(int patterns, int queries) throws IOException {
        return new MemoryBench(patterns, queries).measure();
    }

    private int measure() throws IOException {
        Path directory = Files.createTempDirectory("memory-bench");
        try (EmbeddedProcess services =
                EmbeddedProcess.start(directory, Set.of(ServiceName.OPENSEARCH))) {
            OpenSearchTransportProvider transports =
                    OpenSearchTransportProvider.at(
                            services.endpoints().openSearch().toString(), 60);
            load(transports);
            RankFusion fusion = new ReciprocalRankFusion();
            RankFusion recording =
                    (lists, most) -> {
                        rankings.add(lists);
                        return fusion.fuse(lists, most);
                    };
            try (OpenSearchMemory memory =
                    new OpenSearchMemory(transports, ALIAS, embedder, recording)) {
                ask(memory, Math.min(20, queries), () -> true); // Warms up.
                rankings.clear();
                printRecall(ask(memory, queries, () -> true));
                printBesideJob(memory, directory.resolve("job"));
            }
        }
        return 0;
    }

    /** As many of the queries as are answered while it runs. */
    private void printBesideJob(OpenSearchMemory memory, Path directory) throws IOException {
        JobBeside job =
                JobBeside.start(
                        Duration.ofSeconds(Math.max(LEAST_BESIDE_SECONDS, queries)), directory);
        while (!job.isWarm() && job.isRunning()) {
            ask(memory, 1, () -> true);
        }
        List<Recollection> answers = ask(memory, queries, job::isRunning);
        String done = job.result();
        System.out.println("beside a job:");
        printTimes(answers);
        System.out.println("  the job: " + done);
    }

    private void load(OpenSearchTransportProvider transports) throws IOException {
        long began = System.nanoTime();
        try (OpenSearchTransport transport = transports.create()) {
            PatternIndex index = new PatternIndex(ALIAS, embedder.space());
            index.createIfAbsent(transport);
            PatternImport into = new PatternImport(transport, index, embedder);
            List<IncidentPattern> page = new ArrayList<>();
            long count = 0;
            for (int family = 0; family < memories.families(); family++) {
                page.addAll(memories.patterns(family));
                if (page.size() >= PAGE || family == memories.families() - 1) {
                    count += into.add(page);
                    page.clear();
                    if (count % 10_000 == 0) {
                        System.err.println(count + " patterns are in");
                    }
                }
            }
            new OpenSearchClient(transport).indices().refresh(r -> r.index(ALIAS));
            System.out.printf(
                    "patterns %d, indexed in %.0f s%n", count, (System.nanoTime() - began) / 1e9);
        }
    }

    /** The same queries each time, spread over all families. */
    private List<Recollection> ask(OpenSearchMemory memory, int count, BooleanSupplier goOn) {
        nanos.clear();
        List<Recollection> answers = new ArrayList<>();
        for (int i = 0; i < count && goOn.getAsBoolean(); i++) {
            String text = memories.query(family(i, count));
            long began = System.nanoTime();
            answers.add(
                    memory.search(
                                    new MemoryQuery(
                                            "bench", "none", text, MemoryQuery.DEFAULT_COUNT),
                                    WITHIN_MILLIS)
                            .join());
            nanos.add(System.nanoTime() - began);
        }
        return answers;
    }

    private int family(int query, int count) {
        return (int) ((long) query * memories.families() / count);
    }

    private void printRecall(List<Recollection> fused) {
        double[] found = new double[4];
        RankFusion leading = new WordsLead();
        for (int i = 0; i < fused.size(); i++) {
            Set<String> matches =
                    memories.patterns(family(i, fused.size())).stream()
                            .map(IncidentPattern::patternId)
                            .collect(Collectors.toCollection(HashSet::new));
            found[0] += share(rankings.get(i).get(1), matches);
            found[1] += share(rankings.get(i).get(0), matches);
            found[2] += share(fused.get(i).hits(), matches);
            found[3] += share(leading.fuse(rankings.get(i), MemoryQuery.DEFAULT_COUNT), matches);
        }
        System.out.printf(
                "recall@5 over %d queries: words %.3f, meaning %.3f, fused %.3f,"
                        + " fused with words in the lead %.3f%n",
                fused.size(),
                found[0] / fused.size(),
                found[1] / fused.size(),
                found[2] / fused.size(),
                found[3] / fused.size());
        printTimes(fused);
    }

    private void printTimes(List<Recollection> answers) {
        long[] sorted = nanos.stream().mapToLong(n -> n).sorted().toArray();
        long whole = answers.stream().filter(a -> a.extent() == Recollection.Extent.WHOLE).count();
        System.out.printf(
                "  %d of %d whole; ms p50 %.1f, p99 %.1f, max %.1f%n",
                whole,
                answers.size(),
                sorted[sorted.length / 2] / 1e6,
                sorted[(int) (sorted.length * 0.99)] / 1e6,
                sorted[sorted.length - 1] / 1e6);
    }

    private static double share(List<MemoryHit> ranking, Set<String> matches) {
        long found =
                ranking.stream()
                        .limit(MemoryQuery.DEFAULT_COUNT)
                        .filter(hit -> matches.contains(hit.patternId()))
                        .count();
        return found / (double) Math.min(MemoryQuery.DEFAULT_COUNT, matches.size());
    }
}
