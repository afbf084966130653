// SPDX-License-Identifier: Apache-2.0
/** What is taken out of text before it leaves for a model: secrets and personal data. */
package io.incidentcommander.udfs.diagnosis.redaction;
