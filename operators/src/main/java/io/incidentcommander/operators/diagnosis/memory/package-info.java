// SPDX-License-Identifier: Apache-2.0
/** What is remembered before a model is asked, and what is learned from how it turned out. */
package io.incidentcommander.operators.diagnosis.memory;
