// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.ingest;

/** How bad it is. Ordinals rise with severity and are stored: append, never reorder. */
public enum Severity {
    INFO,
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL
}
