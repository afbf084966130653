// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class KafkaClusterTest {
    private static final String BROKERS = "localhost:1";

    @Test
    void laterPropertiesStandAboveEarlierOnesAndTheBrokersAboveAll() {
        KafkaCluster cluster =
                KafkaCluster.at(BROKERS)
                        .with(Map.of("security.protocol", "SSL", "client.rack", "a"))
                        .with(Map.of("security.protocol", "SASL_SSL", "bootstrap.servers", "x:1"));

        assertThat(cluster.properties())
                .isEqualTo(
                        Map.of(
                                "security.protocol",
                                "SASL_SSL",
                                "client.rack",
                                "a",
                                "bootstrap.servers",
                                BROKERS));
        assertThat(cluster).as("without what may be a secret").hasToString(BROKERS);
    }

    /** All of it is found; nobody is asked before there is a connection. */
    @Test
    void theLoginOfAmazonMskIsOnTheClassPath() {
        Properties settings =
                OrderedProducer.settings(
                        KafkaCluster.at(BROKERS)
                                .with(
                                        Map.of(
                                                "security.protocol",
                                                "SASL_SSL",
                                                "sasl.mechanism",
                                                "AWS_MSK_IAM",
                                                "sasl.jaas.config",
                                                "software.amazon.msk.auth.iam.IAMLoginModule"
                                                        + " required;",
                                                "sasl.client.callback.handler.class",
                                                "software.amazon.msk.auth.iam"
                                                        + ".IAMClientCallbackHandler")));

        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            assertThat(producer.metrics()).isNotEmpty();
        }
    }
}
