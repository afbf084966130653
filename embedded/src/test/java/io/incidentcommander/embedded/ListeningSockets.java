// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The TCP sockets on which a process and its descendants listen, as the Linux kernel tells. */
final class ListeningSockets {

    private static final Path PROC = Path.of("/proc");
    private static final String LISTEN = "0A";
    private static final Set<String> LOOPBACK =
            Set.of(
                    "0100007F",
                    "0000000000000000FFFF00000100007F",
                    "00000000000000000000000001000000");

    /**
     * @param address hexadecimal, as in /proc/net/tcp
     */
    record Socket(String address, int port) {
        boolean isLoopback() {
            return LOOPBACK.contains(address);
        }
    }

    private ListeningSockets() {}

    static List<Socket> of(long pid) throws IOException {
        assumeTrue(Files.isDirectory(PROC.resolve("net")), "Needs Linux's /proc.");
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        Set<String> inodes = new HashSet<>();
        for (ProcessHandle one :
                Stream.concat(Stream.of(process), process.descendants()).toList()) {
            inodes.addAll(socketInodes(one.pid()));
        }
        List<Socket> sockets = new ArrayList<>();
        for (String table : List.of("tcp", "tcp6")) {
            for (String line : Files.readAllLines(PROC.resolve("net").resolve(table))) {
                String[] fields = line.trim().split("\\s+", -1);
                if (fields[3].equals(LISTEN) && inodes.contains(fields[9])) {
                    String[] local = fields[1].split(":", 2);
                    sockets.add(new Socket(local[0], Integer.parseInt(local[1], 16)));
                }
            }
        }
        return sockets;
    }

    private static Set<String> socketInodes(long pid) throws IOException {
        Set<String> inodes = new HashSet<>();
        try (Stream<Path> descriptors =
                Files.list(PROC.resolve(Long.toString(pid)).resolve("fd"))) {
            descriptors.forEach(
                    descriptor -> {
                        try {
                            String target = Files.readSymbolicLink(descriptor).toString();
                            if (target.startsWith("socket:[")) {
                                inodes.add(target.substring(8, target.length() - 1));
                            }
                        } catch (java.nio.file.NoSuchFileException closedMeanwhile) {
                            // A descriptor may close while we look.
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        }
        return inodes;
    }
}
