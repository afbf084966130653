// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.configuration;

import io.incidentcommander.connectors.communication.SmtpClient;
import io.incidentcommander.udfs.diagnosis.redaction.Redaction;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/**
 * Every option there is. {@link #all} is in the order of the reference page, {@code
 * docs/configuration.md}, which is generated from here and tested against it.
 */
public final class CommanderOptions {
    private static final OptionType<Integer> AT_LEAST_ONE =
            OptionType.integer(1, Integer.MAX_VALUE);
    private static final OptionType<Duration> DURATION = OptionType.duration();
    private static final OptionType<String> TEXT = OptionType.text();
    private static final PropertyNames KAFKA = new KafkaClientProperties();

    public static final CommanderOption<Integer> PARALLELISM =
            CommanderOption.of(
                    "parallelism",
                    OptionType.integer(1, 128),
                    "2",
                    "Subtasks per operator. Changes speed, never results.");
    public static final CommanderOption<Integer> MAX_PARALLELISM =
            CommanderOption.fixed(
                    "max-parallelism",
                    OptionType.integer(128, 128),
                    "128",
                    "Key groups of the state; part of every savepoint.");
    public static final CommanderOption<Duration> CHECKPOINT_INTERVAL =
            CommanderOption.of(
                    "checkpoint.interval",
                    DURATION,
                    "10 s",
                    "Time between checkpoints; also how often the ledger is published.");
    public static final CommanderOption<String> CHECKPOINT_DIRECTORY =
            CommanderOption.of(
                    "checkpoint.directory",
                    TEXT,
                    "",
                    "Where checkpoints go, as a URI. Empty: as the cluster is configured.");
    public static final CommanderOption<StateBackendChoice> STATE_BACKEND =
            CommanderOption.of(
                    "state.backend",
                    OptionType.oneOf(StateBackendChoice.class),
                    "rocksdb",
                    "Where keyed state lives. Managed Flink always uses RocksDB.");

    public static final CommanderOption<String> KAFKA_CLIENT =
            CommanderOption.open(
                    "kafka.client.<property>",
                    KAFKA,
                    "Any property of Kafka's clients, for all of them: TLS, SASL, time limits"
                            + " (docs/operations.md).");

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

    public static final CommanderOption<Duration> SAMPLING_SLICE =
            CommanderOption.of(
                    "sampling.slice",
                    DURATION,
                    "500 ms",
                    "Length of the slices of event time that deduplication decides on; adds as"
                            + " much latency.");
    public static final CommanderOption<Integer> SAMPLING_BUNDLE_MAX_ENTRIES =
            CommanderOption.of(
                    "sampling.bundle.max-entries",
                    AT_LEAST_ONE,
                    "65536",
                    "Distinct alerts a subtask holds before it sends the bundle on.");
    public static final CommanderOption<Duration> SAMPLING_BUNDLE_MAX_AGE =
            CommanderOption.of(
                    "sampling.bundle.max-age",
                    DURATION,
                    "1 s",
                    "How long a bundle waits at most. Paces output, never results.");
    public static final CommanderOption<Duration> SAMPLING_DEDUP_QUIET =
            CommanderOption.of(
                    "sampling.dedup.quiet",
                    DURATION,
                    "5 min",
                    "An alert not seen for so long is forgotten; the next is new.");
    public static final CommanderOption<Integer> SAMPLING_PER_SERVICE_PER_SECOND =
            CommanderOption.of(
                    "sampling.per-service-per-second",
                    AT_LEAST_ONE,
                    "100",
                    "Alerts kept per tenant, service and second of event time. CRITICAL ones are"
                            + " never dropped.");
    public static final CommanderOption<Double> SAMPLING_BUDGET =
            CommanderOption.of(
                    "sampling.budget",
                    OptionType.number(0.0, 1.0),
                    "1.0",
                    "Share of all alerts of a tenant that may be kept, the unusual ones first. 1"
                            + " leaves only the limit per service.");
    public static final CommanderOption<Duration> SAMPLING_LATE_MEMORY =
            CommanderOption.of(
                    "sampling.late-memory",
                    DURATION,
                    "10 min",
                    "How long a closed second's threshold is kept to judge late alerts by.");

