// SPDX-License-Identifier: Apache-2.0
/** What is remembered of a metric series to tell what is usual for it. */
package io.incidentcommander.model.detection.anomaly;
