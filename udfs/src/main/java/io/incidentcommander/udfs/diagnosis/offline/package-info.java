// SPDX-License-Identifier: Apache-2.0
/** Roads to a diagnosis that need no model: logs and calls, patterns and memories, a human. */
package io.incidentcommander.udfs.diagnosis.offline;