    public static final CommanderOption<Duration> FLAPPING_WINDOW =
            CommanderOption.of(
                    "flapping.window",
                    DURATION,
                    "10 min",
                    "Changes between firing and resolved are counted over so much event time.");
    public static final CommanderOption<Integer> FLAPPING_BEGINS_AT =
            CommanderOption.of(
                    "flapping.begins-at",
                    OptionType.integer(0, 1000),
                    "6",
                    "So many changes in the window, and an alert flaps: it is told once, and"
                            + " counts as firing until it is steady. 0: never.");
    public static final CommanderOption<Integer> FLAPPING_ENDS_AT =
            CommanderOption.of(
                    "flapping.ends-at",
                    OptionType.integer(0, 999),
                    "2",
                    "So few changes in the window, and it no longer flaps; below the beginning.");
    public static final CommanderOption<Integer> FLAPPING_PAUSE_SECONDS =
            CommanderOption.of(
                    "flapping.pause-seconds",
                    OptionType.integer(0, 3600),
                    "0",
                    "An alert that usually clears by itself within this time waits for so long"
                            + " before it is told. 0: none waits.");
    public static final CommanderOption<Integer> FLAPPING_PAUSE_EPISODES =
            CommanderOption.of(
                    "flapping.pause-episodes",
                    AT_LEAST_ONE,
                    "5",
                    "How often an alert must have been resolved before it may wait.");
    public static final CommanderOption<Double> FLAPPING_PAUSE_SHARE =
            CommanderOption.of(
                    "flapping.pause-share",
                    OptionType.number(0.0, 1.0),
                    "0.8",
                    "How often of these it must have cleared in time: a share.");

    public static final CommanderOption<List<String>> CONTROL_FILES =
            CommanderOption.of(
                    "control.files",
                    OptionType.texts(),
                    "",
                    "Control files that hold from the start: catalogue, topology, silences,"
                            + " inhibition, routing, windows (docs/control.md). One that ends in"
                            + " .ndjson is a log of updates.");
    public static final CommanderOption<String> CONTROL_TOPOLOGY =
            CommanderOption.of(
                    "control.topology",
                    TEXT,
                    "",
                    "One control file more: which service calls which. Empty: none.");
    public static final CommanderOption<String> CONTROL_KAFKA_BOOTSTRAP_SERVERS =
            CommanderOption.of(
                    "control.kafka.bootstrap-servers",
                    TEXT,
                    "",
                    "Brokers of the control updates, host:port with commas between. Empty: none.");
    public static final CommanderOption<String> CONTROL_KAFKA_TOPIC =
            CommanderOption.of(
                    "control.kafka.topic",
                    TEXT,
                    "control",
                    "Topic of control updates; one partition, or keyed by kind, tenant and id.");
    public static final CommanderOption<String> CONTROL_KAFKA_GROUP =
            CommanderOption.of(
                    "control.kafka.group",
                    TEXT,
                    "incident-commander-control",
                    "Consumer group of the control topic; for monitoring, the positions are"
                            + " state.");
    public static final CommanderOption<Integer> CONTROL_MAX_SILENCES =
            CommanderOption.of(
                    "control.max-silences",
                    AT_LEAST_ONE,
                    "200000",
                    "Silences by updates that may stand at a time; further ones are refused.");
    public static final CommanderOption<Duration> CONTROL_CHANGE_MEMORY =
            CommanderOption.of(
                    "control.change-memory",
                    DURATION,
                    "25 h",
                    "How long it is remembered that a service was changed, to tell those who hear"
                            + " of an incident.");
    public static final CommanderOption<Integer> SUPPRESSION_MAX_FIRING =
            CommanderOption.of(
                    "suppression.max-firing",
                    AT_LEAST_ONE,
                    "10000",
                    "Firing alerts that are remembered of a tenant, as causes that inhibit and to"
                            + " be told when what holds them ends; the oldest make room.");
    public static final CommanderOption<Duration> SUPPRESSION_FIRING_MEMORY =
            CommanderOption.of(
                    "suppression.firing-memory",
                    DURATION,
                    "24 h",
                    "How long an alert counts as firing after it last was news, if nothing says"
                            + " that it was resolved.");
    public static final CommanderOption<Duration> SUPPRESSION_RECHECK =
            CommanderOption.of(
                    "suppression.recheck",
                    DURATION,
                    "60 s",
                    "How often it is seen whether what is held back may go.");

