// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import java.io.IOException;

/** A {@link MessagingStub} as a service. What it was told does not survive {@link #stop()}. */
final class StubService implements EmbeddedService {
    private final ServiceName name;
    private final Starter starter;
    private final int port;
    private MessagingStub stub;

    StubService(ServiceName name, Starter starter, LoopbackPorts ports) {
        this.name = name;
        this.starter = starter;
        this.port = ports.next();
    }

    /** Starts a stub on a port. */
    @FunctionalInterface
    interface Starter {
        MessagingStub start(int port) throws IOException;
    }

    @Override
    public ServiceName name() {
        return name;
    }

    @Override
    public StartOutcome start() throws IOException {
        if (stub == null) {
            stub = starter.start(port);
        }
        return new StartOutcome.Started(new Endpoint.Http(stub.endpoint()));
    }

    @Override
    public void stop() {
        if (stub != null) {
            stub.close();
            stub = null;
        }
    }
}
