// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.connectors.ingest.AlertFile;
import io.incidentcommander.connectors.ingest.AlertPaths;
import io.incidentcommander.connectors.ingest.FileAlertSource;
import io.incidentcommander.connectors.ingest.Framing;
import io.incidentcommander.connectors.ingest.KafkaAlertSource;
import io.incidentcommander.connectors.ingest.KafkaStart;
import io.incidentcommander.connectors.ingest.KinesisAlertSource;
import io.incidentcommander.datagen.ingest.GeneratorSource;
import io.incidentcommander.datagen.storm.StormSpec;
import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.CommanderOption;
import io.incidentcommander.jobs.configuration.CommanderOptions;
import io.incidentcommander.jobs.configuration.ConfigurationException;
import io.incidentcommander.jobs.configuration.Transport;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.operators.OperatorUids;
import io.incidentcommander.udfs.ingest.SourceProfile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The sources named by {@code source.<id>.*}: any number, of any transport, each with a uid. */
public final class ConfiguredSources {
    private final CommanderConfiguration options;

    /**
     * @throws ConfigurationException if no source is configured
     */
    public ConfiguredSources(CommanderConfiguration options) {
        this.options = options;
        if (options.sourceIds().isEmpty()) {
            throw new ConfigurationException(
                    "no source is configured; set source.<id>.transport and what it needs");
        }
    }

    /** How each source's records are read. */
    public Map<String, SourceProfile> profiles() {
        Map<String, SourceProfile> profiles = new HashMap<>();
        options.sourceIds().forEach(id -> profiles.put(id, profile(id)));
        return profiles;
    }

    /** Whether every source ends by itself and has no arrival times. */
    public boolean areFinite() {
        return options.sourceIds().stream().allMatch(id -> transport(id) == Transport.FILE);
    }

    /** All sources as one stream. */
    public DataStream<RawRecord> addTo(StreamExecutionEnvironment env) {
        List<DataStream<RawRecord>> streams =
                options.sourceIds().stream().map(id -> add(env, id)).collect(Collectors.toList());
        DataStream<RawRecord> all = streams.get(0);
        for (DataStream<RawRecord> other : streams.subList(1, streams.size())) {
            all = all.union(other);
        }
        return all;
    }

    private DataStream<RawRecord> add(StreamExecutionEnvironment env, String id) {
        switch (transport(id)) {
            case KAFKA:
                return add(env, id, kafka(id));
            case FILE:
                return add(env, id, files(id));
            case GENERATOR:
                return add(env, id, generator(id));
            case KINESIS:
                // Few shards would leave subtasks idle, and decoding is what costs.
                return kinesis(id)
                        .add(env)
                        .uid(OperatorUids.SOURCE_PREFIX + id)
                        .name(id)
                        .rebalance();
            default:
                throw new IllegalStateException("No such transport: " + transport(id));
        }
    }

    private static DataStream<RawRecord> add(
            StreamExecutionEnvironment env, String id, Source<RawRecord, ?, ?> source) {
        return env.fromSource(source, WatermarkStrategy.noWatermarks(), id)
                .uid(OperatorUids.SOURCE_PREFIX + id);
    }

    private Source<RawRecord, ?, ?> kafka(String id) {
        return KafkaAlertSource.builder(id, required(CommanderOptions.SOURCE_BOOTSTRAP_SERVERS, id))
                .topics(List.of(required(CommanderOptions.SOURCE_TOPIC, id)))
                .groupId(options.get(CommanderOptions.SOURCE_GROUP, id))
                .startAt(KafkaStart.committed(KafkaStart.earliest()))
                .heartbeatInterval(options.get(CommanderOptions.INGEST_HEARTBEAT_INTERVAL))
                .build();
    }

    private Source<RawRecord, ?, ?> files(String id) {
        List<String> paths = options.get(CommanderOptions.SOURCE_PATHS, id);
        if (paths.isEmpty()) {
            throw missing(CommanderOptions.SOURCE_PATHS, id);
        }
        List<AlertFile> files = new ArrayList<>();
        for (String path : paths) {
            filesAt(path, id).forEach(file -> files.add(AlertFile.of(id, file, Framing.AUTO)));
        }
        return FileAlertSource.of(files);
    }

    private static List<String> filesAt(String path, String id) {
        try {
            List<String> files = AlertPaths.filesAt(path);
            if (files.isEmpty()) {
                throw new ConfigurationException(
                        CommanderOptions.SOURCE_PATHS.keyOf(id)
                                + ": no file in the directory "
                                + path);
            }
            return files;
        } catch (IOException e) {
            throw new ConfigurationException(
                    CommanderOptions.SOURCE_PATHS.keyOf(id) + ": cannot be read: " + path, e);
        }
    }

    private Source<RawRecord, ?, ?> generator(String id) {
        return GeneratorSource.builder(StormSpec.builder().build())
                .sourceId(id)
                .rate(options.get(CommanderOptions.SOURCE_RATE, id))
                .build();
    }

    private KinesisAlertSource kinesis(String id) {
        KinesisAlertSource source =
                KinesisAlertSource.of(
                                id,
                                required(CommanderOptions.SOURCE_STREAM, id),
                                required(CommanderOptions.SOURCE_REGION, id))
                        .heartbeatInterval(options.get(CommanderOptions.INGEST_HEARTBEAT_INTERVAL));
        String endpoint = options.get(CommanderOptions.SOURCE_ENDPOINT, id);
        return endpoint.isEmpty() ? source : source.properties(Map.of("aws.endpoint", endpoint));
    }

    private SourceProfile profile(String id) {
        SourceProfile profile =
                SourceProfile.detecting(id)
                        .withTenant(options.get(CommanderOptions.SOURCE_TENANT, id))
                        .withIdentityLabels(
                                options.get(CommanderOptions.SOURCE_IDENTITY_LABELS, id));
        String format = options.get(CommanderOptions.SOURCE_FORMAT, id);
        if (format.equals("auto")) {
            return profile;
        }
        return profile.withFormat(
                AlertFormat.ofOptionName(format)
                        .orElseThrow(
                                () ->
                                        new ConfigurationException(
                                                CommanderOptions.SOURCE_FORMAT.keyOf(id)
                                                        + ": no such format: "
                                                        + format)));
    }

    private Transport transport(String id) {
        return options.get(CommanderOptions.SOURCE_TRANSPORT, id);
    }

    private String required(CommanderOption<String> option, String id) {
        String value = options.get(option, id);
        if (value.isEmpty()) {
            throw missing(option, id);
        }
        return value;
    }

    private ConfigurationException missing(CommanderOption<?> option, String id) {
        return new ConfigurationException(
                option.keyOf(id)
                        + " is needed: source "
                        + id
                        + " is of transport "
                        + transport(id).name().toLowerCase(Locale.ROOT));
    }
}
