// SPDX-License-Identifier: Apache-2.0
/**
 * How results leave: what a stream or store has not taken waits in checkpointed state, worst first,
 * and past a bound in a place outside. Nothing here knows what a result means.
 */
package io.incidentcommander.connectors.delivery;
