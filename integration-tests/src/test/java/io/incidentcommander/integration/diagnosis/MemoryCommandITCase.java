// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentcommander.connectors.audit.OpenSearchTransportProvider;
import io.incidentcommander.connectors.diagnosis.memory.PatternImport;
import io.incidentcommander.connectors.diagnosis.memory.PatternIndex;
import io.incidentcommander.connectors.diagnosis.memory.S3ArchiveStore;
import io.incidentcommander.embedded.EmbeddedProcess;
import io.incidentcommander.embedded.ServiceName;
import io.incidentcommander.jobs.CommanderCli;
import io.incidentcommander.jobs.diagnosis.Memories;
import io.incidentcommander.model.diagnosis.memory.Embedder;
import io.incidentcommander.model.diagnosis.memory.EmbeddingSpace;
import io.incidentcommander.model.diagnosis.memory.IncidentMemory;
import io.incidentcommander.model.diagnosis.memory.IncidentPattern;
import io.incidentcommander.model.diagnosis.memory.MemoryQuery;
import io.incidentcommander.udfs.diagnosis.memory.HashedNgrams;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opensearch.client.opensearch.OpenSearchClient;
import org.opensearch.client.transport.OpenSearchTransport;

/** {@code memory} on real servers: old patterns leave, come back, and move to another index. */
class MemoryCommandITCase {
    private static final String ALIAS = "kept";
    private static final String BUCKET = "archive";

    @TempDir static Path directory;
    private static EmbeddedProcess services;
    private static String openSearch;
    private static String s3;

    private final StringWriter out = new StringWriter();

    @BeforeAll
    static void start() throws Exception {
        services = EmbeddedProcess.start(directory, Set.of(ServiceName.OPENSEARCH, ServiceName.S3));
        openSearch = services.endpoints().openSearch().toString();
        s3 = services.endpoints().s3().toString();
    }

    @AfterAll
    static void stop() throws Exception {
        services.close();
    }

    @Test
    void theOldGoesToS3AndComesBackAndAllMoveToAnotherIndex() throws Exception {
        try (S3ArchiveStore store = S3ArchiveStore.at(s3, BUCKET)) {
            store.createBucketIfAbsent();
        }
        long now = System.currentTimeMillis();
        try (IncidentMemory memory =
                Memories.local(openSearch, ALIAS).open(new UnregisteredMetricsGroup())) {
            memory.learn(pattern("old", now - Duration.ofDays(181).toMillis())).join();
            memory.learn(pattern("young", now - Duration.ofDays(179).toMillis())).join();
        }

        assertThat(memory("archive", "--bucket", BUCKET, "--s3-endpoint", s3, "--json"))
                .as("%s", out)
                .isZero();
        JsonNode report = new ObjectMapper().readTree(out.toString());
        assertThat(report.get("archived").asLong()).isEqualTo(1);
        assertThat(report.get("deleted").asLong()).isEqualTo(1);
        assertThat(remembered()).containsExactly("young");

        String key = report.get("keys").get(0).asText();
        assertThat(memory("restore", "--bucket", BUCKET, "--s3-endpoint", s3, key)).isZero();
        assertThat(out.toString()).contains("restored: 1");
        assertThat(remembered()).containsExactlyInAnyOrder("old", "young");

        outdate(pattern("old", 1), pattern("young", 2));
        assertThat(memory("reindex")).as("%s", out).isZero();
        assertThat(out.toString()).contains("moved: 2");
        assertThat(remembered()).containsExactlyInAnyOrder("old", "young");
    }

    @Test
    void whereTheMemoryIsHasToBeSaid() {
        assertThat(
                        CommanderCli.commandLine()
                                .setErr(new PrintWriter(out))
                                .execute("memory", "reindex"))
                .isEqualTo(2);
        assertThat(out.toString()).contains("diagnosis.memory.endpoint");
    }

    /** As if what is there were of an embedder before. */
    private static void outdate(IncidentPattern... patterns) throws Exception {
        Embedder before = Embedder.computed(new EmbeddingSpace("before", 512), HashedNgrams::embed);
        try (OpenSearchTransport transport =
                OpenSearchTransportProvider.at(openSearch, 60).create()) {
            PatternIndex old = new PatternIndex(ALIAS, before.space());
            old.createIfAbsent(transport);
            new PatternImport(transport, old, before).add(List.of(patterns));
            OpenSearchClient client = new OpenSearchClient(transport);
            client.indices().refresh(r -> r.index(old.name()));
            String present = new PatternIndex(ALIAS, HashedNgrams.SPACE).name();
            client.indices().delete(d -> d.index(present));
        }
    }

    private static List<String> remembered() throws Exception {
        try (OpenSearchTransport transport =
                        OpenSearchTransportProvider.at(openSearch, 60).create();
                IncidentMemory memory =
                        Memories.local(openSearch, ALIAS).open(new UnregisteredMetricsGroup())) {
            new OpenSearchClient(transport).indices().refresh(r -> r.index(ALIAS));
            return memory
                    .search(new MemoryQuery("t", "another", "full disk", 5), 60_000)
                    .join()
                    .hits()
                    .stream()
                    .map(hit -> hit.incidentId())
                    .collect(Collectors.toList());
        }
    }

    private static IncidentPattern pattern(String incident, long learned) {
        return IncidentPattern.builder()
                .tenant("t")
                .incidentId(incident)
                .symptoms("full disk on db")
                .rootCause("db: full disk")
                .remedy("extend-volume of db")
                .worked(true)
                .learnedAtMillis(learned)
                .build();
    }

    private int memory(String verb, String... more) {
        out.getBuffer().setLength(0);
        List<String> args = new ArrayList<>(List.of("memory", verb));
        args.addAll(List.of("--set", "diagnosis.memory.endpoint=" + openSearch));
        args.addAll(List.of("--set", "diagnosis.memory.alias=" + ALIAS));
        args.addAll(List.of(more));
        return CommanderCli.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(args.toArray(new String[0]));
    }
}
