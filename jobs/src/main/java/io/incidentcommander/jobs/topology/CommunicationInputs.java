// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.CommunicationOptions;
import io.incidentcommander.jobs.configuration.ConfigurationException;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.udfs.communication.routing.RoutingFile;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is told, by {@code communication.*}. */
public final class CommunicationInputs {
    private static final Logger LOG = LoggerFactory.getLogger(CommunicationInputs.class);

    private CommunicationInputs() {}

    /**
     * Empty if nobody is to be told.
     *
     * @throws ConfigurationException naming all that is wrong with the routing file, each with its
     *     line; or if there is no outbox
     */
    public static Optional<CommunicationStage> of(
            CommanderConfiguration options, ControlSettings control) {
        String path = options.get(CommunicationOptions.COMMUNICATION_ROUTING_FILE);
        if (path.isEmpty()) {
            return Optional.empty();
        }
        if (options.get(CommunicationOptions.COMMUNICATION_OUTBOX_BOOTSTRAP_SERVERS).isEmpty()) {
            throw new ConfigurationException(
                    CommunicationOptions.COMMUNICATION_OUTBOX_BOOTSTRAP_SERVERS.key()
                            + " is needed: where messages wait for their delivery");
        }
        return Optional.of(
                new CommunicationStage(
                        checked(path, read(Path.of(path))),
                        control,
                        ResponseSettings.channels(options)));
    }

    /**
     * As the file says that the options name, if they name one.
     *
     * @param routing text of a routing file that holds otherwise
     */
    public static CommunicationStage orElse(
            CommanderConfiguration options, String routing, ControlSettings control) {
        String path = options.get(CommunicationOptions.COMMUNICATION_ROUTING_FILE);
        return new CommunicationStage(
                path.isEmpty()
                        ? checked("the routing of the run", routing)
                        : checked(path, read(Path.of(path))),
                control,
                ResponseSettings.channels(options));
    }

    /**
     * The text, if it is a routing file.
     *
     * @param name for what is wrong with it
     */
    static String checked(String name, String text) {
        Problems problems = new Problems(name);
        RoutingFile file = RoutingFile.read(text, problems);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(
                    problems.all().stream()
                            .map(Problems.Problem::toString)
                            .collect(Collectors.joining("\n")));
        }
        SortedSet<String> unused = file.unused();
        if (!unused.isEmpty()) {
            LOG.warn("No route of {} leads to {}", name, unused);
        }
        return text;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new ConfigurationException("no such routing file: " + file, e);
        } catch (IOException e) {
            throw new ConfigurationException(
                    "routing file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
