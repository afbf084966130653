// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import java.nio.file.Path;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilderFactory;
import org.apache.logging.log4j.core.config.builder.impl.BuiltConfiguration;

/** Sends what the libraries log into a file, so that the terminal is ours alone. */
final class RunLog {
    private static final String APPENDER = "file";

    private RunLog() {}

    /** From now on, {@code commander.log} in this directory; Flink and Kafka from WARN on. */
    static Path into(Path directory) {
        Path file = directory.resolve("commander.log");
        ConfigurationBuilder<BuiltConfiguration> builder =
                ConfigurationBuilderFactory.newConfigurationBuilder();
        builder.setStatusLevel(Level.ERROR);
        builder.setShutdownHook("disable");
        builder.add(
                builder.newAppender(APPENDER, "File")
                        .addAttribute("fileName", file.toString())
                        .add(
                                builder.newLayout("PatternLayout")
                                        .addAttribute(
                                                "pattern", "%d{ISO8601} %-5p %c{1} [%t] %m%n")));
        Level level = Level.toLevel(System.getProperty("commander.log.level"), Level.WARN);
        builder.add(builder.newRootLogger(level).add(builder.newAppenderRef(APPENDER)));
        LoggerContext context =
                (LoggerContext) org.apache.logging.log4j.LogManager.getContext(false);
        Configurator.reconfigure(builder.build());
        context.updateLoggers();
        return file;
    }
}
