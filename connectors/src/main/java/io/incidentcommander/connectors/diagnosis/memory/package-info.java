// SPDX-License-Identifier: Apache-2.0
/** The memory of incidents in OpenSearch, and its archive in S3. */
package io.incidentcommander.connectors.diagnosis.memory;
