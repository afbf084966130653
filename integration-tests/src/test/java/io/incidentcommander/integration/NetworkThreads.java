// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration;

import io.incidentcommander.connectors.audit.DynamoDbClientProvider;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * Keeps one client of AWS open from the first test class to the last. All clients of a process
 * share their threads, and the last one that is closed waits two quiet seconds for their end: at
 * each end of a job, each failure of a task and each look into a table.
 */
public final class NetworkThreads implements BeforeAllCallback {
    private static final String NOBODY = "http://127.0.0.1:1";

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(ExtensionContext.Namespace.create(NetworkThreads.class))
                .getOrComputeIfAbsent(Kept.class);
    }

    /** Asks nobody anything. */
    static final class Kept implements CloseableResource {
        private final DynamoDbAsyncClient client = DynamoDbClientProvider.at(NOBODY).create();

        @Override
        public void close() {
            client.close();
        }
    }
}
