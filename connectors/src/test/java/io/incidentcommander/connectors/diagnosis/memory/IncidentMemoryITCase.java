// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.incidentcommander.connectors.audit.OpenSearchTransportProvider;
import io.incidentcommander.embedded.EmbeddedProcess;
import io.incidentcommander.embedded.ServiceName;
import io.incidentcommander.model.diagnosis.MemoryHit;
import io.incidentcommander.model.diagnosis.memory.Embedder;
import io.incidentcommander.model.diagnosis.memory.EmbeddingSpace;
import io.incidentcommander.model.diagnosis.memory.IncidentPattern;
import io.incidentcommander.model.diagnosis.memory.MemoryQuery;
import io.incidentcommander.model.diagnosis.memory.RankFusion;
import io.incidentcommander.model.diagnosis.memory.Recollection;
import io.incidentcommander.model.diagnosis.memory.Recollection.Extent;
import io.incidentcommander.model.lifecycle.IncidentType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.opensearch.client.opensearch.OpenSearchClient;
import org.opensearch.client.opensearch._types.HealthStatus;
import org.opensearch.client.transport.OpenSearchTransport;

/** The memory on a real OpenSearch with k-NN, and its archive on an S3 server. */
class IncidentMemoryITCase {
    private static final long NOW = 1_760_000_000_000L;
    private static final long DAY = 86_400_000L;

    /** Both rankings one after the other: fusion has tests of its own. */
    private static final RankFusion IN_TURN =
            (rankings, most) -> {
                Map<String, MemoryHit> hits = new LinkedHashMap<>();
                rankings.forEach(r -> r.forEach(h -> hits.putIfAbsent(h.patternId(), h)));
                List<MemoryHit> all = new ArrayList<>(hits.values());
                return all.subList(0, Math.min(most, all.size()));
            };

    @TempDir static Path directory;
    private static EmbeddedProcess services;
    private static OpenSearchTransportProvider transports;

    private OpenSearchTransport transport;
    private OpenSearchClient client;
    private String alias;

    @BeforeAll
    static void start() throws IOException {
        services = EmbeddedProcess.start(directory, Set.of(ServiceName.OPENSEARCH, ServiceName.S3));
        transports =
                OpenSearchTransportProvider.at(services.endpoints().openSearch().toString(), 60);
    }

    @AfterAll
    static void stop() throws IOException {
        services.close();
    }

    @BeforeEach
    void open(TestInfo test) {
        transport = transports.create();
        client = new OpenSearchClient(transport);
        alias = "patterns-" + test.getTestMethod().orElseThrow().getName().toLowerCase();
    }

    @AfterEach
    void close() throws IOException {
        transport.close();
    }

    @Test
    void findsByMeaningAndByWordsWhatIsNotItsOwnNorAnothers() throws Exception {
        try (OpenSearchMemory memory = memory(Letters.of(8))) {
            learn(
                    memory,
                    pattern("acme", "i1", "disk full"),
                    pattern("acme", "i2", "pool exhausted"),
                    pattern("acme", "now", "pool exhausted now"),
                    pattern("other", "i3", "pool exhausted there"),
                    derived("acme", "i4", "pool exhausted again", "now"));

            Recollection found = search(memory, "pool exhausted");

            assertThat(found.extent()).isEqualTo(Extent.WHOLE);
            assertThat(found.hits())
                    .extracting(MemoryHit::symptoms)
                    .containsExactly("pool exhausted", "disk full");
            MemoryHit hit = found.hits().get(0);
            assertThat(hit.patternId())
                    .isEqualTo(pattern("acme", "i2", "pool exhausted").patternId());
            assertThat(hit.worked()).isEqualTo(1);
            assertThat(hit.remedy()).isEqualTo("restart");
            assertThat(hit.services()).containsExactly("orders");
            assertThat(hit.type()).isEqualTo(IncidentType.DATABASE_FAILURE);
        }
    }

