// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import java.io.IOException;

/** {@link SsmStub} as a service. What was started does not survive {@link #stop()}. */
final class SsmService implements EmbeddedService {
    private final int port;
    private SsmStub stub;

    SsmService(LoopbackPorts ports) {
        this.port = ports.next();
    }

    @Override
    public ServiceName name() {
        return ServiceName.SSM;
    }

    @Override
    public StartOutcome start() throws IOException {
        if (stub == null) {
            stub = SsmStub.start(port);
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
