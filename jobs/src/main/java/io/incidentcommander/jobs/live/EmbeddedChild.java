// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentcommander.jobs.cli.CommandFailedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The embedded services in a JVM of their own, which ends with {@link #close} and also when this
 * process dies: it lives while its standard input is open.
 */
public final class EmbeddedChild implements AutoCloseable {
    private static final String MAIN = "io.incidentcommander.embedded.EmbeddedMain";
    private static final List<String> JVM_FLAGS =
            List.of(
                    "-Xms192m",
                    "-Xmx768m",
                    "-XX:MaxDirectMemorySize=256m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:-UsePerfData",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-Djava.awt.headless=true",
                    "-Djava.net.preferIPv4Stack=true",
                    "-Dopensearch.set.netty.runtime.available.processors=false");
    private static final String READY = "ready";
    private static final Pattern SERVICE = Pattern.compile("^(\\w+) +(real|stub) +(\\S+)");
    private static final long STOP_SECONDS = 30;
    private static final long LOOK_MILLIS = 20;
    private static final long LAST_WORDS_MILLIS = 1_000;

    private final Process process;
    private final Path endpoints;
    private final List<String> words = Collections.synchronizedList(new ArrayList<>());

    private EmbeddedChild(Process process, Path endpoints) {
        this.process = process;
        this.endpoints = endpoints;
    }

    /** As the other, with nothing of theirs kept. */
    public static EmbeddedChild start(Path directory, String services, Consumer<String> progress)
            throws IOException, InterruptedException {
        return start(directory, services, "", progress);
    }

    /**
     * Starts them and returns when all answer.
     *
     * @param directory for their data and logs
     * @param services such as {@code kafka,dynamodb}
     * @param kept those of them whose data stays in the directory for the next time, or empty
     * @param progress told a line for each service, on a thread of its own
     * @throws CommandFailedException if one does not start; names its log
     */
    public static EmbeddedChild start(
            Path directory, String services, String kept, Consumer<String> progress)
            throws IOException, InterruptedException {
        Path endpoints = directory.resolve("endpoints.json");
        Files.createDirectories(directory.resolve("tmp"));
        Files.deleteIfExists(endpoints);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_FLAGS);
        command.add("-Djava.io.tmpdir=" + directory.resolve("tmp"));
        command.addAll(List.of("-cp", EmbeddedJars.classPath(), MAIN));
        command.addAll(List.of("--data-dir", directory.toString(), "--services", services));
        if (!kept.isEmpty()) {
            command.addAll(List.of("--keep", kept));
        }
        command.addAll(List.of("--endpoints-file", endpoints.toString()));
        Process process = new ProcessBuilder(command).start();
        EmbeddedChild child = new EmbeddedChild(process, endpoints);
        Thread reader = child.forward(process.getErrorStream(), progress);
        try {
            if (child.awaitReady()) {
                return child;
            }
            reader.join(LAST_WORDS_MILLIS);
        } catch (IOException | InterruptedException e) {
            child.close();
            throw e;
        }
        child.close();
        throw new CommandFailedException(
                "the embedded services did not start: "
                        + String.join("; ", child.words)
                        + " (logs in "
                        + directory.resolve("logs")
                        + ")");
    }

    /** Name, {@code real} or {@code stub}, and address of each, as they came up. */
    public List<String> services() {
        List<String> services = new ArrayList<>();
        for (String line : List.copyOf(words)) {
            Matcher service = SERVICE.matcher(line);
            if (service.find()) {
                services.add(service.group(1) + " " + service.group(2) + " " + service.group(3));
            }
        }
        return services;
    }

    /** Where the services are reached. */
    public ServiceAddresses addresses() throws IOException {
        JsonNode all = described();
        return new ServiceAddresses(
                all.path("kafka").path("bootstrap").asText(),
                all.path("dynamodb").path("endpoint").asText(),
                all.path("opensearch").path("endpoint").asText(),
                all.path("kinesis").path("endpoint").asText(),
                all.path("bedrock").path("endpoint").asText(),
                all.path("ssm").path("endpoint").asText(),
                new ChannelAddresses(
                        all.path("slack").path("endpoint").asText(),
                        all.path("pagerduty").path("endpoint").asText(),
                        all.path("smtp").path("port").asInt(),
                        all.path("smtp").path("imap_port").asInt()),
                all.path("dynamodb_replica").path("endpoint").asText());
    }

    /** Why a service that was asked for does not run, if it cannot be had on this machine. */
    public Optional<String> skipped(String service) throws IOException {
        JsonNode reason = described().path(service).path("skipped");
        return reason.isMissingNode() ? Optional.empty() : Optional.of(reason.asText());
    }

    private JsonNode described() throws IOException {
        return new ObjectMapper().readTree(endpoints.toFile());
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() throws IOException {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(endpoints);
    }

    /** Looks now and then rather than read and wait, so that it can be interrupted. */
    private boolean awaitReady() throws IOException, InterruptedException {
        BufferedReader answers =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        while (true) {
            boolean alive = process.isAlive();
            if (!answers.ready()) {
                if (!alive) {
                    return false;
                }
                Thread.sleep(LOOK_MILLIS);
            } else if (READY.equals(answers.readLine())) {
                return true;
            }
        }
    }

    private Thread forward(InputStream from, Consumer<String> progress) {
        Thread thread =
                new Thread(
                        () -> {
                            try (BufferedReader lines =
                                    new BufferedReader(
                                            new InputStreamReader(from, StandardCharsets.UTF_8))) {
                                lines.lines()
                                        .forEach(
                                                line -> {
                                                    words.add(line);
                                                    progress.accept(line);
                                                });
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        },
                        "embedded-progress");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