    @Test
    void learningTheSameTwiceIsLearningItOnce() throws Exception {
        try (OpenSearchMemory memory = memory(Letters.of(8))) {
            for (int i = 0; i < 3; i++) {
                learn(memory, pattern("acme", "i1", "disk full"));
            }
            assertThat(search(memory, "disk").hits()).hasSize(1);
        }
    }

    @Test
    void withoutAVectorWordsAreSearchedAlone() throws Exception {
        try (OpenSearchMemory memory = memory(Letters.of(8))) {
            learn(memory, pattern("acme", "i1", "disk full"));
        }
        List<Embedder> broken =
                List.of(
                        embedder(8, text -> CompletableFuture.failedFuture(new IOException("no"))),
                        embedder(8, text -> new CompletableFuture<>()),
                        embedder(8, text -> CompletableFuture.completedFuture(new float[3])));
        for (Embedder embedder : broken) {
            try (OpenSearchMemory memory =
                    new OpenSearchMemory(transports, alias, embedder, IN_TURN)) {
                // Of this time the one that hangs takes half.
                long within = embedder == broken.get(1) ? 20_000 : 60_000;
                Recollection found = memory.search(query("disk full"), within).join();
                assertThat(found.extent()).isEqualTo(Extent.WORDS_ONLY);
                assertThat(found.reason()).contains("embedder");
                assertThat(found.hits()).hasSize(1);
                if (embedder != broken.get(1)) {
                    assertThatThrownBy(() -> memory.learn(pattern("acme", "i2", "disk")).join())
                            .isNotNull();
                }
            }
        }
    }

    @Test
    void anotherDimensionIsMovedToWhileTheMemoryIsSearchedAndLearned() throws Exception {
        Embedder small = Letters.of(8);
        Embedder large = Letters.of(16);
        try (OpenSearchMemory before = memory(small)) {
            for (int i = 0; i < 30; i++) {
                learn(before, pattern("acme", "i" + i, "pool exhausted " + "x".repeat(i)));
            }
            try (OpenSearchMemory after = new OpenSearchMemory(transports, alias, large, IN_TURN)) {
                // Not moved yet: words are searched in the old index, and nothing is made up.
                Recollection early = search(after, "pool");
                assertThat(early.extent()).isEqualTo(Extent.WORDS_ONLY);
                assertThat(early.reason()).contains("index_not_found");
                assertThat(early.hits()).hasSize(5);
                assertThatThrownBy(() -> after.learn(pattern("acme", "z", "disk")).join())
                        .isNotNull();

                // Broken off in the middle.
                AtomicInteger calls = new AtomicInteger();
                Embedder failing =
                        embedder(
                                16,
                                text ->
                                        calls.incrementAndGet() > 10
                                                ? CompletableFuture.failedFuture(
                                                        new IOException("no more"))
                                                : large.embed(text));
                assertThatThrownBy(() -> new PatternReindex(transport, alias, failing).run())
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("No vector");
                assertThat(search(before, "pool").extent()).isEqualTo(Extent.WHOLE);
                learn(after, pattern("acme", "new", "pool exhausted anew"));
                assertThat(search(after, "pool").extent()).isEqualTo(Extent.WHOLE);

                assertThat(new PatternReindex(transport, alias, large).run()).isEqualTo(30);
                assertThat(new PatternReindex(transport, alias, large).run()).isZero();

                Recollection late = after.search(query("pool", 100), 60_000).join();
                assertThat(late.extent()).isEqualTo(Extent.WHOLE);
                assertThat(late.hits()).hasSize(31);
                assertThat(indices())
                        .containsExactly(new PatternIndex(alias, large.space()).name());
            }
            // Whoever still has the old embedder searches words, and learns nothing wrong.
            assertThat(search(before, "pool").extent()).isEqualTo(Extent.WORDS_ONLY);
            assertThatThrownBy(() -> before.learn(pattern("acme", "z", "disk")).join()).isNotNull();
            assertThat(indices()).hasSize(1);
        }
    }

