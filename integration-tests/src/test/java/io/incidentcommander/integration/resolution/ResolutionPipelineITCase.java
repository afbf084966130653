// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.resolution;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.connectors.audit.DynamoDbClientProvider;
import io.incidentcommander.connectors.delivery.KafkaResults;
import io.incidentcommander.connectors.kafka.KafkaCluster;
import io.incidentcommander.connectors.resolution.ActionTable;
import io.incidentcommander.connectors.resolution.AwsPlace;
import io.incidentcommander.connectors.resolution.SsmAutomations;
import io.incidentcommander.embedded.EmbeddedProcess;
import io.incidentcommander.embedded.ServiceName;
import io.incidentcommander.embedded.SsmStub;
import io.incidentcommander.integration.faults.Cluster;
import io.incidentcommander.jobs.CommanderCli;
import io.incidentcommander.jobs.resolution.LiveEffects;
import io.incidentcommander.jobs.resolution.TableLedger;
import io.incidentcommander.jobs.topology.CommandStreams;
import io.incidentcommander.jobs.topology.KafkaLifecycleStreams;
import io.incidentcommander.jobs.topology.LifecycleTopics;
import io.incidentcommander.jobs.topology.ResolutionStage;
import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.model.lifecycle.LifecycleSignal;
import io.incidentcommander.model.resolution.ActionOrder;
import io.incidentcommander.operators.resolution.ActionRules;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import io.incidentcommander.udfs.resolution.AllowList;
import io.incidentcommander.udfs.resolution.PlaybookReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * Those who act, as they run: orders and commands by Kafka, Amazon's own DynamoDB engine as ledger,
 * and effects counted where they happen, at a stub of SSM.
 */
class ResolutionPipelineITCase {
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final String TABLE = "action-ledger";
    private static final String STOP = "s-1";

    /** Needs a person. */
    private static final Action RISKY = new Action("clean", "1", "disk", Map.of());

    /** Needs nobody. */
    private static final Action HARMLESS = new Action("tidy", "1", "disk", Map.of());

    @TempDir static Path directory;
    private static EmbeddedProcess services;
    private static Cluster cluster;

    private SsmStub stub;
    private ResolutionTopics topics;
    private JobID job;

    @BeforeAll
    static void start() throws Exception {
        services =
                EmbeddedProcess.start(directory, Set.of(ServiceName.KAFKA, ServiceName.DYNAMODB));
        try (DynamoDbAsyncClient client = clients().create()) {
            ActionTable.createIfAbsent(client, TABLE);
        }
        cluster = Cluster.start(1, 2);
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
        services.close();
    }

