// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.configuration;

import java.time.Duration;
import java.util.List;

/** Where alerts come from, and what their times mean. */
public final class IngestOptions {
    private static final OptionType<Integer> AT_LEAST_ONE =
            OptionType.integer(1, Integer.MAX_VALUE);
    private static final OptionType<Duration> DURATION = OptionType.duration();
    private static final OptionType<String> TEXT = OptionType.text();
    private static final PropertyNames KAFKA = new KafkaClientProperties();

    public static final CommanderOption<Transport> SOURCE_TRANSPORT =
            CommanderOption.of(
                    "source.<id>.transport",
                    OptionType.oneOf(Transport.class),
                    "kafka",
                    "How the records of source <id> arrive.");
    public static final CommanderOption<String> SOURCE_FORMAT =
            CommanderOption.of(
                    "source.<id>.format",
                    TEXT,
                    "auto",
                    "Message format, or auto: each record by its content.");
    public static final CommanderOption<String> SOURCE_TENANT =
            CommanderOption.of(
                    "source.<id>.tenant", TEXT, "default", "Tenant that owns the alerts.");
    public static final CommanderOption<List<String>> SOURCE_IDENTITY_LABELS =
            CommanderOption.of(
                    "source.<id>.identity-labels",
                    OptionType.texts(),
                    "",
                    "Labels that make the fingerprint, with name, service and host. Empty: what"
                            + " the format chooses.");
    public static final CommanderOption<List<String>> SOURCE_PATHS =
            CommanderOption.of(
                    "source.<id>.paths",
                    OptionType.texts(),
                    "",
                    "Files of a file source, or directories of files, listed at the start.");
    public static final CommanderOption<String> SOURCE_MAPPING =
            CommanderOption.of(
                    "source.<id>.mapping",
                    TEXT,
                    "",
                    "What the columns of a file source's CSV mean: a YAML file (docs/formats.md)."
                            + " CSV are files whose name ends in .csv, or all with format csv.");
    public static final CommanderOption<String> SOURCE_BOOTSTRAP_SERVERS =
            CommanderOption.of(
                    "source.<id>.bootstrap-servers",
                    TEXT,
                    "",
                    "Brokers of a Kafka source, host:port with commas between.");
    public static final CommanderOption<String> SOURCE_CLIENT =
            CommanderOption.open(
                    "source.<id>.client.<property>",
                    KAFKA,
                    "Any property of Kafka's clients, for this Kafka source alone; above"
                            + " kafka.client.");
    public static final CommanderOption<String> SOURCE_TOPIC =
            CommanderOption.of("source.<id>.topic", TEXT, "", "Topic of a Kafka source.");
    public static final CommanderOption<String> SOURCE_GROUP =
            CommanderOption.of(
                    "source.<id>.group",
                    TEXT,
                    "incident-commander",
                    "Consumer group of a Kafka source; for monitoring, the positions are state.");
    public static final CommanderOption<Integer> SOURCE_RATE =
            CommanderOption.of(
                    "source.<id>.rate",
                    OptionType.integer(0, Integer.MAX_VALUE),
                    "1000",
                    "Records per second of a generator source; 0: as many as it takes.");
    public static final CommanderOption<String> SOURCE_STREAM =
            CommanderOption.of("source.<id>.stream", TEXT, "", "Stream of a Kinesis source.");
    public static final CommanderOption<String> SOURCE_REGION =
            CommanderOption.of("source.<id>.region", TEXT, "", "AWS region of a Kinesis source.");
    public static final CommanderOption<String> SOURCE_ENDPOINT =
            CommanderOption.of(
                    "source.<id>.endpoint",
                    TEXT,
                    "",
                    "Endpoint of a Kinesis source. Empty: the region's own.");

    public static final CommanderOption<Integer> INGEST_MAX_RECORD_BYTES =
            CommanderOption.of(
                    "ingest.max-record-bytes",
                    AT_LEAST_ONE,
                    "262144",
                    "Longer records go to the dead letter unread. Bytes.");
    public static final CommanderOption<Duration> INGEST_CLAMP_PAST =
            CommanderOption.of(
                    "ingest.clamp.past",
                    DURATION,
                    "24 h",
                    "Event times further before arrival than this are moved to it.");
    public static final CommanderOption<Duration> INGEST_CLAMP_FUTURE =
            CommanderOption.of(
                    "ingest.clamp.future",
                    DURATION,
                    "5 min",
                    "Event times further after arrival than this are moved to it.");
    public static final CommanderOption<Duration> INGEST_OUT_OF_ORDERNESS =
            CommanderOption.of(
                    "ingest.out-of-orderness",
                    DURATION,
                    "250 ms",
                    "How far the watermark stays behind the newest event time of a live source.");
    public static final CommanderOption<Duration> INGEST_HEARTBEAT_INTERVAL =
            CommanderOption.of(
                    "ingest.heartbeat-interval",
                    DURATION,
                    "200 ms",
                    "How often a reader that polled and found nothing says so, which lets event"
                            + " time go on.");
    public static final CommanderOption<Duration> INGEST_SOURCE_IDLE =
            CommanderOption.of(
                    "ingest.source-idle",
                    DURATION,
                    "60 s",
                    "After polling nothing for so long a source counts as silent and no longer"
                            + " holds back the others.");

    private IngestOptions() {}

    /** In the order of the reference page. */
    static List<CommanderOption<?>> all() {
        return List.of(
                SOURCE_TRANSPORT,
                SOURCE_FORMAT,
                SOURCE_TENANT,
                SOURCE_IDENTITY_LABELS,
                SOURCE_PATHS,
                SOURCE_MAPPING,
                SOURCE_BOOTSTRAP_SERVERS,
                SOURCE_CLIENT,
                SOURCE_TOPIC,
                SOURCE_GROUP,
                SOURCE_RATE,
                SOURCE_STREAM,
                SOURCE_REGION,
                SOURCE_ENDPOINT,
                INGEST_MAX_RECORD_BYTES,
                INGEST_CLAMP_PAST,
                INGEST_CLAMP_FUTURE,
                INGEST_OUT_OF_ORDERNESS,
                INGEST_HEARTBEAT_INTERVAL,
                INGEST_SOURCE_IDLE);
    }
}
