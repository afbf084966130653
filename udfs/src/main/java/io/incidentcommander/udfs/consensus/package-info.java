// SPDX-License-Identifier: Apache-2.0
/**
 * Consensus as a library: rosters and power, rounds and their tally, findings, certificates. Pure
 * functions over {@code model.consensus}; docs/protocol.md tells the whole.
 */
package io.incidentcommander.udfs.consensus;
