// SPDX-License-Identifier: Apache-2.0
/** What the protection of calls costs. */
package io.incidentcommander.benchmarks.resilience;
