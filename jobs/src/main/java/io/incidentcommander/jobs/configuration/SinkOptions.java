// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.configuration;

import java.time.Duration;
import java.util.List;

/** Where results go, and who looks after them. */
public final class SinkOptions {
    private static final OptionType<Duration> DURATION = OptionType.duration();
    private static final OptionType<String> TEXT = OptionType.text();

    public static final CommanderOption<String> SINK_KAFKA_BOOTSTRAP_SERVERS =
            CommanderOption.of(
                    "sink.kafka.bootstrap-servers",
                    TEXT,
                    "",
                    "Brokers for results, host:port with commas between. Empty: none.");
    public static final CommanderOption<String> SINK_KAFKA_INCIDENTS_TOPIC =
            CommanderOption.of(
                    "sink.kafka.incidents-topic", TEXT, "incidents", "Topic of incidents.");
    public static final CommanderOption<String> SINK_KAFKA_DEAD_LETTERS_TOPIC =
            CommanderOption.of(
                    "sink.kafka.dead-letters-topic",
                    TEXT,
                    "dead-letters",
                    "Topic of dead letters.");
    public static final CommanderOption<String> SINK_KAFKA_LEDGER_TOPIC =
            CommanderOption.of("sink.kafka.ledger-topic", TEXT, "ledger", "Topic of the ledger.");
    public static final CommanderOption<String> SINK_KAFKA_FATES_TOPIC =
            CommanderOption.of(
                    "sink.kafka.fates-topic",
                    TEXT,
                    "",
                    "Topic of what became of each alert, repeats by the minute, for explain. In a"
                            + " storm these are about as many as different alerts; a day of them is"
                            + " enough. Empty: none.");
    public static final CommanderOption<String> SINK_KAFKA_CONTROL_REPORTS_TOPIC =
            CommanderOption.of(
                    "sink.kafka.control-reports-topic",
                    TEXT,
                    "control-reports",
                    "Topic of what became of control updates.");
    public static final CommanderOption<String> SINK_KAFKA_DECISIONS_TOPIC =
            CommanderOption.of(
                    "sink.kafka.decisions-topic",
                    TEXT,
                    "decisions",
                    "Topic of decisions, each as its certificate in JSON.");
    public static final CommanderOption<String> SINK_KAFKA_DIAGNOSES_TOPIC =
            CommanderOption.of(
                    "sink.kafka.diagnoses-topic", TEXT, "diagnoses", "Topic of diagnoses.");
    public static final CommanderOption<String> SINK_KINESIS_REGION =
            CommanderOption.of(
                    "sink.kinesis.region", TEXT, "us-east-1", "AWS region of the streams below.");
    public static final CommanderOption<String> SINK_KINESIS_ENDPOINT =
            CommanderOption.of(
                    "sink.kinesis.endpoint",
                    TEXT,
                    "",
                    "Endpoint of Kinesis, for a local server. Empty: the region's own.");
    public static final CommanderOption<String> SINK_KINESIS_INCIDENTS_STREAM =
            CommanderOption.of(
                    "sink.kinesis.incidents-stream",
                    TEXT,
                    "",
                    "Kinesis stream of incidents. Empty: none.");
    public static final CommanderOption<String> SINK_KINESIS_DEAD_LETTERS_STREAM =
            CommanderOption.of(
                    "sink.kinesis.dead-letters-stream",
                    TEXT,
                    "",
                    "Kinesis stream of dead letters. Empty: none.");
    public static final CommanderOption<String> SINK_FILES_DEAD_LETTERS =
            CommanderOption.of(
                    "sink.files.dead-letters",
                    TEXT,
                    "",
                    "Where dead letters are kept as files, a line each, in a directory for each"
                            + " hour: s3://bucket/prefix, or another place that Flink can write to."
                            + " Empty: nowhere.");
    public static final CommanderOption<String> SINK_SQS_DEAD_LETTERS_QUEUE =
            CommanderOption.of(
                    "sink.sqs.dead-letters-queue",
                    TEXT,
                    "",
                    "URL of the SQS queue of dead letters. Empty: none.");
    public static final CommanderOption<String> SINK_SQS_REGION =
            CommanderOption.of("sink.sqs.region", TEXT, "us-east-1", "AWS region of that queue.");
    public static final CommanderOption<String> SINK_SQS_ENDPOINT =
            CommanderOption.of(
                    "sink.sqs.endpoint",
                    TEXT,
                    "",
                    "Endpoint of SQS, for a local server. Empty: the region's own.");
    public static final CommanderOption<String> SINK_SPILL_PLACE =
            CommanderOption.of(
                    "sink.spill.place",
                    TEXT,
                    "",
                    "Where results are laid aside that do not fit into state while a stream or"
                            + " store is away, past 10,000 of a sink's subtask: s3://bucket/prefix,"
                            + " or a directory that all TaskManagers see. They come back by"
                            + " themselves. Empty: nowhere; then that sink holds up the job, and"
                            + " the second copy of events leaves events out.");
    public static final CommanderOption<String> SINK_SPILL_REGION =
            CommanderOption.of(
                    "sink.spill.region", TEXT, "us-east-1", "AWS region of that bucket.");
    public static final CommanderOption<String> SINK_SPILL_ENDPOINT =
            CommanderOption.of(
                    "sink.spill.endpoint",
                    TEXT,
                    "",
                    "Endpoint of that bucket, for a local server. Empty: the region's own.");
    public static final CommanderOption<String> SINK_DYNAMODB_TABLE =
            CommanderOption.of(
                    "sink.dynamodb.table", TEXT, "", "Table of incident events. Empty: none.");
    public static final CommanderOption<String> SINK_DYNAMODB_REGION =
            CommanderOption.of(
                    "sink.dynamodb.region", TEXT, "us-east-1", "AWS region of the event table.");
    public static final CommanderOption<String> SINK_DYNAMODB_ENDPOINT =
            CommanderOption.of(
                    "sink.dynamodb.endpoint",
                    TEXT,
                    "",
                    "Endpoint of the event table, for a local server. Empty: the region's own.");
    public static final CommanderOption<String> SINK_DYNAMODB_ANCHOR_TABLE =
            CommanderOption.of(
                    "sink.dynamodb.anchor-table",
                    TEXT,
                    "",
                    "Table, in the same region, for the anchors of completed checkpoints; best one"
                        + " in which nobody may delete. The second copy uses one of this name in"
                        + " its region. Empty: the event table itself.");
    public static final CommanderOption<String> SINK_DYNAMODB_REPLICA_TABLE =
            CommanderOption.of(
                    "sink.dynamodb.replica.table",
                    TEXT,
                    "",
                    "Table of a second copy of incident events, best in another region. Empty:"
                        + " none. An outage of it does not hold up the job: past 10,000 unwritten"
                        + " events it falls behind, counted, until it is mended.");
    public static final CommanderOption<String> SINK_DYNAMODB_REPLICA_REGION =
            CommanderOption.of(
                    "sink.dynamodb.replica.region",
                    TEXT,
                    "us-west-2",
                    "AWS region of the second copy.");
    public static final CommanderOption<String> SINK_DYNAMODB_REPLICA_ENDPOINT =
            CommanderOption.of(
                    "sink.dynamodb.replica.endpoint",
                    TEXT,
                    "",
                    "Endpoint of the second copy, for a local server. Empty: the region's own.");

