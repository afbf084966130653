// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.configuration;

import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;

/** The properties of Kafka's clients that can be set: all but those that results depend on. */
final class KafkaClientProperties implements PropertyNames {
    /** Where clients look up what a value stands for; their parameters may be secrets. */
    private static final String PROVIDERS = AbstractConfig.CONFIG_PROVIDERS_CONFIG;

    private static final Set<String> OURS =
            Set.of(
                    ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    ConsumerConfig.CLIENT_ID_CONFIG,
                    ConsumerConfig.GROUP_ID_CONFIG,
                    ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
                    ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                    ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                    ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                    ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                    ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                    ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                    ProducerConfig.ACKS_CONFIG,
                    ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                    ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                    ProducerConfig.RETRIES_CONFIG,
                    ProducerConfig.PARTITIONER_CLASS_CONFIG,
                    ProducerConfig.PARTITIONER_IGNORE_KEYS_CONFIG,
                    ProducerConfig.TRANSACTIONAL_ID_CONFIG);

    private final TreeMap<String, ConfigDef.ConfigKey> known = new TreeMap<>();

    KafkaClientProperties() {
        known.putAll(ProducerConfig.configDef().configKeys());
        known.putAll(ConsumerConfig.configDef().configKeys());
    }

    @Override
    public void check(String name) {
        if (OURS.contains(name)) {
            throw new IllegalArgumentException("cannot be set: results depend on it");
        }
        if (!known.containsKey(name) && !isOfProviders(name)) {
            throw new IllegalArgumentException(
                    "Kafka's clients have no property '"
                            + name
                            + "'"
                            + NearestKey.to(name, known.keySet())
                                    .map(nearest -> "; did you mean '" + nearest + "'?")
                                    .orElse(""));
        }
    }

    @Override
    public boolean isSecret(String name) {
        ConfigDef.ConfigKey key = known.get(name);
        return key == null
                ? name.startsWith(PROVIDERS + ".") && name.contains(".param.")
                : key.type == ConfigDef.Type.PASSWORD;
    }

    private static boolean isOfProviders(String name) {
        return name.equals(PROVIDERS) || name.startsWith(PROVIDERS + ".");
    }
}
