// SPDX-License-Identifier: Apache-2.0
/** What a model is told of an incident, and what its answer means: nothing in it is trusted. */
package io.incidentcommander.udfs.diagnosis.prompt;