    public static final CommanderOption<ChainCare> AUDIT_VERIFY =
            CommanderOption.of(
                    "audit.verify",
                    OptionType.oneOf(ChainCare.class),
                    "repair",
                    "What the job does about the chains in the event store: off; report, which"
                        + " looks at each now and then and opens an incident about one that is"
                        + " broken; or repair, which mends it from the second copy first, and needs"
                        + " the right to replace and delete items.");
    public static final CommanderOption<Duration> AUDIT_VERIFY_AFTER =
            CommanderOption.of(
                    "audit.verify.after",
                    DURATION,
                    "5 min",
                    "When a chain is first looked at, after its last event; then after twice that,"
                            + " four times, and so on for 30 days.");

    public static final CommanderOption<String> SINK_OPENSEARCH_ENDPOINT =
            CommanderOption.of(
                    "sink.opensearch.endpoint",
                    TEXT,
                    "",
                    "URL of the OpenSearch that shows incidents. Empty: none.");
    public static final CommanderOption<String> SINK_OPENSEARCH_INDEX =
            CommanderOption.of(
                    "sink.opensearch.index", TEXT, "incidents", "Index or alias of incidents.");

    private SinkOptions() {}

    /** In the order of the reference page. */
    static List<CommanderOption<?>> all() {
        return List.of(
                SINK_KAFKA_BOOTSTRAP_SERVERS,
                SINK_KAFKA_INCIDENTS_TOPIC,
                SINK_KAFKA_DEAD_LETTERS_TOPIC,
                SINK_KAFKA_LEDGER_TOPIC,
                SINK_KAFKA_FATES_TOPIC,
                SINK_KAFKA_CONTROL_REPORTS_TOPIC,
                SINK_KAFKA_DECISIONS_TOPIC,
                SINK_KAFKA_DIAGNOSES_TOPIC,
                SINK_KINESIS_REGION,
                SINK_KINESIS_ENDPOINT,
                SINK_KINESIS_INCIDENTS_STREAM,
                SINK_KINESIS_DEAD_LETTERS_STREAM,
                SINK_FILES_DEAD_LETTERS,
                SINK_SQS_DEAD_LETTERS_QUEUE,
                SINK_SQS_REGION,
                SINK_SQS_ENDPOINT,
                SINK_SPILL_PLACE,
                SINK_SPILL_REGION,
                SINK_SPILL_ENDPOINT,
                SINK_DYNAMODB_TABLE,
                SINK_DYNAMODB_REGION,
                SINK_DYNAMODB_ENDPOINT,
                SINK_DYNAMODB_ANCHOR_TABLE,
                SINK_DYNAMODB_REPLICA_TABLE,
                SINK_DYNAMODB_REPLICA_REGION,
                SINK_DYNAMODB_REPLICA_ENDPOINT,
                AUDIT_VERIFY,
                AUDIT_VERIFY_AFTER,
                SINK_OPENSEARCH_ENDPOINT,
                SINK_OPENSEARCH_INDEX);
    }
}
