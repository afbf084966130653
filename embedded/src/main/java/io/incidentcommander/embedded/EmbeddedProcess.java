// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import io.incidentcommander.embedded.ControlProtocol.Command;
import io.incidentcommander.embedded.ControlProtocol.Verb;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Embedded services in a JVM of their own, on a class path of their own: the handle that tests and
 * the launcher hold. The child ends with {@link #close()} and also when this process dies.
 *
 * <p>Needs none of the servers on the caller's class path. Safe for use by several threads, one
 * command at a time.
 */
public final class EmbeddedProcess implements AutoCloseable {

    /** Heap of the child, for all services together; the whole of it stays under 2 GB. */
    public static final String HEAP = "768m";

    private static final List<String> JVM_FLAGS =
            List.of(
                    "-Xms192m",
                    "-Xmx" + HEAP,
                    "-XX:MaxDirectMemorySize=256m",
                    "-XX:+UseSerialGC",
                    // Halves the processor time of a start (28 s to 16 s for all services): most of
                    // the rest is the optimizing compiler, for code that runs once.
                    "-XX:TieredStopAtLevel=1",
                    "-XX:-UsePerfData",
                    "-XX:+ExitOnOutOfMemoryError",
                    "-Djava.awt.headless=true",
                    "-Djava.net.preferIPv4Stack=true",
                    "-Dopensearch.set.netty.runtime.available.processors=false");
    private static final long STOP_SECONDS = 120;

    private final DataDirectory directory;
    private final Process process;
    private final Thread progressReader;
    private final List<String> progressLines = Collections.synchronizedList(new ArrayList<>());
    private final BufferedReader answers;
    private final Endpoints endpoints;

    private EmbeddedProcess(DataDirectory directory, Process process, Consumer<String> progress)
            throws IOException {
        this.directory = directory;
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.progressReader = new Thread(() -> forward(progress), "embedded-progress");
        progressReader.setDaemon(true);
        progressReader.start();
        this.endpoints = awaitReady();
    }

    /**
     * Starts these services and returns when all answer.
     *
     * @param dataDir where they keep their data and logs; everything but {@code logs/} is deleted
     *     when they stop
     * @throws IOException if one does not start; the message names its log
     */
    public static EmbeddedProcess start(Path dataDir, Set<ServiceName> services)
            throws IOException {
        return start(dataDir, services, line -> {});
    }

    /**
     * As {@link #start(Path, Set)}.
     *
     * @param progress takes one line per service as it starts, on a thread of its own
     */
    public static EmbeddedProcess start(
            Path dataDir, Set<ServiceName> services, Consumer<String> progress) throws IOException {
        return start(dataDir, services, progress, List.of());
    }

    /** As {@link #start(Path, Set)}, with a Kafka that lets nobody in but this one. */
    public static EmbeddedProcess start(
            Path dataDir, Set<ServiceName> services, KafkaLogin kafkaLogin) throws IOException {
        return start(dataDir, services, line -> {}, List.of("--kafka-login", kafkaLogin.text()));
    }

    private static EmbeddedProcess start(
            Path dataDir, Set<ServiceName> services, Consumer<String> progress, List<String> more)
            throws IOException {
        DataDirectory directory = new DataDirectory(dataDir);
        List<String> command = command(dataDir, directory, services);
        command.addAll(more);
        Process process = new ProcessBuilder(command).start();
        try {
            return new EmbeddedProcess(directory, process, progress);
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** Where the services are reached. */
    public Endpoints endpoints() {
        return endpoints;
    }

    /** The operating system's id of the child. */
    public long pid() {
        return process.pid();
    }

    /** An outage: the service's port refuses connections until {@link #startAgain}. */
    public void stop(ServiceName service) throws IOException {
        order(new Command(Verb.STOP, Optional.of(service)));
    }

    /** Ends an outage: the service answers at its old address, with its data if it keeps any. */
    public void startAgain(ServiceName service) throws IOException {
        order(new Command(Verb.START, Optional.of(service)));
    }

    /** A short outage. */
    public void restart(ServiceName service) throws IOException {
        order(new Command(Verb.RESTART, Optional.of(service)));
    }

    /** Stops all services, waits for the child to end and deletes what it left but the logs. */
    @Override
    public synchronized void close() throws IOException {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            progressReader.join();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        directory.deleteTemporary();
    }

    private static List<String> command(
            Path dataDir, DataDirectory directory, Set<ServiceName> services) {
        EmbeddedClassPath classPath = EmbeddedClassPath.find();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_FLAGS);
        command.add("-Djava.io.tmpdir=" + directory.temporary());
        classPath
                .cache()
                .ifPresent(cache -> command.add("-D" + ServiceCatalog.KINESIS_CACHE + "=" + cache));
        command.addAll(List.of("-cp", classPath.text(), EmbeddedMain.class.getName()));
        command.addAll(List.of("--data-dir", dataDir.toAbsolutePath().toString()));
        command.addAll(
                List.of(
                        "--services",
                        EnumSet.copyOf(services).stream()
                                .map(ServiceName::word)
                                .collect(Collectors.joining(","))));
        return command;
    }

    private Endpoints awaitReady() throws IOException {
        ControlProtocol.Announcements announcements = new ControlProtocol.Announcements();
        String line = answers.readLine();
        while (line != null && !line.equals(ControlProtocol.READY)) {
            announcements.add(line);
            line = answers.readLine();
        }
        if (line == null) {
            throw new IOException("The embedded services did not start: " + lastWords());
        }
        return announcements.endpoints();
    }

    private synchronized void order(Command command) throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).append(command.line()).append('\n').flush();
        String answer = answers.readLine();
        if (!ControlProtocol.OK.equals(answer)) {
            throw new IOException(
                    "'" + command.line() + "' failed: " + (answer == null ? lastWords() : answer));
        }
    }

    private String lastWords() throws IOException {
        try {
            progressReader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return String.join(System.lineSeparator(), progressLines)
                + " (logs: "
                + directory.logs()
                + ")";
    }

    private void forward(Consumer<String> progress) {
        try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                progressLines.add(line);
                progress.accept(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The embedded services' progress is unreadable", e);
        }
    }
}
