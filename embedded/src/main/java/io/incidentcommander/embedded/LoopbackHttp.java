// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * HTTP servers on the loopback interface that answer at once. The one of the JDK writes the head of
 * an answer and its body apart, and the kernel then waits 40 ms for the first to be acknowledged,
 * unless it is told not to, once for the process and before the first server.
 */
public final class LoopbackHttp {
    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private LoopbackHttp() {}

    /**
     * A server that is not started yet.
     *
     * @param port 0 for any that is free
     */
    public static HttpServer bind(int port) throws IOException {
        return HttpServer.create(new InetSocketAddress(LoopbackPorts.ADDRESS, port), 0);
    }
}
