// SPDX-License-Identifier: Apache-2.0
/** One state machine for each incident. */
package io.incidentcommander.operators.lifecycle;
