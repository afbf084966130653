// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Looks into the finished job jar; runs after it was packaged, hence the name. */
class JobJarCheck {
    private static final int JAVA_11 = 55;
    private static final int CLASS_MAGIC = 0xCAFEBABE;

    private static JarFile jar;
    private static List<String> names;

    @BeforeAll
    static void open() throws IOException {
        jar = new JarFile(System.getProperty("job.jar"));
        names = jar.stream().map(JarEntry::getName).collect(Collectors.toList());
    }

    @AfterAll
    static void close() throws IOException {
        jar.close();
    }

    @Test
    void everyClassIsJava11BytecodeOrOlder() throws IOException {
        List<String> newer = new ArrayList<>();
        int classes = 0;
        for (String name : names) {
            if (name.endsWith(".class")) {
                classes++;
                if (majorVersion(name) > JAVA_11) {
                    newer.add(name);
                }
            }
        }
        assertThat(newer).isEmpty();
        assertThat(classes).isGreaterThan(1000);
    }

    @Test
    void oursIsInIt() throws IOException {
        assertThat(names)
                .contains(
                        "io/incidentcommander/jobs/IncidentCommanderJob.class",
                        "io/incidentcommander/jobs/CommanderCli.class",
                        "io/incidentcommander/model/ingest/Alert.class",
                        "io/incidentcommander/udfs/ingest/RecordDecoder.class",
                        "org/apache/flink/connector/kafka/source/KafkaSource.class");
        assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
                .isEqualTo(IncidentCommanderJob.class.getName());
    }

    @Test
    void whatAClusterProvidesStaysOut() {
        assertThat(names)
                .noneMatch(name -> name.startsWith("org/apache/flink/runtime/"))
                .noneMatch(name -> name.startsWith("org/apache/flink/streaming/api/datastream/"))
                .noneMatch(name -> name.startsWith("org/apache/flink/core/"))
                .noneMatch(name -> name.startsWith("org/rocksdb/"))
                .noneMatch(name -> name.startsWith("org/apache/logging/log4j/"))
                .noneMatch(name -> name.startsWith("org/slf4j/"))
                .noneMatch(name -> name.startsWith("log4j2"));
    }

    @Test
    void serversStayOut() {
        assertThat(names)
                .noneMatch(name -> name.startsWith("kafka/server/"))
                .noneMatch(name -> name.startsWith("io/incidentcommander/embedded/"))
                .noneMatch(name -> name.startsWith("com/amazonaws/services/dynamodbv2/local/"))
                .noneMatch(name -> name.startsWith("com/adobe/testing/"));
    }

    @Test
    void noSignatureSurvivesThatTheMergedJarWouldBreak() {
        assertThat(names).noneMatch(name -> name.matches("META-INF/[^/]*\\.(SF|DSA|RSA|EC)"));
    }

    @Test
    void servicesOfAllPartsAreMerged() throws IOException {
        for (String name : names) {
            if (name.startsWith("META-INF/services/") && !name.endsWith("/")) {
                assertThat(text(name).strip()).as(name).isNotEmpty();
            }
        }
        assertThat(text("META-INF/services/com.fasterxml.jackson.core.JsonFactory"))
                .contains("com.fasterxml.jackson.core.JsonFactory")
                .contains("com.fasterxml.jackson.dataformat.yaml.YAMLFactory");
    }

    @Test
    void licenceAndNoticeAreInIt() throws IOException {
        assertThat(text("META-INF/LICENSE")).contains("Apache License");
        assertThat(text("META-INF/NOTICE")).contains("Incident Commander");
        assertThat(text("META-INF/THIRD-PARTY.txt"))
                .contains("Apache-2.0", "flink-connector-kafka");
    }

    private static int majorVersion(String name) throws IOException {
        try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
            DataInputStream head = new DataInputStream(in);
            assertThat(head.readInt()).as(name).isEqualTo(CLASS_MAGIC);
            head.readUnsignedShort();
            return head.readUnsignedShort();
        }
    }

    private static String text(String name) throws IOException {
        assertThat(names).contains(name);
        try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
