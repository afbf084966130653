// SPDX-License-Identifier: Apache-2.0
/** Everything on one machine: embedded services, the job, a storm, and what came of it. */
package io.incidentcommander.jobs.live;
