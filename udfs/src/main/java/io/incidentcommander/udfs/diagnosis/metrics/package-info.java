// SPDX-License-Identifier: Apache-2.0
/** Causes of an incident by the metrics that are kept while the job runs. */
package io.incidentcommander.udfs.diagnosis.metrics;
