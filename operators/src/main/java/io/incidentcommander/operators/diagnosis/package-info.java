// SPDX-License-Identifier: Apache-2.0
/** From incident events to diagnoses: what is known is gathered, a model is asked, once a time. */
package io.incidentcommander.operators.diagnosis;
