// SPDX-License-Identifier: Apache-2.0
/** What is asked of whoever acts, and what acting leaves. */
package io.incidentcommander.model.resolution;
