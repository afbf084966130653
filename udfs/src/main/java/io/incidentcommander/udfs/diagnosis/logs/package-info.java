// SPDX-License-Identifier: Apache-2.0
/**
 * What the logs of a service say about an incident: entries within limits, templates of our own
 * mining, and which of them come more often than chance allows. Nothing in a log is trusted.
 */
package io.incidentcommander.udfs.diagnosis.logs;
