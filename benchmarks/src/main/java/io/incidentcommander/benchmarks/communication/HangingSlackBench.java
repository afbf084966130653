// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.benchmarks.communication;

import io.incidentcommander.connectors.communication.KafkaOutbox;
import io.incidentcommander.datagen.ingest.GeneratorSource;
import io.incidentcommander.datagen.storm.FaultyStorm;
import io.incidentcommander.datagen.storm.StormSpec;
import io.incidentcommander.embedded.EmbeddedProcess;
import io.incidentcommander.embedded.PagerDutyStub;
import io.incidentcommander.embedded.ServiceName;
import io.incidentcommander.embedded.SlackStub;
import io.incidentcommander.embedded.StubBehaviour;
import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.ConfigurationLoader;
import io.incidentcommander.jobs.local.LocalMetrics;
import io.incidentcommander.jobs.topology.AlertPathSettings;
import io.incidentcommander.jobs.topology.CommunicationStage;
import io.incidentcommander.jobs.topology.DeliveryTopology;
import io.incidentcommander.jobs.topology.FlinkSettings;
import io.incidentcommander.jobs.topology.IncidentCommanderTopology;
import io.incidentcommander.model.communication.ChannelKind;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.operators.OperatorUids;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * Alerts, incidents and checkpoints of the job that decides while Slack answers, while it takes
 * every request and answers none, and while it answers again; as many minutes of one as of the
 * other. What a minute on a busy machine does by chance is to be read from the minutes that answer.
 * The other job delivers what is written into the outbox, an embedded broker; both run in this
 * process, each on a cluster of its own.
 */
public final class HangingSlackBench {
    public static final String NAME = "HangingSlack";

    private static final long SEED = 9;
    private static final long RECORDS_PER_SECOND = 1_000;

    /** A fault every two seconds: its alerts are 0.4 s from each other. */
    private static final int APART = 400;

    private static final Duration WARM_UP = Duration.ofSeconds(40);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final String OUTBOX = "outbox";
    private static final String CHANNEL = "C-INCIDENTS";
    private static final String ROUTING =
            "receivers:\n  all: {contacts: [{slack: "
                    + CHANNEL
                    + "}, {pagerduty: ops}]}\nrouting: {receiver: all}\n";

    private final Path directory;
    private final String broker;
    private final SlackStub slack;
    private final PagerDutyStub pagerDuty;

    private HangingSlackBench(
            Path directory, String broker, SlackStub slack, PagerDutyStub pagerDuty) {
        this.directory = directory;
        this.broker = broker;
        this.slack = slack;
        this.pagerDuty = pagerDuty;
    }

    /**
     * The exit code.
     *
     * @param thorough it answers for five minutes, hangs for ten and answers for five, not for one,
     *     two and one
     */
    public static int run(boolean thorough) throws Exception {
        Path directory = Files.createTempDirectory("hanging-slack-bench");
        try (EmbeddedProcess services =
                        EmbeddedProcess.start(directory, Set.of(ServiceName.KAFKA));
                SlackStub slack = SlackStub.start(0);
                PagerDutyStub pagerDuty = PagerDutyStub.start(0)) {
            String broker = services.endpoints().kafkaBootstrap();
            return new HangingSlackBench(directory, broker, slack, pagerDuty)
                    .measure(thorough ? 5 : 1);
        }
    }

    /**
     * @param minutes before Slack hangs, as many as after, and half of those in which it does
     */
    private int measure(int minutes) throws Exception {
        createTopics();
        JobClient delivery = deliver();
        JobClient job = decide();
        try {
            System.err.println("warming up for " + WARM_UP.toSeconds() + " s");
            HeldUp.watch(job, WARM_UP);
            System.out.println(HeldUp.HEAD);
            HeldUp answers = watch(job, minutes, "answers");
            Heard before = heard();
            slack.behave(StubBehaviour.HANG);
            HeldUp hangs = watch(job, 2 * minutes, "hangs");
            Heard meanwhile = heard().since(before);
            slack.behave(StubBehaviour.GOOD);
            answers.add(watch(job, minutes, "answers again"));
            Heard thereafter = heard().since(before).since(meanwhile);
            System.out.println(answers.line("answers, in all"));
            System.out.println(hangs.line("hangs, in all"));
            System.out.println("before it hung, " + before);
            System.out.println("meanwhile, " + meanwhile);
            System.out.println("thereafter, " + thereafter);
            return before.shown() > 0
                            && meanwhile.asked() > 0
                            && meanwhile.shown() == 0
                            && meanwhile.paged() > 0
                            && thereafter.shown() > 0
                    ? 0
                    : 1;
        } finally {
            job.cancel().get();
            delivery.cancel().get();
        }
    }

