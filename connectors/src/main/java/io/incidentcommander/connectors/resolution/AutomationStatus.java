// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.resolution;

/** What Systems Manager says of an automation. */
public enum AutomationStatus {
    RUNNING,
    SUCCEEDED,
    FAILED,
    /** It knows of none. */
    UNKNOWN,
    /** It did not answer, or did not want to. */
    UNREACHABLE
}
