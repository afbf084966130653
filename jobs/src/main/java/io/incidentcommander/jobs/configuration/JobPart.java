// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.configuration;

/** What a job does of what there is to do. */
public enum JobPart {
    /** From alerts to decisions, and messages into the outbox. */
    COMMAND,
    /** From the outbox to the receivers: a job of its own, so that nothing waits for a channel. */
    DELIVERY
}
