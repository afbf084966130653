// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.connectors.audit.DynamoDbClientProvider;
import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.CommanderOption;
import io.incidentcommander.jobs.configuration.CommanderOptions;

/** How the event table and its replica are reached, by {@code sink.dynamodb.*}. */
public final class EventTables {
    private EventTables() {}

    /** Of the primary. */
    public static DynamoDbClientProvider clients(CommanderConfiguration options) {
        return clients(
                options,
                CommanderOptions.SINK_DYNAMODB_ENDPOINT,
                CommanderOptions.SINK_DYNAMODB_REGION);
    }

    /** Of the second copy. */
    public static DynamoDbClientProvider replicaClients(CommanderConfiguration options) {
        return clients(
                options,
                CommanderOptions.SINK_DYNAMODB_REPLICA_ENDPOINT,
                CommanderOptions.SINK_DYNAMODB_REPLICA_REGION);
    }

    private static DynamoDbClientProvider clients(
            CommanderConfiguration options,
            CommanderOption<String> endpoint,
            CommanderOption<String> region) {
        return options.get(endpoint).isEmpty()
                ? DynamoDbClientProvider.inRegion(options.get(region))
                : DynamoDbClientProvider.at(options.get(endpoint));
    }
}