    public static final CommanderOption<Duration> CORRELATION_GAP =
            CommanderOption.of(
                    "correlation.gap",
                    DURATION,
                    "300 s",
                    "An incident without alerts for so long is over.");
    public static final CommanderOption<Integer> CORRELATION_LIVE_ENTRIES =
            CommanderOption.of(
                    "correlation.live-entries",
                    AT_LEAST_ONE,
                    "10000",
                    "Kinds of alerts of a tenant that later ones are compared with.");
    public static final CommanderOption<Double> CORRELATION_SIGNIFICANCE =
            CommanderOption.of(
                    "correlation.significance",
                    OptionType.number(0.0, 1.0),
                    "0.01",
                    "At or below this chance, alerts that come close to each other belong"
                            + " together.");
    public static final CommanderOption<Double> CORRELATION_OUTBREAKS_PER_DAY =
            CommanderOption.of(
                    "correlation.outbreaks-per-day",
                    OptionType.number(0.01, 1_000_000.0),
                    "0.5",
                    "How many incidents a tenant is expected to have a day before it had any. The"
                            + " fewer, the sooner two that are near along the calls count as one.");
    public static final CommanderOption<Duration> CORRELATION_PASS_BOUND =
            CommanderOption.of(
                    "correlation.pass-bound",
                    DURATION,
                    "30 s",
                    "After so long a second's alerts are grouped by service alone, and marked so."
                            + " Live runs only.");

    public static final CommanderOption<Integer> DETECTION_ANOMALY_MAX_SERIES =
            CommanderOption.of(
                    "detection.anomaly.max-series",
                    OptionType.integer(0, Integer.MAX_VALUE),
                    "1000",
                    "Metric series of a tenant whose usual values are learnt, 5 KiB each; what is"
                            + " unusual becomes an alert. So many find room; the bound, which is"
                            + " by key group, is higher (2,688 for 1,000). Further series are left"
                            + " out. Alerts wait while they are judged. 0: none is watched.");
    public static final CommanderOption<Double> DETECTION_ANOMALY_SCORE =
            CommanderOption.of(
                    "detection.anomaly.score",
                    OptionType.number(0.0, 1.0),
                    "0.8",
                    "From this score on a minute's value is unusual; two in a row begin an"
                            + " anomaly.");
    public static final CommanderOption<Duration> DETECTION_ANOMALY_LATENESS =
            CommanderOption.of(
                    "detection.anomaly.lateness",
                    DURATION,
                    "3 min",
                    "How long after a minute its points are waited for; adds as much delay."
                            + " CloudWatch metric streams take two to three minutes.");

    public static final CommanderOption<String> CONSENSUS_KAFKA_BOOTSTRAP_SERVERS =
            CommanderOption.of(
                    "consensus.kafka.bootstrap-servers",
                    TEXT,
                    "",
                    "Brokers over which agents are asked, host:port with commas between. Empty:"
                            + " nobody votes and nothing is decided.");
    public static final CommanderOption<String> CONSENSUS_KAFKA_REQUESTS_TOPIC =
            CommanderOption.of(
                    "consensus.kafka.requests-topic",
                    TEXT,
                    "round-requests",
                    "Topic of the requests for votes, out and in.");
    public static final CommanderOption<String> CONSENSUS_KAFKA_RECOMMENDATIONS_TOPIC =
            CommanderOption.of(
                    "consensus.kafka.recommendations-topic",
                    TEXT,
                    "recommendations",
                    "Topic of the signed recommendations of agents elsewhere (protocol.md).");
    public static final CommanderOption<String> CONSENSUS_KAFKA_OUTCOMES_TOPIC =
            CommanderOption.of(
                    "consensus.kafka.outcomes-topic",
                    TEXT,
                    "outcomes",
                    "Topic of verified outcomes. Who may write to it moves reputations.");
    public static final CommanderOption<String> CONSENSUS_KAFKA_AGENTS_TOPIC =
            CommanderOption.of(
                    "consensus.kafka.agents-topic",
                    TEXT,
                    "agents",
                    "Topic of agents that are registered, rotated and revoked. Who may write to it"
                            + " decides who votes.");
    public static final CommanderOption<String> CONSENSUS_KAFKA_GROUP =
            CommanderOption.of(
                    "consensus.kafka.group",
                    TEXT,
                    "incident-commander-agents",
                    "Consumer group of these topics; for monitoring, the positions are state.");
    public static final CommanderOption<String> CONSENSUS_KEYS_FILE =
            CommanderOption.of(
                    "consensus.keys-file",
                    TEXT,
                    "",
                    "Private keys of the built-in agents, on every task manager: a line each, agent"
                            + " and 64 hexadecimal digits. An agent without a line takes no part.");
    public static final CommanderOption<String> CONSENSUS_RUNBOOKS =
            CommanderOption.of(
                    "consensus.runbooks",
                    TEXT,
                    "",
                    "The catalogue of runbooks, a YAML file. Empty: the one that comes with the"
                            + " job.");

