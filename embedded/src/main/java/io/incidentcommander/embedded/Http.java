// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import java.net.URI;

/** Builds the addresses of HTTP services on the loopback interface. */
final class Http {
    private Http() {}

    static Endpoint.Http at(int port) {
        return new Endpoint.Http(URI.create("http://" + LoopbackPorts.HOST + ":" + port));
    }
}
