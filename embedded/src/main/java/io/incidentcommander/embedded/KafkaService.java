// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * One Kafka node, broker and controller at once (KRaft). Topics, records and offsets survive {@link
 * #stop()}. Topics are not made by being named: a missing topic is an error here as in production.
 */
final class KafkaService implements EmbeddedService {

    /** The longest a transaction may be open: Flink's exactly-once sink asks for an hour. */
    private static final long TRANSACTION_MAX_MS = 7_200_000;

    private final Path data;
    private final int brokerPort;
    private final int controllerPort;
    private final Optional<KafkaLogin> login;
    private KafkaRaftServer server;

    /**
     * @param login of the only one who is let in; empty: everybody is
     */
    KafkaService(Path data, LoopbackPorts ports, Optional<KafkaLogin> login) {
        this.data = data;
        this.login = login;
        this.brokerPort = ports.next();
        this.controllerPort = ports.next();
    }

    @Override
    public ServiceName name() {
        return ServiceName.KAFKA;
    }

    @Override
    public StartOutcome start() throws IOException {
        if (server == null) {
            formatOnce();
            server = new KafkaRaftServer(new KafkaConfig(configuration()), Time.SYSTEM);
            server.startup();
        }
        return new StartOutcome.Started(
                new Endpoint.Bootstrap(LoopbackPorts.HOST + ":" + brokerPort));
    }

    @Override
    public void stop() {
        if (server != null) {
            server.shutdown();
            server.awaitShutdown();
            server = null;
        }
    }

    /** What StorageTool does, which cannot be called: it ends the JVM. */
    private void formatOnce() throws IOException {
        Path meta = data.resolve("meta.properties");
        if (Files.notExists(meta)) {
            Files.writeString(
                    meta,
                    "version=1\nnode.id=1\ncluster.id=" + Uuid.randomUuid() + "\n",
                    StandardCharsets.UTF_8);
        }
    }

    private Properties configuration() {
        String broker = LoopbackPorts.HOST + ":" + brokerPort;
        String controller = LoopbackPorts.HOST + ":" + controllerPort;
        Properties p = new Properties();
        p.setProperty("process.roles", "broker,controller");
        p.setProperty("node.id", "1");
        p.setProperty("controller.quorum.voters", "1@" + controller);
        p.setProperty("controller.listener.names", "CONTROLLER");
        p.setProperty("listeners", "BROKER://" + broker + ",CONTROLLER://" + controller);
        p.setProperty("advertised.listeners", "BROKER://" + broker);
        p.setProperty("inter.broker.listener.name", "BROKER");
        p.setProperty(
                "listener.security.protocol.map",
                "BROKER:"
                        + (login.isPresent() ? "SASL_PLAINTEXT" : "PLAINTEXT")
                        + ",CONTROLLER:PLAINTEXT");
        login.ifPresent(
                known -> {
                    p.setProperty("sasl.enabled.mechanisms", "PLAIN");
                    p.setProperty("sasl.mechanism.inter.broker.protocol", "PLAIN");
                    p.setProperty(
                            "listener.name.broker.plain.sasl.jaas.config", known.brokerJaas());
                });
        p.setProperty("log.dirs", data.toString());
        p.setProperty("auto.create.topics.enable", "false");
        // Retention goes by the time of a record: recorded alerts would be deleted half a minute
        // after the start. Nothing here outlives the process anyway.
        p.setProperty("log.retention.ms", "-1");
        p.setProperty("transaction.max.timeout.ms", Long.toString(TRANSACTION_MAX_MS));
        singleNode(p);
        small(p);
        return p;
    }

    private static void singleNode(Properties p) {
        p.setProperty("offsets.topic.replication.factor", "1");
        p.setProperty("offsets.topic.num.partitions", "4");
        p.setProperty("transaction.state.log.replication.factor", "1");
        p.setProperty("transaction.state.log.min.isr", "1");
        p.setProperty("transaction.state.log.num.partitions", "4");
        p.setProperty("group.initial.rebalance.delay.ms", "0");
    }

    /** The defaults are sized for a machine of its own: 128 MB for the log cleaner alone. */
    private static void small(Properties p) {
        p.setProperty("num.network.threads", "2");
        p.setProperty("num.io.threads", "4");
        p.setProperty("background.threads", "2");
        p.setProperty("num.replica.fetchers", "1");
        p.setProperty("log.cleaner.dedupe.buffer.size", "2097152");
        p.setProperty("log.cleaner.io.buffer.size", "65536");
        p.setProperty("log.index.size.max.bytes", "1048576");
        p.setProperty("log.segment.bytes", "134217728");
    }
}
