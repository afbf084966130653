// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.connectors.audit.DynamoDbClientProvider;
import io.incidentcommander.jobs.audit.EventTableChains;
import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.CommanderOption;
import io.incidentcommander.jobs.configuration.SinkOptions;
import java.io.Serializable;

/** How the event table and its replica are reached, by {@code sink.dynamodb.*}. */
public final class EventTables {
    private EventTables() {}

    /** Of the primary. */
    public static DynamoDbClientProvider clients(CommanderConfiguration options) {
        return clients(
                options, SinkOptions.SINK_DYNAMODB_ENDPOINT, SinkOptions.SINK_DYNAMODB_REGION);
    }

    /** Of the second copy. */
    public static DynamoDbClientProvider replicaClients(CommanderConfiguration options) {
        return clients(
                options,
                SinkOptions.SINK_DYNAMODB_REPLICA_ENDPOINT,
                SinkOptions.SINK_DYNAMODB_REPLICA_REGION);
    }

    /** Where anchors of a table are; in both regions by the same name. */
    static String anchorTable(CommanderConfiguration options, String eventTable) {
        String anchors = options.get(SinkOptions.SINK_DYNAMODB_ANCHOR_TABLE);
        return anchors.isEmpty() ? eventTable : anchors;
    }

    /** The primary, to be checked. */
    public static Opener chains(CommanderConfiguration options) {
        String table = options.get(SinkOptions.SINK_DYNAMODB_TABLE);
        return opener("table", table, anchorTable(options, table), clients(options));
    }

    /** The second copy, to be checked. */
    public static Opener replicaChains(CommanderConfiguration options) {
        String table = options.get(SinkOptions.SINK_DYNAMODB_REPLICA_TABLE);
        return opener("replica", table, anchorTable(options, table), replicaClients(options));
    }

    private static Opener opener(
            String name, String table, String anchors, DynamoDbClientProvider clients) {
        return () -> new EventTableChains(name, table, anchors, clients);
    }

    private static DynamoDbClientProvider clients(
            CommanderConfiguration options,
            CommanderOption<String> endpoint,
            CommanderOption<String> region) {
        return options.get(endpoint).isEmpty()
                ? DynamoDbClientProvider.inRegion(options.get(region))
                : DynamoDbClientProvider.at(options.get(endpoint));
    }

    /** Opens a table where it is used; whoever does closes it. */
    public interface Opener extends Serializable {
        EventTableChains open();
    }
}
