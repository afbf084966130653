// SPDX-License-Identifier: Apache-2.0
/** The way from the job to a model, as it is configured. */
package io.incidentcommander.jobs.diagnosis;
