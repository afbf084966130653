// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of the child: outages, the end, and the death of its parent. */
class EmbeddedProcessITCase {

    @TempDir Path dataDir;

    @Test
    void kafkaRestartedKeepsItsAddressAndItsRecords() throws Exception {
        try (EmbeddedProcess services = EmbeddedProcess.start(dataDir, Set.of(ServiceName.KAFKA))) {
            String bootstrap = services.endpoints().kafkaBootstrap();
            KafkaClients.createTopic(bootstrap, "alerts");
            KafkaClients.produce(bootstrap, "alerts", List.of("before"));

            services.stop(ServiceName.KAFKA);
            assertRefused(port(bootstrap));
            services.startAgain(ServiceName.KAFKA);
            KafkaClients.produce(bootstrap, "alerts", List.of("between"));
            services.restart(ServiceName.KAFKA);
            KafkaClients.produce(bootstrap, "alerts", List.of("after"));

            assertThat(KafkaClients.consume(bootstrap, "alerts", 3))
                    .containsExactly("before", "between", "after");
        }
    }

    @Test
    void closingLeavesNoProcessNoPortAndNoFolderButTheLogs() throws Exception {
        EmbeddedProcess services = EmbeddedProcess.start(dataDir, EnumSet.allOf(ServiceName.class));
        List<ListeningSockets.Socket> sockets = ListeningSockets.of(services.pid());
        ProcessHandle child = ProcessHandle.of(services.pid()).orElseThrow();
        List<ProcessHandle> grandchildren = child.descendants().toList();

        services.close();

        assertThat(child.isAlive()).isFalse();
        assertThat(grandchildren).noneMatch(ProcessHandle::isAlive);
        assertThat(sockets).isNotEmpty();
        for (ListeningSockets.Socket socket : sockets) {
            assertRefused(socket.port());
        }
        assertOnlyLogsRemain();
    }

    @Test
    void theDeathOfTheParentEndsTheChildAndItsChildren() throws Exception {
        Process parent =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Parent.class.getName(),
                                dataDir.toString())
                        .start();
        try (BufferedReader output = parent.inputReader(StandardCharsets.UTF_8)) {
            ProcessHandle child = ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
            List<ProcessHandle> family =
                    Stream.concat(Stream.of(child), child.descendants()).toList();

            parent.destroyForcibly().waitFor();

            for (ProcessHandle member : family) {
                member.onExit().get(180, TimeUnit.SECONDS);
            }
        }
        assertOnlyLogsRemain();
    }

    @Test
    void aCommandForAServiceThatIsNotThereFailsAndTheOthersRunOn() throws Exception {
        try (EmbeddedProcess services = EmbeddedProcess.start(dataDir, Set.of(ServiceName.SMTP))) {
            assertThatThrownBy(() -> services.stop(ServiceName.KAFKA))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("kafka is not among the services");

            services.restart(ServiceName.SMTP);

            try (Socket socket = connect(services.endpoints().mail().port())) {
                assertThat(socket.isConnected()).isTrue();
            }
        }
    }

    private void assertOnlyLogsRemain() throws IOException {
        try (Stream<Path> left = Files.list(dataDir)) {
            assertThat(left).containsExactly(dataDir.resolve("logs"));
        }
    }

    private static void assertRefused(int port) {
        assertThatThrownBy(() -> connect(port).close())
                .as("port " + port)
                .isInstanceOf(ConnectException.class);
    }

    private static Socket connect(int port) throws IOException {
        return new Socket(LoopbackPorts.ADDRESS, port);
    }

    private static int port(String bootstrap) {
        return Integer.parseInt(bootstrap.substring(bootstrap.indexOf(':') + 1));
    }

    /** Starts services, tells the child's process id and waits to be killed. */
    static final class Parent {
        public static void main(String[] arguments) throws Exception {
            EmbeddedProcess services =
                    EmbeddedProcess.start(
                            Path.of(arguments[0]), Set.of(ServiceName.SMTP, ServiceName.KINESIS));
            System.out.println(services.pid());
            Thread.currentThread().join();
        }
    }
}
