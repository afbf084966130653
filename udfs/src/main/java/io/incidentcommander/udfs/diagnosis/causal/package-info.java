// SPDX-License-Identifier: Apache-2.0
/**
 * Causal ranking from topology and metric series, offline: no model, no clock, no randomness.
 * {@link io.incidentcommander.udfs.diagnosis.causal.CausalRanker} is the way in; docs/quality.md
 * says how well it does and on what.
 */
package io.incidentcommander.udfs.diagnosis.causal;
