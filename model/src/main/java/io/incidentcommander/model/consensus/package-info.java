// SPDX-License-Identifier: Apache-2.0
/** Votes, rosters, rounds and decisions. docs/protocol.md has their bytes. */
package io.incidentcommander.model.consensus;
