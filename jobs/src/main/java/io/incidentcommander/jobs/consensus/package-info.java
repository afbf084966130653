// SPDX-License-Identifier: Apache-2.0
/** Consensus outside a job: answers from a file, and simulations with attackers. */
package io.incidentcommander.jobs.consensus;
