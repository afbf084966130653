// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Picks free TCP ports of 127.0.0.1 that stay free while a service restarts.
 *
 * <p>They lie below the range from which the kernel takes the ports of outgoing connections. Within
 * it a client that keeps dialling a stopped broker sooner or later gets the broker's port as its
 * own source port, connects to itself, and the broker can never bind again. Each process begins its
 * search at a place given by its process id, so two that start together do not want the same port.
 */
final class LoopbackPorts {

    static final String HOST = "127.0.0.1";
    static final InetAddress ADDRESS = InetAddress.getLoopbackAddress();
    private static final int LOWEST = 12_000;
    private static final int DEFAULT_EPHEMERAL = 32_768;
    private static final int STRIDE_PER_PROCESS = 16;

    private final int span = ephemeralStart() - LOWEST;
    private int offset = (int) (ProcessHandle.current().pid() * STRIDE_PER_PROCESS % span);

    /** The next port nobody listens on; not given out again by this instance. */
    synchronized int next() {
        for (int tried = 0; tried < span; tried++) {
            int port = LOWEST + offset;
            offset = (offset + 1) % span;
            if (isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException(
                "No free TCP port on " + HOST + " from " + LOWEST + " to " + (LOWEST + span) + ".");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, ADDRESS)) {
            return socket.isBound();
        } catch (IOException inUse) {
            return false;
        }
    }

    private static int ephemeralStart() {
        Path range = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
        try {
            int start = Integer.parseInt(Files.readString(range).trim().split("\\s+", -1)[0]);
            return start > LOWEST + 1_000 ? start : DEFAULT_EPHEMERAL;
        } catch (IOException | NumberFormatException notLinux) {
            return DEFAULT_EPHEMERAL;
        }
    }
}
