// SPDX-License-Identifier: Apache-2.0
/** Archives of logs, of any size: found by time and sampled where they lie, never read whole. */
package io.incidentcommander.connectors.diagnosis.logs;
