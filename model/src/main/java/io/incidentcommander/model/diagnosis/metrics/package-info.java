// SPDX-License-Identifier: Apache-2.0
/** The metrics of each service over the last while, as an analysis of an incident reads them. */
package io.incidentcommander.model.diagnosis.metrics;
