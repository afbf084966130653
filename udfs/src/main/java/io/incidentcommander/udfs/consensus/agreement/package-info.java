// SPDX-License-Identifier: Apache-2.0
/**
 * Answers of many agents to many questions, when nobody knows the truth: the sheet of answers and
 * the ways to read a truth from it.
 */
package io.incidentcommander.udfs.consensus.agreement;