    public static final CommanderOption<String> LIFECYCLE_KAFKA_BOOTSTRAP_SERVERS =
            CommanderOption.of(
                    "lifecycle.kafka.bootstrap-servers",
                    TEXT,
                    "",
                    "Brokers of the topics below, host:port, with commas between. Empty: incidents"
                            + " have no life beyond what correlation sees, and nobody acts.");
    public static final CommanderOption<String> LIFECYCLE_KAFKA_ORDERS_TOPIC =
            CommanderOption.of(
                    "lifecycle.kafka.orders-topic",
                    TEXT,
                    "action-orders",
                    "Topic of orders to act, out and in. Who may write to it makes things"
                            + " happen.");
    public static final CommanderOption<String> LIFECYCLE_KAFKA_REPORTS_TOPIC =
            CommanderOption.of(
                    "lifecycle.kafka.reports-topic",
                    TEXT,
                    "action-reports",
                    "Topic of what became of orders.");
    public static final CommanderOption<String> LIFECYCLE_KAFKA_QUESTIONS_TOPIC =
            CommanderOption.of(
                    "lifecycle.kafka.questions-topic",
                    TEXT,
                    "decision-questions",
                    "Topic of what agents are asked again, out and in: an incident waits for a"
                            + " decision, and none is under way that is about it.");
    public static final CommanderOption<String> LIFECYCLE_KAFKA_GROUP =
            CommanderOption.of(
                    "lifecycle.kafka.group",
                    TEXT,
                    "incident-commander-lifecycle",
                    "Consumer group of these topics; for monitoring, the positions are"
                            + " state.");
    public static final CommanderOption<EffectMode> RESOLUTION_MODE =
            CommanderOption.of(
                    "resolution.mode",
                    OptionType.oneOf(EffectMode.class),
                    "dry-run",
                    "Whether actions touch the world: live, or dry-run, where it is said what"
                            + " would be done, or replay, where steps end as resolution.record"
                            + " says.");
    public static final CommanderOption<String> RESOLUTION_RECORD =
            CommanderOption.of(
                    "resolution.record",
                    TEXT,
                    "",
                    "For a replay: file of what became of steps, as ./commander actions record"
                            + " prints it.");
    public static final CommanderOption<String> RESOLUTION_ALLOW_LIST =
            CommanderOption.of(
                    "resolution.allow-list",
                    TEXT,
                    "",
                    "The services that may be acted on, a YAML file: up to which risk, how"
                            + " many instances, of how many. Empty: none.");
    public static final CommanderOption<String> RESOLUTION_ROLE =
            CommanderOption.of(
                    "resolution.role-arn",
                    TEXT,
                    "",
                    "Role that sessions of actions are of; each may do what its action"
                            + " needs, and no more.");
    public static final CommanderOption<String> RESOLUTION_SANDBOX_ROLE =
            CommanderOption.of(
                    "resolution.sandbox-role-arn",
                    TEXT,
                    "",
                    "The same in the sandbox account, for rehearsals.");
    public static final CommanderOption<String> RESOLUTION_SESSION_DOCUMENT =
            CommanderOption.of(
                    "resolution.session-document",
                    TEXT,
                    "",
                    "Session document whose settings say where sessions are recorded: one is open"
                            + " while changes are made on instances. Empty: none.");
    public static final CommanderOption<String> RESOLUTION_REGION =
            CommanderOption.of(
                    "resolution.region",
                    TEXT,
                    "us-east-1",
                    "AWS region of actions and of their ledger.");
    public static final CommanderOption<String> RESOLUTION_ENDPOINT =
            CommanderOption.of(
                    "resolution.endpoint",
                    TEXT,
                    "",
                    "A server that speaks the protocols of STS and SSM. Empty: the services"
                            + " in the region, with the credentials of the environment.");
    public static final CommanderOption<String> RESOLUTION_LEDGER_TABLE =
            CommanderOption.of(
                    "resolution.ledger.table",
                    TEXT,
                    "",
                    "DynamoDB table of the ledger of actions; an item of the id stop#all in"
                            + " it stops everything.");
    public static final CommanderOption<String> RESOLUTION_LEDGER_ENDPOINT =
            CommanderOption.of(
                    "resolution.ledger.endpoint",
                    TEXT,
                    "",
                    "A server that speaks the protocol of DynamoDB. Empty: the service in"
                            + " the region.");

