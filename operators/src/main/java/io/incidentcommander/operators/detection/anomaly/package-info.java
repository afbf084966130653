// SPDX-License-Identifier: Apache-2.0
/** Metric series held against what is usual for each, and the alerts that come of it. */
package io.incidentcommander.operators.detection.anomaly;
