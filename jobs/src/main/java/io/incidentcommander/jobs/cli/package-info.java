// SPDX-License-Identifier: Apache-2.0
/** One class per command, and what all commands share. */
package io.incidentcommander.jobs.cli;
