// SPDX-License-Identifier: Apache-2.0
/**
 * The real topology over recorded files: a run with an end, whose results are files that depend on
 * the input and the options alone.
 */
package io.incidentcommander.jobs.finite;
