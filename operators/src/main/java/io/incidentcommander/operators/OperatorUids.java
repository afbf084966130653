// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators;

/**
 * The uids of all operators. A savepoint finds its state by them: renaming one is a breaking
 * change, so these are constants, and a test compares them with the ones released.
 */
public final class OperatorUids {
    public static final String SOURCE_PREFIX = "ingest-source-";
    public static final String DECODE_AND_BUNDLE = "ingest-decode-and-bundle";
    public static final String DEDUPLICATE = "sampling-deduplicate";
    public static final String FLAPPING = "sampling-flapping";
    public static final String REDUCE_SAMPLE = "sampling-reduce";
    public static final String SAMPLE = "sampling-priority-sample";
    public static final String SUPPRESS = "correlation-suppress";
    public static final String CONTROL_SOURCE = "correlation-control-source";
    public static final String READ_CONTROL = "correlation-read-control";
    public static final String CONTROL_TIME = "correlation-control-time";
    public static final String CONTROL_REPORT_SINK = "correlation-control-report-sink";
    public static final String CORRELATE = "correlation-correlate";
    public static final String COUNTS_TO_CORRELATE = "correlation-counts";
    public static final String PATTERNS_TO_CORRELATE = "correlation-patterns";
    public static final String SOURCES_TO_CORRELATE = "correlation-sources";
    public static final String CONTROL_TO_CORRELATE = "correlation-control";
    public static final String VOTE_TO_VERIFY = "consensus-vote-to-verify";
    public static final String VERIFY_SIGNATURES = "consensus-verify-signatures";
    public static final String TALLY = "consensus-tally";
    public static final String ASK = "consensus-ask";
    public static final String BUILT_IN_AGENTS = "consensus-built-in-agents";
    public static final String NEWS_OF_EVENT = "consensus-news-of-event";
    public static final String NEWS_OF_MATCH = "consensus-news-of-match";
    public static final String NEWS_TO_AGENTS = "consensus-news-to-agents";
    public static final String REQUEST_TO_AGENTS = "consensus-request-to-agents";
    public static final String REQUEST_SOURCE = "consensus-request-source";
    public static final String REQUEST_TIME = "consensus-request-time";
    public static final String REQUEST_SINK = "consensus-request-sink";
    public static final String RECOMMENDATION_SOURCE = "consensus-recommendation-source";
    public static final String RECOMMENDATION_TIME = "consensus-recommendation-time";
    public static final String OUTCOME_SOURCE = "consensus-outcome-source";
    public static final String OUTCOME_TIME = "consensus-outcome-time";
    public static final String OUTCOME_SINK = "consensus-outcome-sink";
    public static final String OUTCOME_TO_JUDGE = "consensus-outcome-to-judge";
    public static final String AGENT_SOURCE = "consensus-agent-source";
    public static final String AGENT_TIME = "consensus-agent-time";
    public static final String DECISION_SINK = "consensus-decision-sink";
    public static final String FINDING_SINK = "consensus-finding-sink";

    /** Followed by the id of the pattern and its version: a changed pattern is a new operator. */
    public static final String PATTERN_PREFIX = "detection-pattern-";

    /** Followed by the id and version of the pattern behind the gate. */
    public static final String GATE_PREFIX = "detection-gate-";

    public static final String ENRICH = "detection-enrich";
    public static final String READ_SERIES = "detection-read-series";
    public static final String CAUSE_EVENTS = "detection-cause-events";
    public static final String HEAR_SIGNALS = "detection-hear-signals";
    public static final String WATCH_SILENCE = "detection-watch-silence";
    public static final String BIN_SERIES = "detection-bin-series";
    public static final String SCORE_SERIES = "detection-score-series";
    public static final String CLUE_OF_ALERT = "diagnosis-clue-of-alert";
    public static final String CLUE_OF_EVENT = "diagnosis-clue-of-event";
    public static final String CLUE_OF_MATCH = "diagnosis-clue-of-match";
    public static final String CLUE_OF_LOGS = "diagnosis-clue-of-logs";
    public static final String ASK_FOR_DIAGNOSIS = "diagnosis-ask";
    public static final String RESET_TIME = "diagnosis-reset-time";
    public static final String HEAR_RESETS = "diagnosis-hear-resets";

    /** This and the next three: followed by - and the name of an agent that is not the first. */
    public static final String DIAGNOSE = "diagnosis-diagnose";

