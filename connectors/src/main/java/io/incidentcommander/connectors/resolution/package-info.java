// SPDX-License-Identifier: Apache-2.0
/** Where actions are carried out, and the table that remembers them. */
package io.incidentcommander.connectors.resolution;
