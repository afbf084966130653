// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.connectors.ingest.KafkaAlertSource;
import io.incidentcommander.connectors.ingest.KafkaStart;
import io.incidentcommander.connectors.kafka.KafkaCluster;
import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.ConfigurationException;
import io.incidentcommander.jobs.configuration.ControlOptions;
import io.incidentcommander.jobs.configuration.LifecycleOptions;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.operators.OperatorUids;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.udfs.correlation.catalogue.ServiceTier;
import io.incidentcommander.udfs.correlation.control.ControlBook;
import io.incidentcommander.udfs.correlation.control.ControlFile;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import io.incidentcommander.udfs.lifecycle.IncidentCost;
import io.incidentcommander.udfs.lifecycle.TierCost;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** What {@code control.*} names: the files that hold from the start, and the topic of updates. */
public final class ControlInputs {
    private static final String SOURCE = "control";

    private ControlInputs() {}

    /**
     * The control files, read and checked.
     *
     * @throws ConfigurationException naming all that is wrong with them, each with its line
     */
    public static ControlSettings settings(CommanderConfiguration options) {
        return settings(options, List.of());
    }

    /** The same, after files that are at hand already. */
    static ControlSettings settings(CommanderConfiguration options, List<ControlFile> known) {
        List<String> paths = new ArrayList<>(options.get(ControlOptions.CONTROL_FILES));
        String topology = options.get(ControlOptions.CONTROL_TOPOLOGY);
        if (!topology.isEmpty()) {
            paths.add(topology);
        }
        List<ControlFile> files = new ArrayList<>(known);
        for (String path : paths) {
            files.add(new ControlFile(path, read(Path.of(path))));
        }
        int most = options.get(ControlOptions.CONTROL_MAX_SILENCES);
        List<Problems.Problem> problems = new ArrayList<>();
        ControlBook.of(files, most, problems);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(
                    problems.stream()
                            .map(Problems.Problem::toString)
                            .collect(Collectors.joining("\n")));
        }
        return new ControlSettings(
                files, most, options.get(ControlOptions.CONTROL_CHANGE_MEMORY).toMillis());
    }

    /** What services that are down cost. */
    public static TierCost cost(CommanderConfiguration options) {
        TierCost tiers =
                new TierCost(
                        Map.of(
                                ServiceTier.CRITICAL,
                                options.get(LifecycleOptions.COST_CRITICAL_PER_MINUTE),
                                ServiceTier.IMPORTANT,
                                options.get(LifecycleOptions.COST_IMPORTANT_PER_MINUTE),
                                ServiceTier.SUPPORTING,
                                options.get(LifecycleOptions.COST_SUPPORTING_PER_MINUTE)));
        return tiers.busy(options.get(LifecycleOptions.COST_BUSINESS_HOURS_FACTOR))
                .users(
                        options.get(LifecycleOptions.COST_USERS_ABOVE),
                        options.get(LifecycleOptions.COST_PER_USER_PER_MINUTE));
    }

    /** What incidents cost by the catalogues that hold from the start. */
    public static IncidentCost incidentCost(
            CommanderConfiguration options, ControlSettings control) {
        return new IncidentCost(
                cost(options),
                ControlBook.of(control.files(), control.maxSilences(), new ArrayList<>()));
    }

    /** The stream of updates, if a topic for it is configured. */
    public static Optional<DataStream<RawRecord>> addTo(
            StreamExecutionEnvironment env, CommanderConfiguration options) {
        if (options.get(ControlOptions.CONTROL_KAFKA_BOOTSTRAP_SERVERS).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                updates(
                        env,
                        KafkaClusters.at(ControlOptions.CONTROL_KAFKA_BOOTSTRAP_SERVERS, options),
                        options.get(ControlOptions.CONTROL_KAFKA_TOPIC),
                        options.get(ControlOptions.CONTROL_KAFKA_GROUP)));
    }

    /** All that was ever said on the topic, and what will be. */
    public static DataStream<RawRecord> updates(
            StreamExecutionEnvironment env, KafkaCluster cluster, String topic, String group) {
        return env.fromSource(
                        KafkaAlertSource.builder(SOURCE, cluster)
                                .topics(List.of(topic))
                                .groupId(group)
                                .startAt(KafkaStart.earliest())
                                .build(),
                        WatermarkStrategy.noWatermarks(),
                        SOURCE)
                .uid(OperatorUids.CONTROL_SOURCE)
                .setParallelism(1);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new ConfigurationException("no such control file: " + file, e);
        } catch (AccessDeniedException e) {
            throw new ConfigurationException("control file may not be read: " + file, e);
        } catch (MalformedInputException e) {
            throw new ConfigurationException("control file is not UTF-8: " + file, e);
        } catch (IOException e) {
            throw new ConfigurationException(
                    "control file " + file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
