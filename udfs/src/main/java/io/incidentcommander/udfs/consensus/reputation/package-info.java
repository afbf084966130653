// SPDX-License-Identifier: Apache-2.0
/**
 * How far an agent is trusted: reputation moved by verified outcomes, suspicion moved by evidence,
 * quarantine and probation by both. Everything is a function of what happened and of a time.
 */
package io.incidentcommander.udfs.consensus.reputation;
