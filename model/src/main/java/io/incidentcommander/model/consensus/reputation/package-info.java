// SPDX-License-Identifier: Apache-2.0
/** What is remembered of one agent's conduct, as state and on the wire. */
package io.incidentcommander.model.consensus.reputation;
