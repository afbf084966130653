// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import io.incidentcommander.embedded.ControlProtocol.Command;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Runs a set of embedded services until standard input ends or the process is asked to end.
 *
 * <p>The end of standard input is how a parent's death shows, however it died. Commands and answers
 * are {@link ControlProtocol}'s. On the way out everything but the logs, and what is to be kept, is
 * deleted. Exit codes: 0 stopped, 1 a service did not start, 2 wrong usage.
 *
 * <p>All servers share one JVM and one flat class path. Tried: with one logging system (log4j 2),
 * one commons-logging (Spring's), SLF4J 2 and one release each of Jackson, Netty and Jetty 12 they
 * do not disturb each other, and one heap of {@link EmbeddedProcess#HEAP} serves all, where a JVM
 * or a class loader each would cost several hundred megabytes more. Only Kinesis is a process of
 * its own: it is a Node program.
 */
public final class EmbeddedMain {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(300);

    private EmbeddedMain() {}

    public static void main(String[] arguments) throws IOException {
        EmbeddedOptions options;
        try {
            options = EmbeddedOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(EmbeddedOptions.USAGE);
            System.exit(2);
            return;
        }
        System.exit(run(options));
    }

    private static int run(EmbeddedOptions options) throws IOException {
        DataDirectory directory = new DataDirectory(options.dataDir(), options.kept());
        QuietTerminal terminal = QuietTerminal.install(directory);
        directory.deleteTemporary();
        System.setProperty("java.io.tmpdir", directory.temporary().toString());
        EmbeddedServices services =
                new EmbeddedServices(
                        new ServiceCatalog(directory, options.kafkaLogin())
                                .services(options.services()),
                        directory,
                        START_TIMEOUT,
                        terminal.progress()::println);
        Thread onTermination = new Thread(() -> end(services, directory, options), "embedded-end");
        Runtime.getRuntime().addShutdownHook(onTermination);
        try {
            Endpoints endpoints = services.start();
            announce(endpoints, options.endpointsFile(), terminal.answers());
            obey(services, terminal.answers());
            return 0;
        } catch (EmbeddedStartException e) {
            terminal.progress().println(e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static void announce(Endpoints endpoints, Optional<Path> file, PrintStream answers)
            throws IOException {
        if (file.isPresent()) {
            EndpointsFile.write(file.get(), endpoints);
        }
        endpoints
                .outcomes()
                .forEach(
                        (service, outcome) ->
                                answers.println(ControlProtocol.announce(service, outcome)));
        answers.println(ControlProtocol.READY);
        answers.flush();
    }

    /** Carries out commands until there are no more. */
    private static void obey(EmbeddedServices services, PrintStream answers) throws IOException {
        BufferedReader commands =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            try {
                Command command = Command.parse(line);
                if (command.service().isEmpty()) {
                    return;
                }
                obey(services, command.verb(), command.service().get());
                answers.println(ControlProtocol.OK);
            } catch (Exception e) {
                // A command that fails is the caller's to judge; the other services run on.
                answers.println(
                        ControlProtocol.ERROR
                                + String.join(" ", List.of(e.toString().split("\\R"))));
            }
            answers.flush();
        }
    }

    private static void obey(
            EmbeddedServices services, ControlProtocol.Verb verb, ServiceName service)
            throws Exception {
        switch (verb) {
            case STOP -> services.stop(service);
            case START -> services.start(service);
            case RESTART -> {
                services.stop(service);
                services.start(service);
            }
        }
    }

    private static void end(
            EmbeddedServices services, DataDirectory directory, EmbeddedOptions options) {
        services.close();
        try {
            directory.deleteTemporary();
            if (options.endpointsFile().isPresent()) {
                Files.deleteIfExists(options.endpointsFile().get());
            }
        } catch (IOException e) {
            System.err.println("Could not delete all temporary files: " + e);
        }
    }
}
