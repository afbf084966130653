// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.kafka;

import java.io.Serializable;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * Where a cluster of Kafka is and how it is reached: its brokers, and the properties that every
 * client of it needs, as those of TLS and SASL. Immutable.
 *
 * <p>A value with {@code ${file:...}} in it and the like is looked up by the client itself where it
 * runs, by Kafka's {@code config.providers}: what it stands for is in no job graph.
 */
public final class KafkaCluster implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String brokers;
    private final TreeMap<String, String> client;

    private KafkaCluster(String brokers, Map<String, String> client) {
        this.brokers = Objects.requireNonNull(brokers, "brokers");
        this.client = new TreeMap<>(client);
    }

    /**
     * Reached without anything special.
     *
     * @param brokers host:port, with commas between
     */
    public static KafkaCluster at(String brokers) {
        return new KafkaCluster(brokers, Map.of());
    }

    /**
     * The same, reached with these too; they stand above those it has.
     *
     * @param properties as Kafka names them
     */
    public KafkaCluster with(Map<String, String> properties) {
        Map<String, String> all = new TreeMap<>(client);
        all.putAll(properties);
        return new KafkaCluster(brokers, all);
    }

    /** Of a client: a new, mutable set, the brokers among them. */
    public Properties properties() {
        Properties properties = new Properties();
        properties.putAll(client);
        properties.setProperty(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers);
        return properties;
    }

    /** The brokers; what else clients need may be a secret. */
    @Override
    public String toString() {
        return brokers;
    }
}