    public static final CommanderOption<ModelUse> DIAGNOSIS_MODEL =
            CommanderOption.of(
                    "diagnosis.model",
                    OptionType.oneOf(ModelUse.class),
                    "none",
                    "Who is asked for the cause of an incident: bedrock, replay (answers that were"
                            + " recorded), or none. Logs, calls and patterns are asked in any"
                            + " case where no model answers.");
    public static final CommanderOption<String> DIAGNOSIS_BEDROCK_REGION =
            CommanderOption.of(
                    "diagnosis.bedrock.region", TEXT, "us-east-1", "AWS region of the models.");
    public static final CommanderOption<String> DIAGNOSIS_BEDROCK_ENDPOINT =
            CommanderOption.of(
                    "diagnosis.bedrock.endpoint",
                    TEXT,
                    "",
                    "A server that speaks the protocol of the Bedrock runtime. Empty: the service"
                            + " in the region, with the credentials of the environment.");
    public static final CommanderOption<List<String>> DIAGNOSIS_MODELS =
            CommanderOption.of(
                    "diagnosis.models",
                    OptionType.texts(),
                    "anthropic.claude-3-5-sonnet-20240620-v1:0,"
                            + "anthropic.claude-3-haiku-20240307-v1:0",
                    "Models, or inference profiles, of one vendor, the preferred first: the next is"
                            + " asked where one fails.");
    public static final CommanderOption<List<String>> DIAGNOSIS_AGENTS =
            CommanderOption.of(
                    "diagnosis.agents",
                    OptionType.texts(),
                    "",
                    "Agents that vote by models of their own, beside diagnosis/model:"
                            + " NAME=MODEL, or NAME=MODEL+MODEL with the preferred first, of one"
                            + " vendor each. Each is asked about each incident and votes as"
                            + " diagnosis/NAME with its own line in consensus.keys-file; what may"
                            + " be spent is divided among them and diagnosis/model.");
    public static final CommanderOption<Redaction.Addresses> DIAGNOSIS_ADDRESSES =
            CommanderOption.of(
                    "diagnosis.addresses",
                    OptionType.oneOf(Redaction.Addresses.class),
                    "taken-out",
                    "IP addresses in what models are sent; secrets and other personal data are"
                            + " taken out whatever this says. A replay needs it as it was when"
                            + " the answers were recorded.");
    public static final CommanderOption<Duration> DIAGNOSIS_DEADLINE =
            CommanderOption.of(
                    "diagnosis.deadline",
                    DURATION,
                    "180 s",
                    "For one analysis in all, retries and lesser roads too. At most 180 s.");
    public static final CommanderOption<Integer> DIAGNOSIS_ADMITTED =
            CommanderOption.of(
                    "diagnosis.admitted",
                    OptionType.integer(1, 32),
                    "32",
                    "Analyses at a model at once, of each subtask. More are made without a model,"
                            + " at once.");
    public static final CommanderOption<BigDecimal> DIAGNOSIS_SPEND_INCIDENT =
            CommanderOption.of(
                    "diagnosis.spend.per-incident",
                    OptionType.decimal(),
                    "0.25",
                    "Estimated from tokens and list prices. USD. A restore remembers what was"
                            + " spent, calls under way at their worst.");
    public static final CommanderOption<BigDecimal> DIAGNOSIS_SPEND_HOUR =
            CommanderOption.of(
                    "diagnosis.spend.per-hour",
                    OptionType.decimal(),
                    "10",
                    "Of all incidents together, in any 60 minutes; divided among the subtasks."
                            + " USD.");
    public static final CommanderOption<String> DIAGNOSIS_RECORD =
            CommanderOption.of(
                    "diagnosis.record",
                    TEXT,
                    "",
                    "Directory, on every task manager, of prompts and answers by content hash: what"
                            + " is in it is not asked again. Empty: nothing is recorded.");

