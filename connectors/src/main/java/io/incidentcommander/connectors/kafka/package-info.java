// SPDX-License-Identifier: Apache-2.0
/** How Kafka is reached: what all of its clients here have in common. */
package io.incidentcommander.connectors.kafka;
