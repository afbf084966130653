// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.catalogue;

/** How much hangs on a service. From the least to the most. */
public enum ServiceTier {
    SUPPORTING,
    IMPORTANT,
    CRITICAL
}