    @Test
    void aMemoryThatIsGoneIsSaidSoInTimeAndFoundAgainWhenItIsBack() throws Exception {
        try (OpenSearchMemory memory = memory(Letters.of(8))) {
            learn(memory, pattern("acme", "i1", "disk full"));
            services.stop(ServiceName.OPENSEARCH);
            try {
                Recollection gone = memory.search(query("disk"), 5_000).join();
                assertThat(gone.extent()).isEqualTo(Extent.NONE);
                assertThat(gone.reason()).isNotEmpty();
                assertThatThrownBy(() -> memory.learn(pattern("acme", "i2", "disk")).join())
                        .isNotNull();
            } finally {
                services.startAgain(ServiceName.OPENSEARCH);
            }
            client.cluster().health(h -> h.waitForStatus(HealthStatus.Yellow));
            assertThat(search(memory, "disk").hits()).hasSize(1);
        }
    }

    @Test
    void theOldGoesToTheArchiveOnlyOnceItReadsBack() throws Exception {
        String endpoint = services.endpoints().s3().toString();
        try (OpenSearchMemory memory = memory(Letters.of(8));
                S3ArchiveStore s3 = S3ArchiveStore.at(endpoint, "archive")) {
            s3.createBucketIfAbsent();
            List<IncidentPattern> old = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                old.add(aged(i % 2 == 0 ? "acme" : "o/ther", "old" + i, 181 + i));
            }
            learn(memory, old.toArray(IncidentPattern[]::new));
            learn(memory, aged("acme", "young", 179));

            for (ArchiveStore faulty : List.of(new Forgetful(), new Corrupting())) {
                assertThatThrownBy(() -> new PatternArchive(transport, alias, faulty).run(NOW))
                        .isInstanceOf(IOException.class);
                assertThat(count()).isEqualTo(13);
            }

            PatternArchive archive = new PatternArchive(transport, alias, s3);
            ArchiveReport report = archive.run(NOW);

            assertThat(report.archived()).isEqualTo(12);
            assertThat(report.deleted()).isEqualTo(12);
            assertThat(report.keys()).hasSize(2);
            List<IncidentPattern> back = new ArrayList<>();
            for (String key : report.keys()) {
                back.addAll(archive.read(key));
            }
            assertThat(back).containsExactlyInAnyOrderElementsOf(old);
            assertThat(back)
                    .extracting(IncidentPattern::symptoms)
                    .containsExactlyInAnyOrderElementsOf(
                            old.stream().map(IncidentPattern::symptoms).toList());
            assertThat(count()).isEqualTo(1);
            assertThat(archive.run(NOW).archived()).isZero();
        }
    }

    @Test
    void whatIsLearnedAnewWhileItIsArchivedStays() throws Exception {
        IncidentPattern pattern = aged("acme", "old", 200);
        try (OpenSearchMemory memory = memory(Letters.of(8))) {
            learn(memory, pattern);
            ArchiveStore meanwhile =
                    new Kept() {
                        @Override
                        public byte[] get(String key) {
                            memory.learn(pattern).join();
                            return super.get(key);
                        }
                    };
            ArchiveReport report = new PatternArchive(transport, alias, meanwhile).run(NOW);

            assertThat(report.changedMeanwhile()).isEqualTo(1);
            assertThat(report.deleted()).isZero();
            assertThat(count()).isEqualTo(1);
        }
    }

    @Test
    void aTextIsEmbeddedOnceAndAFailureIsForgotten() {
        AtomicInteger calls = new AtomicInteger();
        Embedder counting =
                embedder(
                        8,
                        text ->
                                calls.incrementAndGet() == 1
                                        ? CompletableFuture.failedFuture(new IOException("once"))
                                        : Letters.of(8).embed(text));
        CachedEmbedder cached = new CachedEmbedder(counting, 2);
        assertThatThrownBy(() -> cached.embed("a").join()).isNotNull();
        float[] first = cached.embed("a").join();
        first[0] = 99; // A caller's copy.
        assertThat(cached.embed("a").join()[0]).isNotEqualTo(99f);
        assertThat(calls).hasValue(2);
        for (int i = 0; i < 100; i++) {
            cached.embed("text " + i).join();
        }
        assertThat(cached.size()).isLessThanOrEqualTo(2);
    }

    private OpenSearchMemory memory(Embedder embedder) throws IOException {
        new PatternIndex(alias, embedder.space()).createIfAbsent(transport);
        return new OpenSearchMemory(transports, alias, embedder, IN_TURN);
    }

    private void learn(OpenSearchMemory memory, IncidentPattern... patterns) throws IOException {
        for (IncidentPattern pattern : patterns) {
            memory.learn(pattern).join();
        }
        client.indices().refresh(r -> r.index(alias));
    }

    private Recollection search(OpenSearchMemory memory, String text) throws IOException {
        client.indices().refresh(r -> r.index(alias));
        return memory.search(query(text), 60_000).join();
    }

    private long count() throws IOException {
        client.indices().refresh(r -> r.index(alias));
        return client.count(c -> c.index(alias)).count();
    }

    private Set<String> indices() throws IOException {
        return client.indices().getAlias(g -> g.index(alias + "*")).result().keySet();
    }

    private static MemoryQuery query(String text) {
        return query(text, MemoryQuery.DEFAULT_COUNT);
    }

    private static MemoryQuery query(String text, int count) {
        return new MemoryQuery("acme", "now", text, count);
    }

    private static IncidentPattern pattern(String tenant, String incident, String symptoms) {
        return builder(tenant, incident, symptoms).build();
    }

    private static IncidentPattern derived(
            String tenant, String incident, String symptoms, String from) {
        return builder(tenant, incident, symptoms).derivedFrom(List.of(from)).build();
    }

    private static IncidentPattern aged(String tenant, String incident, long days) {
        return builder(tenant, incident, "aged ünïcode of " + incident)
                .learnedAtMillis(NOW - days * DAY)
                .build();
    }

    private static IncidentPattern.Builder builder(
            String tenant, String incident, String symptoms) {
        return IncidentPattern.builder()
                .tenant(tenant)
                .incidentId(incident)
                .type(IncidentType.DATABASE_FAILURE)
                .services(List.of("orders"))
                .symptoms(symptoms)
                .remedy("restart")
                .worked(true)
                .learnedAtMillis(NOW);
    }

    private static Embedder embedder(
            int dimension, Function<String, CompletableFuture<float[]>> function) {
        return Embedder.by(Letters.of(dimension).space(), function);
    }

    /** How often which letters occur: enough to tell pools from disks. */
    private static final class Letters {
        static Embedder of(int dimension) {
            return Embedder.computed(
                    new EmbeddingSpace("letters", dimension),
                    text -> {
                        float[] vector = new float[dimension];
                        text.chars().forEach(c -> vector[c % dimension]++);
                        return vector;
                    });
        }
    }

    /** In memory. */
    private static class Kept implements ArchiveStore {
        private final Map<String, byte[]> objects = new HashMap<>();

        @Override
        public void put(String key, byte[] content) {
            objects.put(key, content);
        }

        @Override
        public byte[] get(String key) {
            return objects.get(key);
        }

        @Override
        public void close() {}
    }

    /** Takes everything and has nothing. */
    private static final class Forgetful extends Kept {
        @Override
        public byte[] get(String key) {
            return ArchiveFile.write(List.of());
        }
    }

    /** Loses the end of every object. */
    private static final class Corrupting extends Kept {
        @Override
        public byte[] get(String key) {
            byte[] content = super.get(key);
            return Arrays.copyOf(content, content.length - 4);
        }
    }
}
