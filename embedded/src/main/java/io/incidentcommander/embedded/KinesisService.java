// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Kinesis as kinesis-local speaks it, in a Node process that ends when this JVM does, however it
 * ends. Streams do not survive {@link #stop()}, and a new start has a new address. Skipped where
 * Node is not installed or its package cannot be had.
 */
final class KinesisService implements EmbeddedService {

    private static final long START_SECONDS = 240;
    private static final long STOP_SECONDS = 5;
    private static final String LISTENING = "listening ";

    /** Not bound: how the wrapper tells the plain listener from the TLS one. */
    private static final String PLAIN_PORT = "4568";

    private final Path data;
    private final Path cache;
    private final Path log;
    private final Executables executables;
    private Process process;
    private int port;

    KinesisService(Path data, Path cache, Path log, Executables executables) {
        this.data = data;
        this.cache = cache;
        this.log = log;
        this.executables = executables;
    }

    @Override
    public ServiceName name() {
        return ServiceName.KINESIS;
    }

    @Override
    public StartOutcome start() throws Exception {
        if (process == null) {
            Optional<Path> node = executables.find("node");
            Optional<Path> npm = executables.find("npm");
            if (node.isEmpty() || npm.isEmpty()) {
                return new StartOutcome.Skipped("Node is not installed");
            }
            KinesisPackage installed;
            try {
                installed = KinesisPackage.installedIn(cache, npm.get(), log);
            } catch (IOException e) {
                return new StartOutcome.Skipped(e.getMessage());
            }
            launch(node.get(), installed);
        }
        return new StartOutcome.Started(Http.at(port));
    }

    @Override
    public void stop() throws IOException, InterruptedException {
        if (process != null) {
            process.getOutputStream().close();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            process = null;
        }
    }

    private void launch(Path node, KinesisPackage installed)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        ProcessBuilder builder =
                new ProcessBuilder(
                                List.of(
                                        node.toString(),
                                        "--max-old-space-size=256",
                                        Resources.copy("kinesis/loopback.js", data).toString(),
                                        installed.main().toString(),
                                        PLAIN_PORT))
                        .directory(installed.serverDirectory().toFile())
                        .redirectErrorStream(true);
        builder.environment().put("KINESIS_MOCK_PLAIN_PORT", PLAIN_PORT);
        builder.environment().put("KINESIS_MOCK_TLS_PORT", "4567");
        builder.environment().put("LOG_LEVEL", "WARN");
        process = builder.start();
        CompletableFuture<Integer> listening = new CompletableFuture<>();
        Process started = process;
        Thread reader = new Thread(() -> drain(started, listening), "kinesis-output");
        reader.setDaemon(true);
        reader.start();
        port = listening.get(START_SECONDS, TimeUnit.SECONDS);
    }

    /** Copies the server's output to the log and completes with the port it says it listens on. */
    private void drain(Process started, CompletableFuture<Integer> listening) {
        try (BufferedReader output = started.inputReader(StandardCharsets.UTF_8);
                PrintWriter writer =
                        new PrintWriter(
                                Files.newBufferedWriter(
                                        log,
                                        StandardOpenOption.CREATE,
                                        StandardOpenOption.APPEND))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                writer.println(line);
                writer.flush();
                if (line.startsWith(LISTENING)) {
                    listening.complete(Integer.parseInt(line.substring(LISTENING.length())));
                }
            }
        } catch (IOException e) {
            listening.completeExceptionally(new UncheckedIOException(e));
        } finally {
            listening.completeExceptionally(
                    new IOException("kinesis-local ended before it listened"));
        }
    }
}
