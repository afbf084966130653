// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.diagnosis;

import io.incidentcommander.connectors.audit.OpenSearchTransportProvider;
import io.incidentcommander.connectors.diagnosis.BedrockClients;
import io.incidentcommander.connectors.diagnosis.LimitedEmbeddings;
import io.incidentcommander.connectors.diagnosis.TitanEmbeddings;
import io.incidentcommander.connectors.diagnosis.memory.CachedEmbedder;
import io.incidentcommander.connectors.diagnosis.memory.CreatingMemory;
import io.incidentcommander.connectors.diagnosis.memory.OpenSearchMemory;
import io.incidentcommander.connectors.diagnosis.memory.PatternIndex;
import io.incidentcommander.connectors.resilience.CallMetrics;
import io.incidentcommander.connectors.resilience.Delayer;
import io.incidentcommander.connectors.resilience.NanoClock;
import io.incidentcommander.model.diagnosis.memory.Embedder;
import io.incidentcommander.model.diagnosis.memory.EmbeddingSpace;
import io.incidentcommander.model.diagnosis.memory.IncidentMemory;
import io.incidentcommander.model.diagnosis.memory.IncidentPattern;
import io.incidentcommander.model.diagnosis.memory.MemoryQuery;
import io.incidentcommander.model.diagnosis.memory.RankFusion;
import io.incidentcommander.model.diagnosis.memory.Recollection;
import io.incidentcommander.operators.diagnosis.memory.MemoryOpener;
import io.incidentcommander.udfs.diagnosis.memory.HashedNgrams;
import io.incidentcommander.udfs.diagnosis.memory.ReciprocalRankFusion;
import io.incidentcommander.udfs.diagnosis.memory.Resemblance;
import io.incidentcommander.udfs.diagnosis.memory.WordsLead;
import io.incidentcommander.udfs.diagnosis.redaction.Redaction;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.flink.util.IOUtils;

/** Where the memory of a job is, and by what it is searched. */
public final class Memories {
    private static final int DIMENSIONS = 1024;
    private static final EmbeddingSpace TITAN =
            new EmbeddingSpace("titan-embed-text-v2", DIMENSIONS);
    private static final long CACHED = 10_000;

    /** What a call may take at most: as long as a search may. */
    private static final int SEARCH_SECONDS = (int) (IncidentMemory.MAX_SEARCH_MILLIS / 1_000);

    private Memories() {}

    /**
     * Vectors that need no model; words lead, since such vectors know no more than they do. What
     * does not look like what is asked for is left out.
     */
    public static MemoryOpener local(String url, String alias) {
        return metrics ->
                new Resembling(open(url, alias, HashedNgrams.embedder(), new WordsLead()));
    }

    /** Vectors of Titan, each text once; both rankings count the same. */
    public static MemoryOpener titan(String url, String alias, BedrockClients clients) {
        return metrics -> {
            Embedding titan =
                    titanEmbedding(clients, FlinkModelMetrics.calls(metrics, TITAN.label()));
            return new Closing(
                    open(url, alias, titan.embedder(), new ReciprocalRankFusion()), titan);
        };
    }

    /** The embedder of {@link #local}. */
    public static Embedding localEmbedding() {
        return new Embedding(HashedNgrams.embedder(), () -> {}, () -> {});
    }

    /** The embedder of {@link #titan}. */
    public static Embedding titanEmbedding(BedrockClients clients) {
        return titanEmbedding(clients, CallMetrics.none());
    }

    private static Embedding titanEmbedding(BedrockClients clients, CallMetrics metrics) {
        TitanEmbeddings titan = new TitanEmbeddings(clients, DIMENSIONS);
        ScheduledExecutorService delays =
                Executors.newSingleThreadScheduledExecutor(
                        runnable -> {
                            Thread thread = new Thread(runnable, "embedding-delays");
                            thread.setDaemon(true);
                            return thread;
                        });
        LimitedEmbeddings limited =
                new LimitedEmbeddings(
                        titan::embed, NanoClock.system(), Delayer.on(delays), metrics);
        return new Embedding(
                new CachedEmbedder(
                        Embedder.by(TITAN, text -> limited.embed(leaving(text))), CACHED),
                limited::reset,
                () -> {
                    titan.close();
                    delays.shutdownNow();
                });
    }

    /** Names of services, say, hold what they hold: nothing leaves as it came. */
    private static String leaving(String text) {
        return new Redaction(Redaction.Addresses.TAKEN_OUT).of(text);
    }

    /** Of a replay: nothing is found but what was recorded, and nothing is learned. */
    public static MemoryOpener recorded() {
        return metrics ->
                new IncidentMemory() {
                    @Override
                    public CompletableFuture<Recollection> search(
                            MemoryQuery query, long withinMillis) {
                        return CompletableFuture.completedFuture(
                                Recollection.none("not recorded, and a replay searches nothing"));
                    }

                    @Override
                    public CompletableFuture<Void> learn(IncidentPattern pattern) {
                        return CompletableFuture.completedFuture(null);
                    }

                    @Override
                    public void close() {}
                };
    }

    private static IncidentMemory open(
            String url, String alias, Embedder embedder, RankFusion fusion) {
        OpenSearchTransportProvider transports =
                OpenSearchTransportProvider.at(url, SEARCH_SECONDS);
        return new CreatingMemory(
                new OpenSearchMemory(transports, alias, embedder, fusion),
                transports,
                new PatternIndex(alias, embedder.space()));
    }

    /** An embedder with what it keeps open. */
    public static final class Embedding implements AutoCloseable {
        private final Embedder embedder;
        private final Runnable reset;
        private final Runnable close;

        private Embedding(Embedder embedder, Runnable reset, Runnable close) {
            this.embedder = embedder;
            this.reset = reset;
            this.close = close;
        }

        public Embedder embedder() {
            return embedder;
        }

        @Override
        public void close() {
            close.run();
        }
    }

    /** Finds only what {@link Resemblance} keeps. */
    private static final class Resembling implements IncidentMemory {
        private final IncidentMemory memory;

        Resembling(IncidentMemory memory) {
            this.memory = memory;
        }

        @Override
        public CompletableFuture<Recollection> search(MemoryQuery query, long withinMillis) {
            return memory.search(query, withinMillis)
                    .thenApply(found -> Resemblance.keep(query, found));
        }

        @Override
        public CompletableFuture<Void> learn(IncidentPattern pattern) {
            return memory.learn(pattern);
        }

        @Override
        public void close() throws Exception {
            memory.close();
        }
    }

    /** Closes and resets the client of the vectors too. */
    private static final class Closing implements IncidentMemory {
        private final IncidentMemory memory;
        private final Embedding client;

        Closing(IncidentMemory memory, Embedding client) {
            this.memory = memory;
            this.client = client;
        }

        @Override
        public void reset() {
            memory.reset();
            client.reset.run();
        }

        @Override
        public CompletableFuture<Recollection> search(MemoryQuery query, long withinMillis) {
            return memory.search(query, withinMillis);
        }

        @Override
        public CompletableFuture<Void> learn(IncidentPattern pattern) {
            return memory.learn(pattern);
        }

        @Override
        public void close() {
            IOUtils.closeAllQuietly(memory, client);
        }
    }
}
