// SPDX-License-Identifier: Apache-2.0
/** The options of the whole project: typed, documented, and read from several sources in order. */
package io.incidentcommander.jobs.configuration;
