// SPDX-License-Identifier: Apache-2.0
/** Detection over files, without a job. */
package io.incidentcommander.jobs.detection;