    private static HeldUp watch(JobClient job, int minutes, String slack) throws Exception {
        HeldUp all = new HeldUp();
        for (int minute = 1; minute <= minutes; minute++) {
            HeldUp one = HeldUp.watch(job, Duration.ofMinutes(1));
            System.out.println(one.line(slack + ", " + minute));
            all.add(one);
        }
        return all;
    }

    private Heard heard() {
        return new Heard(slack.asked(), slack.seen(CHANNEL).size(), pagerDuty.seen().size());
    }

    /** What the receivers were asked, and what a person would have seen of it. */
    private record Heard(int asked, int shown, int paged) {
        Heard since(Heard earlier) {
            return new Heard(asked - earlier.asked, shown - earlier.shown, paged - earlier.paged);
        }

        @Override
        public String toString() {
            return "Slack was asked "
                    + asked
                    + " times and showed "
                    + shown
                    + " messages; PagerDuty heard of "
                    + paged
                    + " incidents";
        }
    }

    private void createTopics() throws Exception {
        List<NewTopic> topics = new ArrayList<>();
        for (ChannelKind kind : ChannelKind.values()) {
            topics.add(new NewTopic(KafkaOutbox.topic(OUTBOX, kind), 1, (short) 1));
        }
        topics.add(new NewTopic(KafkaOutbox.undeliveredTopic(OUTBOX), 1, (short) 1));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
            admin.createTopics(topics).all().get();
        }
    }

    private JobClient decide() throws Exception {
        CommanderConfiguration options =
                options(Map.of("checkpoint.interval", "1 s", "correlation.gap", "1 s"));
        Configuration flink = FlinkSettings.of(options);
        flink.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                directory.resolve("checkpoints").toUri().toString());
        flink.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(512));
        flink.setString("metrics.reporter.local.factory.class", LocalMetrics.FACTORY);
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(flink);
        FlinkSettings.apply(options, env);
        DataStream<RawRecord> records =
                env.fromSource(
                                GeneratorSource.builder(new FaultyStorm(background(), APART))
                                        .sourceId("storm")
                                        .rate(RECORDS_PER_SECOND)
                                        .lasting(LONGEST)
                                        .build(),
                                WatermarkStrategy.noWatermarks(),
                                "storm")
                        .uid(OperatorUids.SOURCE_PREFIX + "storm");
        IncidentCommanderTopology.build(
                records,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new CommunicationStage(ROUTING, ControlSettings.none())),
                AlertPathSettings.live(options, Map.of()),
                new HeldUp.Sinks(options));
        return env.executeAsync("decides");
    }

    /** So few different alerts that they soon are repeats, and faults are what is told. */
    private static StormSpec background() {
        return StormSpec.builder().seed(SEED).fingerprints(2_000).services(200).hosts(100).build();
    }

    private JobClient deliver() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.createLocalEnvironment(1);
        env.enableCheckpointing(1_000);
        DeliveryTopology.build(
                env,
                options(
                        Map.of(
                                "communication.secrets-file",
                                secrets(),
                                "communication.slack.api",
                                slack.endpoint() + "/api/",
                                "communication.pagerduty.api",
                                pagerDuty.endpoint() + "/v2/enqueue")));
        return env.executeAsync("delivers");
    }

    private String secrets() throws IOException {
        return Files.writeString(
                        directory.resolve("secrets"),
                        "slack.token=t\npagerduty.ops=0123456789abcdef0123456789abcdef\n")
                .toString();
    }

    private CommanderConfiguration options(Map<String, String> more) {
        return new ConfigurationLoader()
                .layer(
                        "the outbox",
                        Map.of(
                                "communication.outbox.bootstrap-servers",
                                broker,
                                "communication.outbox.topic-prefix",
                                OUTBOX))
                .layer("the bench", more)
                .load();
    }
}