    public static final CommanderOption<String> DIAGNOSIS_MEMORY_ENDPOINT =
            CommanderOption.of(
                    "diagnosis.memory.endpoint",
                    TEXT,
                    "",
                    "URL of the OpenSearch, with the k-NN plugin, that remembers incidents: what"
                            + " was verified to help, or not to, is learned, and recalled before a"
                            + " cause is asked for. Empty: nothing is.");
    public static final CommanderOption<String> DIAGNOSIS_MEMORY_ALIAS =
            CommanderOption.of(
                    "diagnosis.memory.alias",
                    TEXT,
                    "incident-patterns",
                    "Alias over the indices of patterns. What was recalled is kept in"
                            + " diagnosis.record, so that a replay recalls the same.");
    public static final CommanderOption<EmbeddingUse> DIAGNOSIS_MEMORY_EMBEDDINGS =
            CommanderOption.of(
                    "diagnosis.memory.embeddings",
                    OptionType.oneOf(EmbeddingUse.class),
                    "local",
                    "Vectors of texts: local (hashed n-grams, no model) or titan (by Bedrock).");

    public static final CommanderOption<JobPart> JOB_PART =
            CommanderOption.of(
                    "job.part",
                    OptionType.oneOf(JobPart.class),
                    "command",
                    "What this job does: command (alerts to decisions, and messages into the"
                            + " outbox), or delivery (from the outbox to the receivers).");
    public static final CommanderOption<String> COMMUNICATION_ROUTING_FILE =
            CommanderOption.of(
                    "communication.routing-file",
                    TEXT,
                    "",
                    "Who is told: receivers and routes, YAML (docs/communication.md). Empty:"
                            + " nobody.");
    public static final CommanderOption<String> COMMUNICATION_OUTBOX_BOOTSTRAP_SERVERS =
            CommanderOption.of(
                    "communication.outbox.bootstrap-servers",
                    TEXT,
                    "",
                    "Brokers of the outbox, host:port with commas between.");
    public static final CommanderOption<String> COMMUNICATION_OUTBOX_TOPIC_PREFIX =
            CommanderOption.of(
                    "communication.outbox.topic-prefix",
                    TEXT,
                    "outbox",
                    "One topic for each kind of channel: PREFIX-slack, PREFIX-pagerduty,"
                            + " PREFIX-email, PREFIX-webhook, PREFIX-log.");
    public static final CommanderOption<String> COMMUNICATION_OUTBOX_GROUP =
            CommanderOption.of(
                    "communication.outbox.group",
                    TEXT,
                    "incident-commander-delivery",
                    "Consumer group of the job that delivers.");
    public static final CommanderOption<EffectMode> COMMUNICATION_MODE =
            CommanderOption.of(
                    "communication.mode",
                    OptionType.oneOf(EffectMode.class),
                    "live",
                    "live, or dry-run or replay: messages are taken from the outbox and nobody is"
                            + " told.");
    public static final CommanderOption<String> COMMUNICATION_SECRETS_FILE =
            CommanderOption.of(
                    "communication.secrets-file",
                    TEXT,
                    "",
                    "On every task manager, NAME=VALUE a line: slack.token, pagerduty.NAME,"
                            + " smtp.user, smtp.password, webhook.address.NAME, webhook.key.NAME,"
                            + " log.key.NAME.");
    public static final CommanderOption<String> COMMUNICATION_LEDGER_TABLE =
            CommanderOption.of(
                    "communication.ledger.table",
                    TEXT,
                    "",
                    "Table of what was sent, where sink.dynamodb.* has it. Empty: in memory, and a"
                            + " restart may send what was sent.");
    public static final CommanderOption<String> COMMUNICATION_SLACK_API =
            CommanderOption.of(
                    "communication.slack.api",
                    TEXT,
                    "https://slack.com/api/",
                    "Slack's Web API, or a server that speaks it.");
    public static final CommanderOption<String> COMMUNICATION_PAGERDUTY_API =
            CommanderOption.of(
                    "communication.pagerduty.api",
                    TEXT,
                    "https://events.pagerduty.com/v2/enqueue",
                    "PagerDuty's Events API v2, or a server that speaks it.");
    public static final CommanderOption<String> COMMUNICATION_SMTP_HOST =
            CommanderOption.of(
                    "communication.smtp.host",
                    TEXT,
                    "",
                    "Mail server. Empty: mail stays in the outbox.");
    public static final CommanderOption<Integer> COMMUNICATION_SMTP_PORT =
            CommanderOption.of(
                    "communication.smtp.port",
                    OptionType.integer(1, 65_535),
                    "587",
                    "Port of the mail server.");
    public static final CommanderOption<String> COMMUNICATION_SMTP_FROM =
            CommanderOption.of(
                    "communication.smtp.from",
                    TEXT,
                    "incident-commander@localhost",
                    "Sender of mail.");
    public static final CommanderOption<SmtpClient.StartTls> COMMUNICATION_SMTP_START_TLS =
            CommanderOption.of(
                    "communication.smtp.start-tls",
                    OptionType.oneOf(SmtpClient.StartTls.class),
                    "required",
                    "Whether a mail server without TLS is refused.");

