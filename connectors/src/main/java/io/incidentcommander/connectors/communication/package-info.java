// SPDX-License-Identifier: Apache-2.0
/** The outbox, and the sinks that take messages from it to Slack, PagerDuty, mail and webhooks. */
package io.incidentcommander.connectors.communication;
