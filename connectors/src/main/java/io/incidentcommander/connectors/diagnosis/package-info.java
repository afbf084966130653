// SPDX-License-Identifier: Apache-2.0
/**
 * Models behind Amazon Bedrock: the client, which model is asked when, what may be spent, and what
 * was answered before. Nothing here knows what a prompt says or what an answer means.
 */
package io.incidentcommander.connectors.diagnosis;
