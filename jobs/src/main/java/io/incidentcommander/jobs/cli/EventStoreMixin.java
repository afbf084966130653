// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import io.incidentcommander.jobs.audit.ChainCheck;
import io.incidentcommander.jobs.audit.ChainStore;
import io.incidentcommander.jobs.audit.EventFile;
import io.incidentcommander.jobs.audit.EventTableChains;
import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.ConfigurationException;
import io.incidentcommander.jobs.configuration.SinkOptions;
import io.incidentcommander.jobs.topology.EventTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which incident, and where its events are. */
final class EventStoreMixin {
    @Parameters(paramLabel = "INCIDENT_ID", description = "As in events and incidents.ndjson.")
    private String incidentId;

    @Option(
            names = "--data-dir",
            paramLabel = "D",
            description = {
                "Read the copies that a run with --data-dir D left, one of each region, for its"
                        + " DynamoDB is gone.",
                "Default: the table of sink.dynamodb.*, and its replica if there is one."
            })
    private Path dataDir;

    @Mixin private ConfigurationMixin configuration;

    String incidentId() {
        return incidentId;
    }

    /** Of the run, if its copy is read. */
    Optional<Path> dataDir() {
        return Optional.ofNullable(dataDir);
    }

    boolean isCopy() {
        return dataDir != null;
    }

    /** Reads, and hands over what was read while the stores are open. */
    <T> T check(Use<T> use) throws IOException {
        if (isCopy()) {
            Path file = dataDir.resolve(EventFile.NAME);
            InputFiles.requireReadable(file);
            Path second = dataDir.resolve(EventFile.REPLICA_NAME);
            return use(
                    new EventFile(file),
                    Optional.of(second).filter(Files::exists).map(EventFile::new),
                    use);
        }
        CommanderConfiguration options = configuration.load(Map.of());
        String table = options.get(SinkOptions.SINK_DYNAMODB_TABLE);
        String replica = options.get(SinkOptions.SINK_DYNAMODB_REPLICA_TABLE);
        if (table.isEmpty()) {
            throw new ConfigurationException(
                    "where are the events? Set sink.dynamodb.table, or give --data-dir D of a run");
        }
        try (EventTableChains primary = EventTables.chains(options).open()) {
            if (replica.isEmpty()) {
                return use(primary, Optional.empty(), use);
            }
            try (EventTableChains second = EventTables.replicaChains(options).open()) {
                return use(primary, Optional.of(second), use);
            }
        }
    }

    private <T> T use(ChainStore primary, Optional<ChainStore> replica, Use<T> use)
            throws IOException {
        ChainCheck check = ChainCheck.of(incidentId, primary, replica);
        if (check.isUnknown()) {
            throw new InputUnusableException(
                    "there are no events of incident " + incidentId + " in " + primary.label());
        }
        return use.with(
                check,
                primary.label() + replica.map(second -> " and " + second.label()).orElse(""));
    }

    /** What is done with it. */
    interface Use<T> {
        /**
         * @param label what was read
         */
        T with(ChainCheck check, String label) throws IOException;
    }
}
