// SPDX-License-Identifier: Apache-2.0
/**
 * Agents that err together. Agreeing on the truth is no collusion: what counts is agreement that a
 * common truth does not explain.
 */
package io.incidentcommander.udfs.consensus.collusion;
