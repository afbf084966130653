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
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

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
    private static final long STOP_SECONDS = 30;

    private final Process process;
    private final Path endpoints;

    private EmbeddedChild(Process process, Path endpoints) {
        this.process = process;
        this.endpoints = endpoints;
    }

    /**
     * Starts them and returns when all answer.
     *
     * @param directory for their data and logs
     * @param services such as {@code kafka,dynamodb}
     * @param progress told a line for each service, on a thread of its own
     * @throws CommandFailedException if one does not start; names its log
     */
    public static EmbeddedChild start(Path directory, String services, Consumer<String> progress)
            throws IOException {
        Path endpoints = directory.resolve("endpoints.json");
        Files.createDirectories(directory.resolve("tmp"));
        Files.deleteIfExists(endpoints);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_FLAGS);
        command.add("-Djava.io.tmpdir=" + directory.resolve("tmp"));
        command.addAll(List.of("-cp", EmbeddedJars.classPath(), MAIN));
        command.addAll(List.of("--data-dir", directory.toString(), "--services", services));
        command.addAll(List.of("--endpoints-file", endpoints.toString()));
        Process process = new ProcessBuilder(command).start();
        EmbeddedChild child = new EmbeddedChild(process, endpoints);
        List<String> words = new ArrayList<>();
        Thread reader = forward(process.getErrorStream(), words, progress);
        if (!child.awaitReady()) {
            child.close();
            join(reader);
            throw new CommandFailedException(
                    "the embedded services did not start: "
                            + String.join("; ", words)
                            + " (logs in "
                            + directory.resolve("logs")
                            + ")");
        }
        return child;
    }

    /** Where the services are reached. */
    public ServiceAddresses addresses() throws IOException {
        JsonNode all = new ObjectMapper().readTree(endpoints.toFile());
        return new ServiceAddresses(
                all.path("kafka").path("bootstrap").asText(),
                all.path("dynamodb").path("endpoint").asText(),
                all.path("opensearch").path("endpoint").asText());
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

    private boolean awaitReady() throws IOException {
        BufferedReader answers =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = answers.readLine();
        while (line != null && !line.equals(READY)) {
            line = answers.readLine();
        }
        return line != null;
    }

    private static Thread forward(InputStream from, List<String> words, Consumer<String> progress) {
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

    private static void join(Thread reader) {
        try {
            reader.join(1000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
