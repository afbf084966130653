// SPDX-License-Identifier: Apache-2.0
/** Answers by reputation, learned from agreement alone. */
package io.incidentcommander.udfs.consensus.tally;
