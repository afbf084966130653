// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.kafka;

import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * How every producer here is set up whose records carry event time: all replicas acknowledge,
 * nothing is doubled by a retry, and one request at a time is on its way to a broker.
 *
 * <p>One, not Kafka's five: a broker that loads its log after a restart forgets the producers whose
 * last record is more than a day old <em>by the record's own time</em> ({@code
 * producer.id.expiration.ms}). Records of a replay or of a late source always are. If the broker
 * then refuses a first request because it does not lead the partition yet, and takes a second one
 * that was on its way behind it, it holds the second for the beginning. The first is out of
 * sequence for ever and is lost to the caller after {@code delivery.timeout.ms}.
 */
public final class OrderedProducer {
    private OrderedProducer() {}

    /** A new, mutable set of settings, with all it takes to reach the cluster. */
    public static Properties settings(KafkaCluster cluster) {
        Properties settings = cluster.properties();
        settings.setProperty(ProducerConfig.ACKS_CONFIG, "all");
        settings.setProperty(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        settings.setProperty(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, "1");
        return settings;
    }
}
