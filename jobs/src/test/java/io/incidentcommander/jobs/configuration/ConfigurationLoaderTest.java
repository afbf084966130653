// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationLoaderTest {
    @TempDir Path directory;

    @Test
    void laterSourcesStandAboveEarlierOnes() throws IOException {
        Path file =
                yaml(
                        "parallelism: 3\n"
                                + "sampling: {slice: 1 s, budget: 0.5}\n"
                                + "correlation.gap: 1 min\n");
        Properties group = new Properties();
        group.setProperty("sampling.budget", "0.25");

        CommanderConfiguration loaded =
                new ConfigurationLoader()
                        .file(file)
                        .environment(
                                Map.of(
                                        "COMMANDER_SAMPLING_SLICE",
                                        "2 s",
                                        "COMMANDER_PARALLELISM",
                                        "4",
                                        "HOME",
                                        "/"))
                        .propertyGroups(() -> Map.of("commander", group, "other", new Properties()))
                        .layer("the command line", Map.of("parallelism", "5"))
                        .load();

        assertThat(loaded.get(JobOptions.CHECKPOINT_INTERVAL)).isEqualTo(Duration.ofSeconds(10));
        assertThat(loaded.get(DetectionOptions.CORRELATION_GAP)).isEqualTo(Duration.ofMinutes(1));
        assertThat(loaded.get(DetectionOptions.SAMPLING_SLICE)).isEqualTo(Duration.ofSeconds(2));
        assertThat(loaded.get(DetectionOptions.SAMPLING_BUDGET)).isEqualTo(0.25);
        assertThat(loaded.get(JobOptions.PARALLELISM)).isEqualTo(5);
        assertThat(loaded.describe())
                .contains(
                        "parallelism = 5 (the command line)",
                        "sampling.slice = 2 s (the environment)",
                        "sampling.budget = 0.25 (property group commander)",
                        "correlation.gap = 1 min (" + file + ")",
                        "checkpoint.interval = 10 s (default)");
    }

    @Test
    void sourcesAreConfiguredById() throws IOException {
        Path file =
                yaml(
                        String.join(
                                "\n",
                                "source:",
                                "  prod:",
                                "    topic: alerts",
                                "    identity-labels: [alertname, instance]",
                                "  lab:",
                                "    transport: kinesis",
                                "    stream: lab-alerts"));

        CommanderConfiguration loaded = new ConfigurationLoader().file(file).load();

        assertThat(loaded.sourceIds()).containsExactly("lab", "prod");
        assertThat(loaded.get(IngestOptions.SOURCE_TOPIC, "prod")).isEqualTo("alerts");
        assertThat(loaded.get(IngestOptions.SOURCE_TRANSPORT, "prod")).isEqualTo(Transport.KAFKA);
        assertThat(loaded.get(IngestOptions.SOURCE_TRANSPORT, "lab")).isEqualTo(Transport.KINESIS);
        assertThat(loaded.get(IngestOptions.SOURCE_IDENTITY_LABELS, "prod"))
                .isEqualTo(List.of("alertname", "instance"));
    }

    @Test
    void propertiesOfKafkasClientsAreTheirsAndSecretsAreNotShown() throws IOException {
        Path file =
                yaml(
                        String.join(
                                "\n",
                                "kafka:",
                                "  client: {security.protocol: SSL, sasl: {mechanism: PLAIN}}",
                                "source.prod.client.security.protocol: SASL_SSL",
                                "source.prod.client.sasl.jaas.config: hush"));
        CommanderConfiguration loaded =
                new ConfigurationLoader()
                        .file(file)
                        .environment(
                                Map.of("COMMANDER_KAFKA_CLIENT_SSL_TRUSTSTORE_PASSWORD", "hush"))
                        .load();

        assertThat(loaded.properties(JobOptions.KAFKA_CLIENT))
                .isEqualTo(
                        Map.of(
                                "security.protocol",
                                "SSL",
                                "sasl.mechanism",
                                "PLAIN",
                                "ssl.truststore.password",
                                "hush"));
        assertThat(loaded.properties(IngestOptions.SOURCE_CLIENT, "prod"))
                .isEqualTo(Map.of("security.protocol", "SASL_SSL", "sasl.jaas.config", "hush"));
        assertThat(loaded.sourceIds()).containsExactly("prod");
        assertThat(loaded.describe())
                .contains(
                        "kafka.client.security.protocol = SSL (" + file + ")",
                        "kafka.client.ssl.truststore.password = ****** (the environment)",
                        "source.prod.client.sasl.jaas.config = ****** (" + file + ")")
                .noneMatch(line -> line.contains("hush"));
    }

    @Test
    void propertiesThatKafkasClientsDoNotHaveOrThatResultsDependOnAreRefused() {
        assertRefused(
                () -> set("kafka.client.securty.protocol", "SSL"),
                "--set: kafka.client.securty.protocol: Kafka's clients have no property"
                        + " 'securty.protocol'; did you mean 'security.protocol'?");
        assertRefused(
                () -> set("source.prod.client.enable.idempotence", "false"),
                "--set: source.prod.client.enable.idempotence: cannot be set: results depend on"
                        + " it");
        assertRefused(
                () -> set("kafka.client.partitioner.ignore.keys", "true"),
                "--set: kafka.client.partitioner.ignore.keys: cannot be set: results depend on it");
        assertRefused(
                () ->
                        new ConfigurationLoader()
                                .environment(Map.of("COMMANDER_KAFKA_CLIENT_ACKS", "0")),
                "the environment: kafka.client.acks: cannot be set: results depend on it");
    }

    @Test
    void unknownKeysNameTheNearestKnownOneAndWhereTheyStand() throws IOException {
        Path file = yaml("sampling:\n  bundel:\n    max-age: 1 s\n");
        assertRefused(
                () -> new ConfigurationLoader().file(file),
                file
                        + ": unknown option 'sampling.bundel.max-age'; did you mean"
                        + " 'sampling.bundle.max-age'?");
        assertRefused(
                () -> new ConfigurationLoader().environment(Map.of("COMMANDER_PARALELISM", "2")),
                "the environment: unknown option 'COMMANDER_PARALELISM'; did you mean"
                        + " 'COMMANDER_PARALLELISM'?");
        assertRefused(
                () -> new ConfigurationLoader().layer("--set", Map.of("source.prod.topik", "a")),
                "--set: unknown option 'source.prod.topik'; did you mean 'source.prod.topic'?");
        assertRefused(
                () -> new ConfigurationLoader().layer("--set", Map.of("zzz", "a")),
                "--set: unknown option 'zzz'; docs/configuration.md lists them all");
    }

    @Test
    void valuesThatDoNotFitAreRefusedWithWhatWould() {
        assertRefused(
                () -> set("sampling.budget", "1.5"),
                "--set: sampling.budget: '1.5' is not: number, 0.0 to 1.0");
        assertRefused(
                () -> set("sampling.budget", "NaN"),
                "--set: sampling.budget: 'NaN' is not: number, 0.0 to 1.0");
        assertRefused(
                () -> set("sampling.slice", "0 s"),
                "--set: sampling.slice: '0 s' is not: duration above zero");
        assertRefused(
                () -> set("state.backend", "disk"),
                "--set: state.backend: 'disk' is not: rocksdb or hashmap");
        assertRefused(
                () -> set("cost.supporting-per-minute", "free"),
                "--set: cost.supporting-per-minute: 'free' is not: decimal, 0 or more");
        assertRefused(
                () -> set("max-parallelism", "256"),
                "--set: max-parallelism: is fixed; '256' is not: integer, 128 to 128");
    }

    @Test
    void brokenYamlIsNamedByLine() throws IOException {
        Path file = yaml("parallelism: 2\nsampling: {slice: 1 s\n");
        assertThatThrownBy(() -> new ConfigurationLoader().file(file))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(file + ": line ");
        assertRefused(
                () -> new ConfigurationLoader().file(directory.resolve("none.yml")),
                "no such file: " + directory.resolve("none.yml"));
        Path empty = yaml("parallelism:\n");
        assertRefused(
                () -> new ConfigurationLoader().file(empty), empty + ": parallelism has no value");
    }

    @Test
    void everyOptionHasItsOwnKeyAndEnvironmentName() {
        assertThat(CommanderOptions.all()).extracting(CommanderOption::key).doesNotHaveDuplicates();
        assertThat(CommanderOptions.all())
                .extracting(CommanderOption::environmentName)
                .doesNotHaveDuplicates();
    }

    private static void set(String key, String value) {
        new ConfigurationLoader().layer("--set", Map.of(key, value));
    }

    private static void assertRefused(Runnable load, String message) {
        assertThatThrownBy(load::run)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }

    private Path yaml(String text) throws IOException {
        return Files.writeString(Files.createTempFile(directory, "commander", ".yml"), text);
    }
}
