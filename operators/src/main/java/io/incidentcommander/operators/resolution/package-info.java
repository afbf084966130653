// SPDX-License-Identifier: Apache-2.0
/** Carries out orders, step by step, through ports to the ledger and to the world. */
package io.incidentcommander.operators.resolution;
