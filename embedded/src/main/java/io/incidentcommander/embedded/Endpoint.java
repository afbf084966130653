// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import java.net.URI;

/** Where a running service is reached; always on the loopback interface. */
public sealed interface Endpoint {

    /** One line of text without spaces from which {@link #parse} gives the same endpoint. */
    String text();

    /** A Kafka cluster, as {@code bootstrap.servers} wants it. */
    record Bootstrap(String servers) implements Endpoint {
        @Override
        public String text() {
            return servers;
        }
    }

    /** An HTTP service, without a trailing slash. */
    record Http(URI endpoint) implements Endpoint {
        @Override
        public String text() {
            return endpoint.toString();
        }
    }

    /**
     * A mail server without authentication: what is sent to {@code port} by SMTP is read at {@code
     * imapPort} by IMAP, with the recipient's address as login and as password.
     */
    record Mail(String host, int port, int imapPort) implements Endpoint {
        @Override
        public String text() {
            return host + ":" + port + ":" + imapPort;
        }
    }

    /** The inverse of {@link #text()} for the endpoint of this service. */
    static Endpoint parse(ServiceName service, String text) {
        switch (service) {
            case KAFKA:
                return new Bootstrap(text);
            case SMTP:
                String[] parts = text.split(":", 3);
                return new Mail(parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
            default:
                return new Http(URI.create(text));
        }
    }
}
