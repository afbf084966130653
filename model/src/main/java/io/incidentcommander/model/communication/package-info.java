// SPDX-License-Identifier: Apache-2.0
/** What people are told of incidents, and over which channels. */
package io.incidentcommander.model.communication;
