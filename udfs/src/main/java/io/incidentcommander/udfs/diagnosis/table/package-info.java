// SPDX-License-Identifier: Apache-2.0
/** Reads call graphs and metric series from comma-separated values. */
package io.incidentcommander.udfs.diagnosis.table;
