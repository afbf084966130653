// SPDX-License-Identifier: Apache-2.0
/** What is kept of the logs of a service: groups, templates and their counts over time. */
package io.incidentcommander.model.diagnosis.logs;
