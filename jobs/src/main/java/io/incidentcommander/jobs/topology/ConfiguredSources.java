// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.connectors.ingest.FileAlertSource;
import io.incidentcommander.connectors.ingest.KafkaAlertSource;
import io.incidentcommander.connectors.ingest.KafkaStart;
import io.incidentcommander.connectors.ingest.KinesisAlertSource;
import io.incidentcommander.datagen.ingest.GeneratorSource;
import io.incidentcommander.datagen.storm.StormSpec;
import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.CommanderOption;
import io.incidentcommander.jobs.configuration.ConfigurationException;
import io.incidentcommander.jobs.configuration.IngestOptions;
import io.incidentcommander.jobs.configuration.Transport;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.operators.OperatorUids;
import io.incidentcommander.operators.ingest.DecodingProvider;
import io.incidentcommander.udfs.ingest.SourceProfile;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The sources named by {@code source.<id>.*}: any number, of any transport, each with a uid. */
public final class ConfiguredSources {
    private final CommanderConfiguration options;

    /**
     * @throws ConfigurationException if no source is configured, or one has a name that is taken
     */
    public ConfiguredSources(CommanderConfiguration options) {
        this.options = options;
        if (options.sourceIds().isEmpty()) {
            throw new ConfigurationException(
                    "no source is configured; set source.<id>.transport and what it needs");
        }
        if (options.sourceIds().contains(AlertId.RAISED)) {
            throw new ConfigurationException(
                    "no source can be called "
                            + AlertId.RAISED
                            + ": alerts that the job raises about metrics are; choose another"
                            + " name");
        }
    }

    /** How each source's records are read. */
    public Map<String, SourceProfile> profiles() {
        Map<String, SourceProfile> profiles = new HashMap<>();
        options.sourceIds().forEach(id -> profiles.put(id, profile(id)));
        return profiles;
    }

    /**
     * How each source's records are decoded: CSV files by the mapping of their source.
     *
     * @throws ConfigurationException if a mapping is missing, cannot be read, or does not fit
     */
    public DecodingProvider decodings() {
        FileDecodings decodings = FileDecodings.recognisingRepeats();
        for (String id : options.sourceIds()) {
            if (transport(id) == Transport.FILE) {
                decodings = new ConfiguredFiles(options, id).addTo(decodings);
            } else if (profile(id).format().filter(f -> f == AlertFormat.CSV).isPresent()) {
                throw new ConfigurationException(
                        IngestOptions.SOURCE_FORMAT.keyOf(id)
                                + ": csv is read from files only; send JSON, or set transport:"
                                + " file");
            }
        }
        return decodings;
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
        required(IngestOptions.SOURCE_BOOTSTRAP_SERVERS, id);
        return KafkaAlertSource.builder(id, KafkaClusters.ofSource(id, options))
                .topics(List.of(required(IngestOptions.SOURCE_TOPIC, id)))
                .groupId(options.get(IngestOptions.SOURCE_GROUP, id))
                .startAt(KafkaStart.committed(KafkaStart.earliest()))
                .heartbeatInterval(options.get(IngestOptions.INGEST_HEARTBEAT_INTERVAL))
                .build();
    }

    private Source<RawRecord, ?, ?> files(String id) {
        return FileAlertSource.of(new ConfiguredFiles(options, id).files());
    }

    private Source<RawRecord, ?, ?> generator(String id) {
        return GeneratorSource.builder(StormSpec.builder().build())
                .sourceId(id)
                .rate(options.get(IngestOptions.SOURCE_RATE, id))
                .build();
    }

    private KinesisAlertSource kinesis(String id) {
        KinesisAlertSource source =
                KinesisAlertSource.of(
                                id,
                                required(IngestOptions.SOURCE_STREAM, id),
                                required(IngestOptions.SOURCE_REGION, id))
                        .heartbeatInterval(options.get(IngestOptions.INGEST_HEARTBEAT_INTERVAL));
        String endpoint = options.get(IngestOptions.SOURCE_ENDPOINT, id);
        return endpoint.isEmpty() ? source : source.properties(Map.of("aws.endpoint", endpoint));
    }

    private SourceProfile profile(String id) {
        SourceProfile profile =
                SourceProfile.detecting(id)
                        .withTenant(options.get(IngestOptions.SOURCE_TENANT, id))
                        .withIdentityLabels(options.get(IngestOptions.SOURCE_IDENTITY_LABELS, id));
        return format(options, id).map(profile::withFormat).orElse(profile);
    }

    /** Empty: each record by its content. */
    static Optional<AlertFormat> format(CommanderConfiguration options, String id) {
        String format = options.get(IngestOptions.SOURCE_FORMAT, id);
        if (format.equals("auto")) {
            return Optional.empty();
        }
        Optional<AlertFormat> named = AlertFormat.ofOptionName(format);
        if (named.isEmpty()) {
            throw new ConfigurationException(
                    IngestOptions.SOURCE_FORMAT.keyOf(id) + ": no such format: " + format);
        }
        return named;
    }

    private Transport transport(String id) {
        return options.get(IngestOptions.SOURCE_TRANSPORT, id);
    }

    private String required(CommanderOption<String> option, String id) {
        String value = options.get(option, id);
        if (value.isEmpty()) {
            throw missing(option, id);
        }
        return value;
    }

    private ConfigurationException missing(CommanderOption<?> option, String id) {
        return missing(option, id, transport(id));
    }

    static ConfigurationException missing(
            CommanderOption<?> option, String id, Transport transport) {
        return new ConfigurationException(
                option.keyOf(id)
                        + " is needed: source "
                        + id
                        + " is of transport "
                        + transport.name().toLowerCase(Locale.ROOT));
    }
}
