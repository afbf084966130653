// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import com.amazonaws.services.dynamodbv2.local.embedded.DynamoDBEmbedded;
import com.amazonaws.services.dynamodbv2.local.shared.access.AmazonDynamoDBLocal;
import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.IncidentEvent;
import java.io.File;
import java.util.Arrays;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** Amazon's own engine in memory, in this process, with an event table in it. */
public final class LocalDynamoDb implements AutoCloseable {
    static final String TABLE = "incident-events";

    private final AmazonDynamoDBLocal server;
    private final DynamoDbAsyncClient client;

    public LocalDynamoDb() {
        pointSqliteToItsLibrary();
        server = DynamoDBEmbedded.create();
        client = server.dynamoDbAsyncClient();
        EventTable.createIfAbsent(client, TABLE);
    }

    public DynamoDbAsyncClient client() {
        return client;
    }

    List<IncidentEvent> events(String incidentId) {
        return new DynamoDbEventStore(client, TABLE).read(incidentId).join();
    }

    ChainHead head(String incidentId) {
        return new DynamoDbEventStore(client, TABLE).head(incidentId).join();
    }

    @Override
    public void close() {
        server.shutdown();
    }

    /** The native library is an artifact of its own on the class path, where SQLite cannot look. */
    private static void pointSqliteToItsLibrary() {
        Arrays.stream(classPath())
                .map(File::new)
                .filter(file -> file.getName().startsWith("libsqlite4java-linux-amd64"))
                .findFirst()
                .ifPresent(
                        file -> System.setProperty("sqlite4java.library.path", file.getParent()));
    }

    private static String[] classPath() {
        String surefire = System.getProperty("surefire.test.class.path");
        String path = surefire == null ? System.getProperty("java.class.path") : surefire;
        return path.split(File.pathSeparator);
    }
}
