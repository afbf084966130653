// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A set of services that start together, in parallel, and stop together, in reverse order. All
 * methods may be called from any thread; {@link #close()} wins over a start in progress.
 */
public final class EmbeddedServices implements AutoCloseable {

    private static final long CLOSE_SECONDS = 15;

    private final Map<ServiceName, EmbeddedService> services = new LinkedHashMap<>();
    private final DataDirectory directory;
    private final Duration timeout;
    private final Consumer<String> progress;
    private final ExecutorService threads =
            Executors.newCachedThreadPool(
                    task -> {
                        // A start that hangs must not keep the process alive.
                        Thread thread = new Thread(task, "embedded-service");
                        thread.setDaemon(true);
                        return thread;
                    });
    private boolean closed;

    /**
     * @param timeout for each service to start
     * @param progress takes one line for each service as it starts: name, real or stub, address,
     *     seconds
     */
    EmbeddedServices(
            List<EmbeddedService> services,
            DataDirectory directory,
            Duration timeout,
            Consumer<String> progress) {
        services.forEach(service -> this.services.put(service.name(), service));
        this.directory = directory;
        this.timeout = timeout;
        this.progress = progress;
    }

    /**
     * Starts all.
     *
     * @throws EmbeddedStartException naming every service that failed; the others still run and end
     *     with {@link #close()}
     */
    public Endpoints start() throws EmbeddedStartException, InterruptedException {
        Map<ServiceName, Future<StartOutcome>> starting = new EnumMap<>(ServiceName.class);
        services.forEach(
                (name, service) -> starting.put(name, threads.submit(() -> startTimed(service))));
        long deadline = System.nanoTime() + timeout.toNanos();
        Map<ServiceName, StartOutcome> outcomes = new EnumMap<>(ServiceName.class);
        List<EmbeddedStartException> failures = new ArrayList<>();
        for (Map.Entry<ServiceName, Future<StartOutcome>> entry : starting.entrySet()) {
            try {
                outcomes.put(entry.getKey(), await(entry.getKey(), entry.getValue(), deadline));
            } catch (EmbeddedStartException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw together(failures);
        }
        return new Endpoints(outcomes);
    }

    /** Starts a service again after {@link #stop}. */
    public StartOutcome start(ServiceName name)
            throws EmbeddedStartException, InterruptedException {
        EmbeddedService service = service(name);
        return await(
                name,
                threads.submit(() -> startTimed(service)),
                System.nanoTime() + timeout.toNanos());
    }

    /** An outage of one service; {@link #start(ServiceName)} ends it. */
    public void stop(ServiceName name) throws Exception {
        EmbeddedService service = service(name);
        synchronized (service) {
            service.stop();
        }
    }

    /** Stops all in reverse order; what does not stop in time is left behind with its threads. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        List<EmbeddedService> reverse = new ArrayList<>(services.values());
        Collections.reverse(reverse);
        for (EmbeddedService service : reverse) {
            closeWithin(service);
        }
        threads.shutdownNow();
    }

    private EmbeddedService service(ServiceName name) {
        EmbeddedService service = services.get(name);
        if (service == null) {
            throw new IllegalArgumentException(name.word() + " is not among the services here.");
        }
        return service;
    }

    private StartOutcome startTimed(EmbeddedService service) throws Exception {
        long begin = System.nanoTime();
        StartOutcome outcome;
        try {
            synchronized (service) {
                outcome = service.start();
            }
        } catch (Exception | LinkageError e) {
            logFailure(service.name(), e);
            throw e;
        }
        progress.accept(line(service.name(), outcome, System.nanoTime() - begin));
        return outcome;
    }

    /** The message on the terminal is one line; what a reader needs beyond it is in the log. */
    private void logFailure(ServiceName name, Throwable failure) throws IOException {
        try (PrintWriter log =
                new PrintWriter(
                        Files.newBufferedWriter(
                                directory.log(name),
                                StandardOpenOption.CREATE,
                                StandardOpenOption.APPEND))) {
            failure.printStackTrace(log);
        }
    }

    private StartOutcome await(ServiceName name, Future<StartOutcome> starting, long deadline)
            throws EmbeddedStartException, InterruptedException {
        try {
            return starting.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            starting.cancel(true);
            throw new EmbeddedStartException(
                    name.word()
                            + " did not start within "
                            + timeout.toSeconds()
                            + " s; see "
                            + directory.log(name),
                    e);
        } catch (ExecutionException e) {
            throw new EmbeddedStartException(
                    name.word()
                            + " did not start: "
                            + e.getCause()
                            + "; see "
                            + directory.log(name),
                    e.getCause());
        }
    }

    private static EmbeddedStartException together(List<EmbeddedStartException> failures) {
        List<String> messages = failures.stream().map(Throwable::getMessage).toList();
        EmbeddedStartException all =
                new EmbeddedStartException(
                        String.join(System.lineSeparator(), messages), failures.get(0).getCause());
        failures.stream().skip(1).forEach(all::addSuppressed);
        return all;
    }

    private void closeWithin(EmbeddedService service) {
        Future<?> closing =
                threads.submit(
                        () -> {
                            synchronized (service) {
                                service.close();
                            }
                            return null;
                        });
        try {
            closing.get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            closing.cancel(true);
            progress.accept(service.name().word() + " did not stop cleanly: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String line(ServiceName name, StartOutcome outcome, long nanos) {
        String what =
                outcome instanceof StartOutcome.Started started
                        ? started.endpoint().text()
                        : "skipped: " + ((StartOutcome.Skipped) outcome).reason();
        return String.format(
                Locale.ROOT,
                "%-16s %-4s %-24s %4.1f s",
                name.word(),
                name.kind().word(),
                what,
                nanos / 1e9);
    }
}
