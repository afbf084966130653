// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBRequestHandler;
import com.amazonaws.services.dynamodbv2.local.server.LocalDynamoDBServerHandler;
import java.io.File;
import java.net.InetSocketAddress;
import java.util.Arrays;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandler;

/**
 * Amazon's DynamoDB for local use, in memory. Tables survive {@link #stop()}, which closes the door
 * only, and end with {@link #close()}.
 *
 * <p>The HTTP server is our own around the vendor's handler, because the vendor's own listens on
 * all interfaces; it also is the vendor's launcher, not the handler, that reports usage over the
 * network.
 */
final class DynamoDbService implements EmbeddedService {

    private static final String NATIVE_LIBRARY = "libsqlite4java-";
    private static final String IN_MEMORY_WITHOUT_FILE = null;

    private final ServiceName name;
    private final int port;
    private LocalDynamoDBServerHandler tables;
    private Server server;

    DynamoDbService(ServiceName name, LoopbackPorts ports) {
        this.name = name;
        this.port = ports.next();
    }

    @Override
    public ServiceName name() {
        return name;
    }

    @Override
    public StartOutcome start() throws Exception {
        if (server == null) {
            if (tables == null) {
                tables = openTables();
            }
            server = new Server(new InetSocketAddress(LoopbackPorts.ADDRESS, port));
            ContextHandler root = new ContextHandler();
            root.setHandler(tables);
            server.setHandler(root);
            server.start();
        }
        return new StartOutcome.Started(Http.at(port));
    }

    @Override
    public void stop() throws Exception {
        if (server != null) {
            server.stop();
            server = null;
        }
    }

    @Override
    public void close() throws Exception {
        stop();
        if (tables != null) {
            tables.close();
            tables = null;
        }
    }

    /**
     * One after the other: handlers that are made at once can leave a static table of theirs with
     * gaps, and then every answer of some kind is a status 500.
     */
    private static synchronized LocalDynamoDBServerHandler openTables() {
        pointSqliteToItsLibrary();
        boolean inMemory = true;
        boolean oneDatabaseForAllCredentialsAndRegions = true;
        boolean delayTransientStatuses = false;
        return new LocalDynamoDBServerHandler(
                new LocalDynamoDBRequestHandler(
                        0,
                        inMemory,
                        IN_MEMORY_WITHOUT_FILE,
                        oneDatabaseForAllCredentialsAndRegions,
                        delayTransientStatuses),
                "*");
    }

    /** The native library is an artifact of its own on the class path, where SQLite cannot look. */
    private static void pointSqliteToItsLibrary() {
        String architecture =
                System.getProperty("os.arch").equals("x86") ? "linux-i386" : "linux-amd64";
        String wanted =
                System.getProperty("os.name").startsWith("Mac")
                        ? NATIVE_LIBRARY + "osx"
                        : NATIVE_LIBRARY + architecture;
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(File::new)
                .filter(file -> file.getName().startsWith(wanted))
                .findFirst()
                .ifPresent(
                        file -> System.setProperty("sqlite4java.library.path", file.getParent()));
    }
}
