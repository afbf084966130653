// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import io.incidentcommander.jobs.cli.CommandFailedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Finds a port on the loopback interface that nothing listens on. */
final class FreePort {
    private static final int TRIES = 100;

    private FreePort() {}

    /**
     * The first free one from {@code wanted} on.
     *
     * @throws CommandFailedException if a hundred in a row are taken
     */
    static int from(int wanted) {
        for (int port = wanted; port < wanted + TRIES && port <= 0xffff; port++) {
            if (isFree(port)) {
                return port;
            }
        }
        throw new CommandFailedException(
                "port " + wanted + " and those after it are taken; choose another by --port");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
