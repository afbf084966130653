// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * Keeps the servers off the terminal: log4j 2, SLF4J and JUL write one file per service, and what a
 * server prints goes to {@code console.log}. The process itself speaks through {@link #answers()}
 * and {@link #progress()}.
 *
 * <p>Must be made before any server class is loaded: each logging system reads its settings once.
 */
final class QuietTerminal {

    private static final String CONFIGURATION =
            "classpath:io/incidentcommander/embedded/embedded-log4j2.xml";

    private final PrintStream answers = System.out;
    private final PrintStream progress = System.err;

    private QuietTerminal() {}

    static QuietTerminal install(DataDirectory directory) throws IOException {
        QuietTerminal terminal = new QuietTerminal();
        Path logs = directory.logs();
        System.setProperty("commander.embedded.logs", logs.toString());
        System.setProperty("log4j2.configurationFile", CONFIGURATION);
        System.setProperty("java.util.logging.manager", "org.apache.logging.log4j.jul.LogManager");
        // Spring Boot would set up logging anew for the whole process.
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        PrintStream console =
                new PrintStream(
                        new FileOutputStream(logs.resolve("console.log").toFile(), true),
                        true,
                        StandardCharsets.UTF_8);
        System.setOut(console);
        System.setErr(console);
        // Bound by one thread: of services that start at the same time, SLF4J drops the first
        // words.
        LoggerFactory.getILoggerFactory();
        return terminal;
    }

    /** Standard output, for the control protocol alone. */
    PrintStream answers() {
        return answers;
    }

    /** Standard error, for one line per service. */
    PrintStream progress() {
        return progress;
    }
}
