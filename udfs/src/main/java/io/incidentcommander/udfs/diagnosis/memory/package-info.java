// SPDX-License-Identifier: Apache-2.0
/** How memories are compared, ranked and made: pure functions. */
package io.incidentcommander.udfs.diagnosis.memory;
