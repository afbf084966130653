// SPDX-License-Identifier: Apache-2.0
/** What is remembered of incidents, and the ports by which it is searched and learned. */
package io.incidentcommander.model.diagnosis.memory;