    @BeforeEach
    void begin() throws Exception {
        stub = SsmStub.start(0);
        String run = Long.toString(System.nanoTime());
        topics = new ResolutionTopics(services.endpoints().kafkaBootstrap(), run);
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", services.endpoints().kafkaBootstrap()))) {
            admin.createTopics(
                            topics.names().stream()
                                    .map(name -> new NewTopic(name, 1, (short) 1))
                                    .collect(Collectors.toList()))
                    .all()
                    .get();
        }
        job = cluster.submit(graph(Optional.empty()));
    }

    @AfterEach
    void end() throws Exception {
        cluster.cancel(job);
        topics.close();
        stub.close();
    }

    @Test
    void whatNeedsApprovalWaitsForAnotherPersonAndHappensOnce() throws Exception {
        ActionOrder order = order("approved", RISKY, Set.of("ann", "diagnosis/calls"));
        topics.order(order);
        approve(order, "eve", "d-of-nobody", RISKY.id(), 1, now());
        approve(order, "ann", order.decisionId(), RISKY.id(), 2, now());
        approve(order, "diagnosis/calls", order.decisionId(), RISKY.id(), 3, now());
        approve(order, "bob", order.decisionId(), HARMLESS.id(), 4, now());
        approve(order, "bob", order.decisionId(), RISKY.id(), 5, now().minusSeconds(7200));
        assertThat(answer(order, 2)).contains("refused").contains("ann asked for it");
        assertThat(answer(order, 3)).contains("refused").contains("diagnosis/calls asked for it");
        assertThat(answer(order, 4)).contains("refused").contains("what waits is action");
        assertThat(answer(order, 5)).contains("refused").contains("it has expired");
        assertThat(answer(order, 1)).contains("refused").contains("no action of decision");
        LifecycleFact wanted = topics.reports(order, 1).get(0);
        assertThat(wanted.signal()).isEqualTo(LifecycleSignal.APPROVAL_WANTED);
        assertThat(wanted.detail())
                .as("all that has to be said to approve of it")
                .contains(order.decisionId())
                .contains(RISKY.id().hex());
        assertThat(console("approvals", "list"))
                .startsWith("0 ")
                .contains(order.decisionId() + ": tenant " + order.tenant())
                .contains("asked for by ann, diagnosis/calls");
        assertThat(console("approvals", "grant", order.decisionId(), "--as", "ann"))
                .startsWith("1 ")
                .contains("refused: ann asked for it");
        assertThat(console("approvals", "grant", "d-of-nobody", "--as", "bob")).startsWith("3 ");
        assertThat(stub.sessions()).isZero();
        assertThat(stub.executions()).isEmpty();

        Instant then = now();
        approve(order, "bob", order.decisionId(), RISKY.id(), 6, then);
        assertThat(answer(order, 6)).contains("applied");
        assertThat(signals(order, 3))
                .containsExactly(
                        LifecycleSignal.APPROVAL_WANTED,
                        LifecycleSignal.ACTION_DONE,
                        LifecycleSignal.VALIDATED);
        assertThat(documents()).containsExactly("Rehearse", "Save", "Remove", "Look");

        // The same message again, and the same order.
        approve(order, "bob", order.decisionId(), RISKY.id(), 7, then);
        assertThat(answer(order, 7)).contains("stale").contains("it was used");
        topics.order(order);
        assertThat(signals(order, 5)).hasSize(5);
        assertThat(documents()).hasSize(4);
    }

    @Test
    void whatSomebodyRejectsIsNotDoneWhoeverApproves() throws Exception {
        ActionOrder order = order("rejected", RISKY, Set.of());
        topics.order(order);
        topics.reports(order, 1);
        assertThat(
                        console(
                                "approvals",
                                "deny",
                                order.decisionId(),
                                "--as",
                                "bob",
                                "--note",
                                "not on a Friday"))
                .startsWith("0 denied: it is not carried out");
        assertThat(console("approvals", "list")).doesNotContain(order.decisionId());
        approve(order, "cleo", order.decisionId(), RISKY.id(), 2, now());
        assertThat(answer(order, 2)).contains("stale").contains("rejected by bob");
        LifecycleFact end = topics.reports(order, 2).get(1);
        assertThat(end.signal()).isEqualTo(LifecycleSignal.ACTION_FAILED);
        assertThat(end.detail()).contains("bob");
        assertThat(stub.executions()).isEmpty();
    }

    @Test
    void afterTheEmergencyStopNoEffectBeginsNorAfterARestoreUntilItIsOver() throws Exception {
        ActionOrder under = order("under-way", HARMLESS, Set.of());
        stub.after(
                "Save",
                () -> {
                    command(1, "cto", "{\"command\":\"stop\",\"note\":\"smoke\"}");
                    assertThat(answer(1)).contains("applied");
                });
        topics.order(under);
        assertThat(topics.reports(under, 1).get(0).detail()).contains("done and not taken back");
        assertThat(documents()).containsExactly("Rehearse", "Save");

        Path savepoint = cluster.stop(job, directory.resolve("savepoints"));
        job = cluster.submit(graph(Optional.of(savepoint)));
        ActionOrder later = order("later", HARMLESS, Set.of());
        topics.order(later);
        assertThat(topics.reports(later, 1).get(0).detail())
                .contains("the emergency stop is on (" + STOP + " by cto): smoke");
        assertThat(documents()).hasSize(2);

        topics.command("*", "s-0", 1, now(), "cto", "{\"command\":\"resume\"}");
        assertThat(topics.answer("command s-0 of tenant *, sequence 1")).contains("refused");
        command(2, "cto", "{\"command\":\"resume\"}");
        assertThat(answer(2)).contains("applied").contains("the stop of cto is over");
        command(1, "cto", "{\"command\":\"stop\",\"note\":\"smoke\"}");
        assertThat(topics.answers("command s-1 of tenant *, sequence 1", 2).get(1))
                .contains("stale");
        ActionOrder last = order("last", HARMLESS, Set.of());
        topics.order(last);
        assertThat(signals(last, 2)).contains(LifecycleSignal.VALIDATED);
    }

    @Test
    void whatSomebodyGrantsAtTheConsoleIsDone() throws Exception {
        ActionOrder order = order("granted", RISKY, Set.of("ann"));
        topics.order(order);
        topics.reports(order, 1);
        assertThat(console("approvals", "grant", order.decisionId(), "--as", "bob"))
                .startsWith("0 approved: it holds until");
        assertThat(signals(order, 3)).contains(LifecycleSignal.VALIDATED);
        assertThat(console("approvals", "list")).doesNotContain(order.decisionId());
    }

    /** The exit code and what is printed. */
    private String console(String... command) {
        Map<String, String> options =
                Map.of(
                        "resolution.ledger.table", TABLE,
                        "resolution.ledger.endpoint", services.endpoints().dynamoDb().toString(),
                        "control.kafka.bootstrap-servers", topics.brokers(),
                        "control.kafka.topic", topics.control(),
                        "sink.kafka.bootstrap-servers", topics.brokers(),
                        "sink.kafka.control-reports-topic", topics.answers());
        List<String> arguments = new ArrayList<>(List.of(command));
        options.forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
        StringWriter printed = new StringWriter();
        PrintWriter out = new PrintWriter(printed, true);
        int exitCode =
                CommanderCli.commandLine()
                        .setOut(out)
                        .setErr(out)
                        .execute(arguments.toArray(String[]::new));
        return exitCode + " " + printed;
    }

    /** What comes before an answered command is heard, and in the savepoint. */
    @Test
    void aFreezeThatIsDeclaredWhileItRunsHoldsAfterARestoreUntilAPersonSaysSo() throws Exception {
        ActionOrder order = order("frozen", HARMLESS, Set.of());
        topics.document(
                order.tenant(),
                "launch",
                1,
                now().minusSeconds(3600),
                "cto",
                "{\"freezes\": [{\"id\": \"f\", \"services\": [\"disk\"],"
                        + " \"starts_at\": \"2020-01-01T00:00:00Z\","
                        + " \"ends_at\": \"2120-01-01T00:00:00Z\","
                        + " \"owner\": \"cto\", \"reason\": \"launch\"}]}");
        topics.command(order.tenant(), "s-9", 1, now(), "cto", "{\"command\":\"resume\"}");
        topics.answer("command s-9 of tenant " + order.tenant() + ", sequence 1");
        Path savepoint = cluster.stop(job, directory.resolve("savepoints"));
        job = cluster.submit(graph(Optional.of(savepoint)));

        topics.order(order);
        LifecycleFact wanted = topics.reports(order, 1).get(0);
        assertThat(wanted.signal()).isEqualTo(LifecycleSignal.APPROVAL_WANTED);
        assertThat(wanted.detail()).contains("a change freeze covers disk");
        assertThat(stub.executions()).isEmpty();
        Instant then = now();
        approve(order, "bob", order.decisionId(), HARMLESS.id(), 1, then);
        assertThat(answer(order, 1)).contains("applied");
        assertThat(signals(order, 3)).endsWith(LifecycleSignal.VALIDATED);
        approve(order, "bob", order.decisionId(), HARMLESS.id(), 2, then);
        assertThat(answer(order, 2)).as("it was needed").contains("it was used");
    }

    @Test
    void aTaskManagerLostBeforeTheServiceHearsOfAStepMakesNoSecondEffect() throws Exception {
        loseTaskManager(order("lost-before", HARMLESS, Set.of()), true);
    }

    @Test
    void aTaskManagerLostWhileAStepIsUnderWayMakesNoSecondEffect() throws Exception {
        loseTaskManager(order("lost-after", HARMLESS, Set.of()), false);
    }

    /** The request is held until a successor is at work, and then goes on as if from the grave. */
    private void loseTaskManager(ActionOrder order, boolean before) throws Exception {
        Runnable lose =
                () -> {
                    int sessions = stub.sessions();
                    cluster.replaceTaskManager();
                    ResolutionTopics.await("a successor", () -> stub.sessions() > sessions);
                };
        if (before) {
            stub.before("Remove", lose);
        } else {
            stub.after("Remove", lose);
        }
        topics.order(order);
        assertThat(signals(order, 2)).contains(LifecycleSignal.VALIDATED);
        assertThat(documents()).containsExactlyInAnyOrder("Rehearse", "Save", "Remove", "Look");
    }

    private static JobGraph graph(ResolutionTopics topics, SsmStub stub) {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(
                        new Configuration()
                                .set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay")
                                .set(
                                        RestartStrategyOptions
                                                .RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS,
                                        5)
                                .set(
                                        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY,
                                        Duration.ofMillis(100)));
        env.setParallelism(1);
        env.enableCheckpointing(200);
        String dynamoDb = services.endpoints().dynamoDb().toString();
        String ssm = stub.endpoint().toString();
        new ResolutionStage(
                        rules(),
                        () -> ledger(dynamoDb),
                        () ->
                                new LiveEffects(
                                        new SsmAutomations(
                                                AwsPlace.at(ssm).withCallTimeout(PATIENCE)),
                                        "arn:aws:iam::111111111111:role/acts",
                                        "arn:aws:iam::222222222222:role/rehearses"),
                        new KafkaLifecycleStreams(
                                new LifecycleTopics(
                                        KafkaCluster.at(topics.brokers()),
                                        topics.orders(),
                                        topics.reports(),
                                        "no-questions",
                                        "acting")),
                        Optional.of(
                                new CommandStreams(
                                        KafkaCluster.at(topics.brokers()),
                                        topics.control(),
                                        "commanding",
                                        Optional.of(
                                                new KafkaResults(
                                                        KafkaCluster.at(topics.brokers()),
                                                        Optional.empty())),
                                        topics.answers(),
                                        () -> ledger(dynamoDb))))
                .addTo(env);
        return env.getStreamGraph().getJobGraph();
    }

    private JobGraph graph(Optional<Path> savepoint) {
        JobGraph graph = graph(topics, stub);
        savepoint.ifPresent(
                path ->
                        graph.setSavepointRestoreSettings(
                                SavepointRestoreSettings.forPath(path.toUri().toString())));
        return graph;
    }

    private static TableLedger ledger(String dynamoDb) {
        return new TableLedger(
                new ActionTable(DynamoDbClientProvider.at(dynamoDb, PATIENCE), TABLE));
    }

    private static DynamoDbClientProvider clients() {
        return DynamoDbClientProvider.at(services.endpoints().dynamoDb().toString(), PATIENCE);
    }

    private static ActionRules rules() {
        return new ActionRules(
                PlaybookReader.read(
                        playbook("clean", "high") + playbook("tidy", "low"), new Problems("test")),
                AllowList.read("disk: {risk: high, changes: 1, of: 4}", new Problems("test")));
    }

    private static String playbook(String name, String risk) {
        return name
                + ":\n"
                + "  version: '1'\n"
                + "  risk: "
                + risk
                + "\n"
                + "  acts:\n"
                + "    target: {tag: service, kind: volume}\n"
                + "    permissions: ['ec2:CreateSnapshot']\n"
                + "    resources: ['arn:aws:ec2:*:*:volume/*']\n"
                + "    sandbox: [{name: rehearse, document: Rehearse}]\n"
                + "    change:\n"
                + "      - {name: save, document: Save, undo: DropSave}\n"
                + "      - {name: remove, document: Remove, undo: Restore}\n"
                + "    validate: [{name: look, document: Look}]\n";
    }

    private ActionOrder order(String name, Action action, Set<String> requesters) {
        String own = name + "-" + topics.run();
        long ordered = System.currentTimeMillis();
        return new ActionOrder(
                ActionOrder.Kind.ACT,
                "t-" + topics.run(), // what worked elsewhere says nothing here
                "i-" + own,
                1,
                "d-" + own,
                action,
                false,
                requesters,
                ordered,
                ordered + 600_000);
    }

    private void approve(
            ActionOrder order,
            String person,
            String decision,
            ActionId action,
            int sequence,
            Instant then) {
        topics.command(
                order.tenant(),
                order.incidentId(),
                sequence,
                then,
                person,
                "{\"command\":\"approve\",\"ttl\":\"10 min\",\"decision\":\""
                        + decision
                        + "\",\"action\":\""
                        + action.hex()
                        + "\"}");
    }

    private void command(int sequence, String person, String body) {
        topics.command("*", STOP, sequence, now(), person, body);
    }

    private String answer(int sequence) {
        return topics.answer("command " + STOP + " of tenant *, sequence " + sequence);
    }

    private String answer(ActionOrder order, int sequence) {
        return topics.answer(
                "command "
                        + order.incidentId()
                        + " of tenant "
                        + order.tenant()
                        + ", sequence "
                        + sequence);
    }

    private List<LifecycleSignal> signals(ActionOrder order, int count) {
        return topics.reports(order, count).stream()
                .map(LifecycleFact::signal)
                .collect(Collectors.toList());
    }

    private List<String> documents() {
        Stream<SsmStub.Execution> all = stub.executions().stream();
        return all.map(SsmStub.Execution::document).collect(Collectors.toList());
    }

    private static Instant now() {
        return Instant.now();
    }
}
