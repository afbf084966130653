// SPDX-License-Identifier: Apache-2.0
/** Ledger and effects of actions, as they are configured. */
package io.incidentcommander.jobs.resolution;