    public static final CommanderOption<BigDecimal> COST_CRITICAL_PER_MINUTE =
            CommanderOption.of(
                    "cost.critical-per-minute",
                    OptionType.decimal(),
                    "10000",
                    "Cost of an outage of a CRITICAL service. USD per minute, twice that in the"
                            + " service's business hours.");
    public static final CommanderOption<BigDecimal> COST_IMPORTANT_PER_MINUTE =
            CommanderOption.of(
                    "cost.important-per-minute",
                    OptionType.decimal(),
                    "1000",
                    "Cost of an outage of an IMPORTANT service, likewise.");
    public static final CommanderOption<BigDecimal> COST_SUPPORTING_PER_MINUTE =
            CommanderOption.of(
                    "cost.supporting-per-minute",
                    OptionType.decimal(),
                    "100",
                    "Cost of an outage of a SUPPORTING service, or of one in no catalogue.");

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

    private static final List<CommanderOption<?>> ALL =
            List.of(
                    PARALLELISM,
                    MAX_PARALLELISM,
                    CHECKPOINT_INTERVAL,
                    CHECKPOINT_DIRECTORY,
                    STATE_BACKEND,
                    KAFKA_CLIENT,
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
                    INGEST_SOURCE_IDLE,
                    SAMPLING_SLICE,
                    SAMPLING_BUNDLE_MAX_ENTRIES,
                    SAMPLING_BUNDLE_MAX_AGE,
                    SAMPLING_DEDUP_QUIET,
                    SAMPLING_PER_SERVICE_PER_SECOND,
                    SAMPLING_BUDGET,
                    SAMPLING_LATE_MEMORY,
                    FLAPPING_WINDOW,
                    FLAPPING_BEGINS_AT,
                    FLAPPING_ENDS_AT,
                    FLAPPING_PAUSE_SECONDS,
                    FLAPPING_PAUSE_EPISODES,
                    FLAPPING_PAUSE_SHARE,
                    CONTROL_FILES,
                    CONTROL_TOPOLOGY,
                    CONTROL_KAFKA_BOOTSTRAP_SERVERS,
                    CONTROL_KAFKA_TOPIC,
                    CONTROL_KAFKA_GROUP,
                    CONTROL_MAX_SILENCES,
                    CONTROL_CHANGE_MEMORY,
                    SUPPRESSION_MAX_FIRING,
                    SUPPRESSION_FIRING_MEMORY,
                    SUPPRESSION_RECHECK,
                    CORRELATION_GAP,
                    CORRELATION_LIVE_ENTRIES,
                    CORRELATION_SIGNIFICANCE,
                    CORRELATION_OUTBREAKS_PER_DAY,
                    CORRELATION_PASS_BOUND,
                    DETECTION_ANOMALY_MAX_SERIES,
                    DETECTION_ANOMALY_SCORE,
                    DETECTION_ANOMALY_LATENESS,
                    CONSENSUS_KAFKA_BOOTSTRAP_SERVERS,
                    CONSENSUS_KAFKA_REQUESTS_TOPIC,
                    CONSENSUS_KAFKA_RECOMMENDATIONS_TOPIC,
                    CONSENSUS_KAFKA_OUTCOMES_TOPIC,
                    CONSENSUS_KAFKA_AGENTS_TOPIC,
                    CONSENSUS_KAFKA_GROUP,
                    CONSENSUS_KEYS_FILE,
                    CONSENSUS_RUNBOOKS,
                    LIFECYCLE_KAFKA_BOOTSTRAP_SERVERS,
                    LIFECYCLE_KAFKA_ORDERS_TOPIC,
                    LIFECYCLE_KAFKA_REPORTS_TOPIC,
                    LIFECYCLE_KAFKA_QUESTIONS_TOPIC,
                    LIFECYCLE_KAFKA_GROUP,
                    RESOLUTION_MODE,
                    RESOLUTION_RECORD,
                    RESOLUTION_ALLOW_LIST,
                    RESOLUTION_ROLE,
                    RESOLUTION_SANDBOX_ROLE,
                    RESOLUTION_SESSION_DOCUMENT,
                    RESOLUTION_REGION,
                    RESOLUTION_ENDPOINT,
                    RESOLUTION_LEDGER_TABLE,
                    RESOLUTION_LEDGER_ENDPOINT,
                    DIAGNOSIS_MODEL,
                    DIAGNOSIS_BEDROCK_REGION,
                    DIAGNOSIS_BEDROCK_ENDPOINT,
                    DIAGNOSIS_MODELS,
                    DIAGNOSIS_AGENTS,
                    DIAGNOSIS_ADDRESSES,
                    DIAGNOSIS_DEADLINE,
                    DIAGNOSIS_ADMITTED,
                    DIAGNOSIS_SPEND_INCIDENT,
                    DIAGNOSIS_SPEND_HOUR,
                    DIAGNOSIS_RECORD,
                    DIAGNOSIS_MEMORY_ENDPOINT,
                    DIAGNOSIS_MEMORY_ALIAS,
                    DIAGNOSIS_MEMORY_EMBEDDINGS,
                    JOB_PART,
                    COMMUNICATION_ROUTING_FILE,
                    COMMUNICATION_OUTBOX_BOOTSTRAP_SERVERS,
                    COMMUNICATION_OUTBOX_TOPIC_PREFIX,
                    COMMUNICATION_OUTBOX_GROUP,
                    COMMUNICATION_MODE,
                    COMMUNICATION_SECRETS_FILE,
                    COMMUNICATION_LEDGER_TABLE,
                    COMMUNICATION_SLACK_API,
                    COMMUNICATION_PAGERDUTY_API,
                    COMMUNICATION_SMTP_HOST,
                    COMMUNICATION_SMTP_PORT,
                    COMMUNICATION_SMTP_FROM,
                    COMMUNICATION_SMTP_START_TLS,
                    COST_CRITICAL_PER_MINUTE,
                    COST_IMPORTANT_PER_MINUTE,
                    COST_SUPPORTING_PER_MINUTE,
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

    private CommanderOptions() {}

    /** All of them, in the order of the reference page. */
    public static List<CommanderOption<?>> all() {
        return ALL;
    }
}
