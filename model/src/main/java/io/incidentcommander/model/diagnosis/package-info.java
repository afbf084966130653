// SPDX-License-Identifier: Apache-2.0
/** What diagnosis looks at, and what it says. */
package io.incidentcommander.model.diagnosis;
