// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting and stopping a set, with services that are only a life cycle. */
class EmbeddedServicesTest {

    private static final StartOutcome STARTED =
            new StartOutcome.Started(new Endpoint.Http(URI.create("http://127.0.0.1:1")));

    @TempDir Path folder;
    private final List<String> closed = Collections.synchronizedList(new ArrayList<>());
    private final List<String> progress = Collections.synchronizedList(new ArrayList<>());

    @Test
    void aFailureNamesTheServiceTheCauseAndTheLog() {
        try (EmbeddedServices services =
                services(
                        Duration.ofSeconds(30),
                        new Scripted(ServiceName.S3, () -> STARTED),
                        new Scripted(
                                ServiceName.KAFKA,
                                () -> {
                                    throw new IOException("no space left");
                                }))) {
            assertThatThrownBy(services::start)
                    .isInstanceOf(EmbeddedStartException.class)
                    .hasMessageContaining("kafka did not start")
                    .hasMessageContaining("no space left")
                    .hasMessageContaining(folder.resolve("logs/kafka.log").toString());
            assertThat(folder.resolve("logs/kafka.log"))
                    .content()
                    .contains("no space left", "\tat " + getClass().getName());
        }
    }

    @Test
    void aStartThatHangsIsGivenUpAfterTheTimeout() {
        CountDownLatch never = new CountDownLatch(1);
        try (EmbeddedServices services =
                services(
                        Duration.ofMillis(200),
                        new Scripted(
                                ServiceName.OPENSEARCH,
                                () -> {
                                    never.await();
                                    return STARTED;
                                }))) {
            assertThatThrownBy(services::start)
                    .isInstanceOf(EmbeddedStartException.class)
                    .hasMessageContaining("opensearch did not start within");
        }
    }

    @Test
    void theyStartSideBySide() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        Callable<StartOutcome> afterBothBegan =
                () -> {
                    both.countDown();
                    both.await();
                    return STARTED;
                };
        try (EmbeddedServices services =
                services(
                        Duration.ofSeconds(30),
                        new Scripted(ServiceName.DYNAMODB, afterBothBegan),
                        new Scripted(ServiceName.S3, afterBothBegan))) {
            assertThat(services.start().outcomes()).hasSize(2);
        }
    }

    @Test
    void theyCloseInReverseOnceAlsoIfOneFails() throws Exception {
        EmbeddedServices services =
                services(
                        Duration.ofSeconds(30),
                        new Scripted(ServiceName.KAFKA, () -> STARTED),
                        new Scripted(ServiceName.S3, () -> STARTED) {
                            @Override
                            public void close() throws IOException {
                                stop();
                                throw new IOException("stuck");
                            }
                        },
                        new Scripted(ServiceName.SMTP, () -> STARTED));
        services.start();

        services.close();
        services.close();

        assertThat(closed).containsExactly("smtp", "s3", "kafka");
        assertThat(progress).anyMatch(line -> line.contains("s3 did not stop cleanly"));
    }

    @Test
    void aSkippedServiceSaysWhyWhenItsAddressIsAskedFor() throws Exception {
        try (EmbeddedServices services =
                services(
                        Duration.ofSeconds(30),
                        new KinesisService(
                                folder,
                                folder,
                                folder.resolve("kinesis.log"),
                                new Executables("")))) {
            Endpoints endpoints = services.start();

            assertThat(endpoints.skipped(ServiceName.KINESIS)).contains("Node is not installed");
            assertThatThrownBy(endpoints::kinesis)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("kinesis does not run: Node is not installed");
            assertThat(progress)
                    .singleElement()
                    .asString()
                    .contains("skipped: Node is not installed");
        }
    }

    private EmbeddedServices services(Duration timeout, EmbeddedService... services) {
        return new EmbeddedServices(
                List.of(services), new DataDirectory(folder), timeout, progress::add);
    }

    private class Scripted implements EmbeddedService {
        private final ServiceName name;
        private final Callable<StartOutcome> start;

        Scripted(ServiceName name, Callable<StartOutcome> start) {
            this.name = name;
            this.start = start;
        }

        @Override
        public ServiceName name() {
            return name;
        }

        @Override
        public StartOutcome start() throws Exception {
            return start.call();
        }

        @Override
        public void stop() {
            closed.add(name.word());
        }
    }
}
