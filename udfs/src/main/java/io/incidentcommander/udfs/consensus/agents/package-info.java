// SPDX-License-Identifier: Apache-2.0
/**
 * The agents that come with the job: what each makes of an incident, and the catalogue of runbooks
 * that all choose from. Pure.
 */
package io.incidentcommander.udfs.consensus.agents;
