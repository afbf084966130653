// SPDX-License-Identifier: Apache-2.0
/** The metrics of each service over the last half hour, and what they say of an incident. */
package io.incidentcommander.operators.diagnosis.metrics;
