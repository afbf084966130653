// SPDX-License-Identifier: Apache-2.0
/**
 * What is usual for a metric series, and how unusual a value is. {@link
 * io.incidentcommander.udfs.detection.anomaly.AnomalyBaseline} is the whole of it.
 */
package io.incidentcommander.udfs.detection.anomaly;
