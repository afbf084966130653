// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import java.io.IOException;

/** {@link BedrockStub} as a service. Behaviours do not survive {@link #stop()}. */
final class BedrockService implements EmbeddedService {
    private final int port;
    private BedrockStub stub;

    BedrockService(LoopbackPorts ports) {
        this.port = ports.next();
    }

    @Override
    public ServiceName name() {
        return ServiceName.BEDROCK;
    }

    @Override
    public StartOutcome start() throws IOException {
        if (stub == null) {
            stub = BedrockStub.start(port);
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
