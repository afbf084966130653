// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.ingest;

/**
 * How our own notifications are marked, so that they are recognised when another system sends them
 * back to us. Senders set these marks, decoders look for them; a message without them comes back as
 * an alert about itself.
 */
public final class EchoMarks {
    /** Key of an annotation, label, custom detail or metadata field; its value does not matter. */
    public static final String FIELD = "incident-commander";

    /** Name of the client in PagerDuty's events and webhooks. */
    public static final String CLIENT_NAME = "Incident Commander";

    /** Beginning of every deduplication and incident key. */
    public static final String KEY_PREFIX = "incident-commander/";

    /** Event type of the metadata of Slack messages. */
    public static final String SLACK_EVENT_TYPE = "incident_commander";

    private EchoMarks() {}

    /** Whether a deduplication or incident key is one of ours. */
    public static boolean isOurKey(String key) {
        return key.startsWith(KEY_PREFIX);
    }
}
