// SPDX-License-Identifier: Apache-2.0
/** Who hears of an incident, when, and in which words; the deciding is in the cores. */
package io.incidentcommander.operators.communication;
