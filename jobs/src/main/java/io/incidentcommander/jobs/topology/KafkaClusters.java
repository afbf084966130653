// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.connectors.kafka.KafkaCluster;
import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.CommanderOption;
import io.incidentcommander.jobs.configuration.IngestOptions;
import io.incidentcommander.jobs.configuration.JobOptions;

/** The clusters that options name the brokers of, reached as {@code kafka.client.*} says. */
public final class KafkaClusters {
    private KafkaClusters() {}

    /** One of the product's own. */
    public static KafkaCluster at(CommanderOption<String> brokers, CommanderConfiguration options) {
        return KafkaCluster.at(options.get(brokers))
                .with(options.properties(JobOptions.KAFKA_CLIENT));
    }

    /** The one that alerts come from, reached as {@code source.<id>.client.*} says above that. */
    static KafkaCluster ofSource(String id, CommanderConfiguration options) {
        return KafkaCluster.at(options.get(IngestOptions.SOURCE_BOOTSTRAP_SERVERS, id))
                .with(options.properties(JobOptions.KAFKA_CLIENT))
                .with(options.properties(IngestOptions.SOURCE_CLIENT, id));
    }
}
