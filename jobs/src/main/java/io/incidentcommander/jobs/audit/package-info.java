// SPDX-License-Identifier: Apache-2.0
/** Looking after stored chains of events from the command line. */
package io.incidentcommander.jobs.audit;
