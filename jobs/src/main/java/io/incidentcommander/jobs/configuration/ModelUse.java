// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.configuration;

/** Whether a model is asked for the cause of an incident. */
public enum ModelUse {
    /** Logs, calls, patterns and humans alone. */
    NONE,
    BEDROCK,
    /** What was recorded, and nobody is asked. */
    REPLAY
}