    public static final String DIAGNOSIS_HISTORY = "diagnosis-history";
    public static final String DIAGNOSIS_TIME = "diagnosis-time";
    public static final String MODEL_AGENT = "consensus-model-agent";
    public static final String NEWS_OF_RANKING = "consensus-news-of-ranking";
    public static final String DIAGNOSIS_SINK = "diagnosis-sink";
    public static final String REDUCE_LOGS = "diagnosis-reduce-logs";
    public static final String WATCH_LOGS = "diagnosis-watch-logs";
    public static final String SERVICE_LOGS_SINK = "diagnosis-service-logs-sink";
    public static final String REDUCE_METRICS = "diagnosis-reduce-metrics";
    public static final String BIN_METRICS = "diagnosis-bin-metrics";
    public static final String RANK_CAUSES = "diagnosis-rank-causes";
    public static final String LEARN_FROM_REQUEST = "diagnosis-learn-from-request";
    public static final String LEARN_FROM_DIAGNOSIS = "diagnosis-learn-from-diagnosis";
    public static final String LEARN = "diagnosis-learn";
    public static final String KEEP_PATTERNS = "diagnosis-keep-patterns";
    public static final String PATTERN_SINK = "diagnosis-pattern-sink";
    public static final String SAID_BY_EVENT = "communication-said-by-event";
    public static final String SAID_BY_DIAGNOSIS = "communication-said-by-diagnosis";
    public static final String SAID_BY_DIAGNOSIS_TIME = "communication-said-by-diagnosis-time";
    public static final String SAID_BY_DECISION = "communication-said-by-decision";
    public static final String SAID_BY_DECISION_TIME = "communication-said-by-decision-time";
    public static final String SAID_BY_HUMAN = "communication-said-by-human";
    public static final String SAID_BY_HUMAN_TIME = "communication-said-by-human-time";
    public static final String ROUTE_NOTICES = "communication-route-notices";
    public static final String PLAN_CHANNEL = "communication-plan-channel";
    public static final String OUTBOX_SINK = "communication-outbox-sink";
    public static final String UNPLANNED_SINK = "communication-unplanned-sink";

    /** Followed by the word of a kind of channel. */
    public static final String DELIVERY_SOURCE_PREFIX = "communication-delivery-source-";

    public static final String DELIVERY_SINK_PREFIX = "communication-delivery-sink-";
    public static final String LEDGER = "audit-ledger";
    public static final String DEAD_LETTER_SINK = "audit-dead-letter-sink";
    public static final String DEAD_LETTER_STREAM_SINK = "audit-dead-letter-stream-sink";
    public static final String DEAD_LETTER_LINE = "audit-dead-letter-line";
    public static final String DEAD_LETTER_FILE_SINK = "audit-dead-letter-file-sink";
    public static final String DEAD_LETTER_QUEUE_SINK = "audit-dead-letter-queue-sink";
    public static final String METRIC_SINK = "ingest-metric-sink";
    public static final String LOG_SINK = "ingest-log-sink";
    public static final String FATE_SINK = "audit-fate-sink";
    public static final String LEDGER_SINK = "audit-ledger-sink";
    public static final String NOTABLE_SINK = "sampling-notable-sink";
    public static final String EVENT_STORE_SINK = "audit-event-store-sink";
    public static final String EVENT_REPLICA_SINK = "audit-event-replica-sink";
    public static final String INCIDENT_INDEX_SINK = "audit-incident-index-sink";
    public static final String INCIDENT_OF_EVENT = "audit-incident-of-event";
    public static final String COMMITTED_EVENTS = "audit-committed-events";
    public static final String WATCH_CHAINS = "audit-watch-chains";
    public static final String INSPECT_CHAINS = "audit-inspect-chains";
    public static final String RAISE_ALARMS = "audit-raise-alarms";
    public static final String ALARM_SINK = "audit-alarm-sink";
    public static final String FACT_OF_ALARM = "audit-fact-of-alarm";
    public static final String EVENT_TOPIC_SINK = "audit-event-topic-sink";
    public static final String EVENT_STREAM_SINK = "audit-event-stream-sink";

    public static final String FACT_OF_EVENT = "lifecycle-fact-of-event";
    public static final String FACT_OF_DIAGNOSIS = "lifecycle-fact-of-diagnosis";
    public static final String FACT_OF_DIAGNOSIS_TIME = "lifecycle-fact-of-diagnosis-time";
    public static final String LIFECYCLE = "lifecycle-lifecycle";
    public static final String FACT_TO_LIFECYCLE = "lifecycle-fact-to-lifecycle";
    public static final String DECISION_TO_LIFECYCLE = "lifecycle-decision-to-lifecycle";
    public static final String ORDER_SINK = "lifecycle-order-sink";
    public static final String REPORT_SOURCE = "lifecycle-report-source";
    public static final String REPORT_TIME = "lifecycle-report-time";
    public static final String QUESTION_SINK = "lifecycle-question-sink";
    public static final String QUESTION_SOURCE = "lifecycle-question-source";
    public static final String QUESTION_TIME = "lifecycle-question-time";
    public static final String QUESTION_TO_TALLY = "consensus-question-to-tally";
    public static final String FACT_OF_COMMAND = "lifecycle-fact-of-command";
    public static final String FACT_OF_COMMAND_TIME = "lifecycle-fact-of-command-time";
    public static final String ORDER_SOURCE = "resolution-order-source";
    public static final String ORDER_HEARD = "resolution-order-heard";
    public static final String DOCUMENT_HEARD = "resolution-document-heard";
    public static final String ACT = "resolution-act";
    public static final String REPORT_SINK = "resolution-report-sink";
    public static final String ANNOUNCE = "resolution-announce";
    public static final String COMMAND_SOURCE = "resolution-command-source";
    public static final String READ_COMMANDS = "resolution-read-commands";
    public static final String COMMAND = "resolution-command";
    public static final String COMMAND_REPORT_SINK = "resolution-command-report-sink";

    private OperatorUids() {}
}
