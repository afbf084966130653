// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import io.incidentcommander.connectors.communication.KafkaOutbox;

/** What topics, table and index of a run are called. */
public final class RunNames {
    /** Source id of the storm. */
    public static final String SOURCE = "storm";

    public static final String ALERTS_TOPIC = "alerts";
    public static final int ALERTS_PARTITIONS = 4;
    public static final String EVENTS_TOPIC = "incidents";
    public static final String DEAD_LETTERS_TOPIC = "dead-letters";
    public static final String REQUESTS_TOPIC = "round-requests";
    public static final String RECOMMENDATIONS_TOPIC = "recommendations";
    public static final String AGENTS_TOPIC = "agents";
    public static final String OUTCOMES_TOPIC = "outcomes";
    public static final String OUTBOX_PREFIX = "outbox";
    public static final String UNDELIVERED_TOPIC = KafkaOutbox.undeliveredTopic(OUTBOX_PREFIX);
    public static final String SENT_TABLE = "sent-messages";
    public static final String ORDERS_TOPIC = "action-orders";
    public static final String REPORTS_TOPIC = "action-reports";
    public static final String CONTROL_TOPIC = "control";
    public static final String CONTROL_REPORTS_TOPIC = "control-reports";
    public static final String QUESTIONS_TOPIC = "decision-questions";
    public static final String ACTION_TABLE = "action-ledger";
    public static final String EVENT_TABLE = "incident-events";
    public static final String EVENT_REPLICA_TABLE = "incident-events-replica";
    public static final String ANCHOR_TABLE = "incident-anchors";
    public static final String PATTERN_ALIAS = "incident-patterns";
    public static final String INCIDENT_INDEX = "incidents";

    private RunNames() {}
}
