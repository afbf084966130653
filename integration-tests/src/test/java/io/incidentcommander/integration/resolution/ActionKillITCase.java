// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.resolution;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.connectors.audit.DynamoDbClientProvider;
import io.incidentcommander.connectors.resolution.ActionItem;
import io.incidentcommander.connectors.resolution.ActionSession;
import io.incidentcommander.connectors.resolution.ActionTable;
import io.incidentcommander.connectors.resolution.AutomationStatus;
import io.incidentcommander.connectors.resolution.AwsPlace;
import io.incidentcommander.connectors.resolution.SsmAutomations;
import io.incidentcommander.embedded.EmbeddedProcess;
import io.incidentcommander.embedded.ServiceName;
import io.incidentcommander.embedded.SsmStub;
import io.incidentcommander.jobs.resolution.DryRunEffects;
import io.incidentcommander.jobs.resolution.LiveEffects;
import io.incidentcommander.jobs.resolution.MemoryLedger;
import io.incidentcommander.jobs.resolution.ReplayEffects;
import io.incidentcommander.jobs.resolution.StepsFile;
import io.incidentcommander.jobs.resolution.TableLedger;
import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.model.lifecycle.LifecycleSignal;
import io.incidentcommander.model.resolution.ActionOrder;
import io.incidentcommander.operators.resolution.ActionClock;
import io.incidentcommander.operators.resolution.ActionLedger;
import io.incidentcommander.operators.resolution.ActionRules;
import io.incidentcommander.operators.resolution.ActionRunner;
import io.incidentcommander.operators.resolution.Effects;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import io.incidentcommander.udfs.resolution.AllowList;
import io.incidentcommander.udfs.resolution.ClientToken;
import io.incidentcommander.udfs.resolution.PlanStep;
import io.incidentcommander.udfs.resolution.Playbook;
import io.incidentcommander.udfs.resolution.PlaybookReader;
import io.incidentcommander.udfs.resolution.Playbooks;
import io.incidentcommander.udfs.resolution.SessionPolicy;
import io.incidentcommander.udfs.resolution.StepRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/**
 * Whoever acts is killed at every moment at which something was or was not left behind; the ledger
 * is Amazon's own engine, and effects are counted where they happen, at a stub of SSM.
 */
class ActionKillITCase {
    private static final long T0 = 1_700_000_000_000L;
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final String TABLE = "action-ledger";
    private static final String ROLE = "arn:aws:iam::111111111111:role/acts";
    private static final Action ACTION = new Action("clean", "1", "disk", Map.of());
    private static final List<String> STEPS = List.of("rehearse", "save", "remove", "look");
    private static final Playbooks PLAYBOOKS = playbooks("document: Look");
    private static final ActionRules RULES = rules(PLAYBOOKS);

    private static ActionRules rules(Playbooks playbooks) {
        return new ActionRules(
                playbooks,
                AllowList.read("disk: {risk: high, changes: 1, of: 4}", new Problems("test")));
    }

    private static Playbooks playbooks(String look) {
        return PlaybookReader.read(
                "clean:\n"
                        + "  version: '1'\n"
                        + "  risk: high\n"
                        + "  acts:\n"
                        + "    target: {tag: service, kind: volume}\n"
                        + "    permissions: ['ec2:CreateSnapshot']\n"
                        + "    resources: ['arn:aws:ec2:*:*:volume/*']\n"
                        + "    sandbox: [{name: rehearse, document: Rehearse}]\n"
                        + "    change:\n"
                        + "      - {name: save, document: Save, undo: DropSave}\n"
                        + "      - {name: remove, document: Remove, undo: Restore}\n"
                        + "    validate: [{name: look, "
                        + look
                        + "}]\n",
                new Problems("test"));
    }

    @TempDir static Path directory;
    private static EmbeddedProcess services;
    private static TableLedger ledger;

    private final TestClock clock = new TestClock();
    private SsmStub stub;
    private Effects effects;
    private int counted;

    @BeforeAll
    static void start() throws Exception {
        services = EmbeddedProcess.start(directory, Set.of(ServiceName.DYNAMODB));
        DynamoDbClientProvider clients = clients();
        try (DynamoDbAsyncClient client = clients.create()) {
            ActionTable.createIfAbsent(client, TABLE);
        }
        ledger = new TableLedger(new ActionTable(clients, TABLE));
    }

    @AfterAll
    static void stop() throws Exception {
        services.close();
    }

    @BeforeEach
    void begin() throws Exception {
        stub = SsmStub.start(0);
        effects =
                new LiveEffects(
                        new SsmAutomations(
                                AwsPlace.at(stub.endpoint().toString()).withCallTimeout(PATIENCE)),
                        ROLE,
                        "arn:aws:iam::222222222222:role/rehearses");
    }

    @AfterEach
    void end() {
        effects.close();
        stub.close();
    }

    @Test
    void whoeverIsKilledWheneverNoEffectHappensTwiceAndTheNextOneEndsIt() throws Exception {
        int moments = moments("all");
        assertThat(moments).isEqualTo(2 * (2 + 3 * STEPS.size()));
        for (int moment = 0; moment < moments; moment++) {
            ActionOrder order = order("killed-" + moment);
            killAt(moment, order);
            assertThat(signals(runner(ledger, effects).run(order)))
                    .containsExactly(LifecycleSignal.ACTION_DONE, LifecycleSignal.VALIDATED);
            assertThat(effects()).as("moment %d", moment).isEqualTo(once());
            assertThat(statuses(order)).containsOnly(StepRecord.Status.DONE);
        }
        assertThat(stub.executions()).hasSize((moments + 1) * STEPS.size());
    }

    @Test
    void whoeverIsKilledOnTheWayBackNoChangeIsTakenBackTwice() throws Exception {
        stub.fail("Look");
        Map<String, Integer> onceAndBack = new HashMap<>(once());
        onceAndBack.put("Restore", 1);
        onceAndBack.put("DropSave", 1);
        int moments = 2 * (1 + 3 * (STEPS.size() + 2));
        for (int moment = 0; moment < moments; moment++) {
            ActionOrder order = order("back-" + moment);
            killAt(moment, order);
            assertThat(signals(runner(ledger, effects).run(order)))
                    .containsExactly(LifecycleSignal.ACTION_DONE, LifecycleSignal.NOT_VALIDATED);
            assertThat(effects()).as("moment %d", moment).isEqualTo(onceAndBack);
        }
    }

    @Test
    void whoeverIsKilledWhileWhatCameBackIsTakenBackDoesItOnce() throws Exception {
        int moments = 2 * 3 * 2;
        for (int moment = 0; moment < moments; moment++) {
            ActionOrder order = order("returned-" + moment);
            runner(ledger, effects).run(order);
            ActionOrder back = order.takenBack(clock.now, clock.now + 600_000);
            counted = stub.executions().size();
            killAt(moment, back);
            assertThat(signals(runner(ledger, effects).run(back)))
                    .containsExactly(LifecycleSignal.STEP_DONE);
            assertThat(effects())
                    .as("moment %d", moment)
                    .isEqualTo(Map.of("Restore", 1, "DropSave", 1));
        }
    }

    @Test
    void whatAnActionWasGrantedIsWorthNothingOnceItIsOverAndOthersKeepTheirs() throws Exception {
        ActionOrder order = order("granted");
        try (SsmAutomations other = new SsmAutomations(AwsPlace.at(stub.endpoint().toString()))) {
            String may = "automation-definition/Look:";
            ActionSession beside = other.sessions().assume(ROLE, "beside", may).orElseThrow();
            assertThat(signals(runner(ledger, effects).run(order)))
                    .endsWith(LifecycleSignal.VALIDATED);
            assertThat(stub.openSessions()).as("but the one beside").isEqualTo(1);
            assertThat(other.start(beside, "Look", UUID.randomUUID(), Map.of()))
                    .isEqualTo(AutomationStatus.RUNNING);
            other.sessions().end(beside);
            assertThat(other.start(beside, "Look", UUID.randomUUID(), Map.of()))
                    .isEqualTo(AutomationStatus.FAILED);
            assertThat(stub.rolePolicies("acts")).hasSize(2);
        }
        stub.fail("Look");
        runner(ledger, effects).run(order("granted-in-vain"));
        assertThat(stub.openSessions()).isZero();
    }

    @Test
    void aSessionThatIsAboutToEndIsNotBegunAnythingWithAndWhatItLeftIsRemoved() throws Exception {
        stub.sessionsLast(Duration.ofSeconds(-1));
        assertThat(signals(runner(ledger, effects).run(order("short"))))
                .endsWith(LifecycleSignal.VALIDATED);
        assertThat(stub.sessions()).as("one for each call at least").isGreaterThan(STEPS.size());
        assertThat(stub.rolePolicies("acts")).as("of a session that has ended by itself").isEmpty();
    }

    @Test
    void aServiceThatFindsNothingByTagsKnowsTheTokenAllTheSame() throws Exception {
        stub.forgetTags();
        int moments = 2 * (2 + 3 * STEPS.size());
        int handedOver = 0;
        for (int moment = 0; moment < moments; moment++) {
            ActionOrder order = order("forgotten-" + moment);
            killAt(moment, order);
            runner(ledger, effects).run(order);
            effects().forEach((document, count) -> assertThat(count).as(document).isEqualTo(1));
            assertThat(statuses(order)).doesNotContain(StepRecord.Status.INTENT);
            handedOver += statuses(order).contains(StepRecord.Status.HANDED_OVER) ? 1 : 0;
        }
        assertThat(handedOver).isPositive();
    }

    @Test
    void anIntentTooOldForItsTokenIsNeverSentAgainButHandedToAHuman() throws Exception {
        int afterFirstIntent = 3; // before and after the approval, before the intent
        ActionOrder order = order("too-old");
        killAt(afterFirstIntent, order);
        clock.now += 360_000;
        List<LifecycleFact> facts = runner(ledger, effects).run(order);
        assertThat(signals(facts)).containsExactly(LifecycleSignal.ACTION_FAILED);
        assertThat(facts.get(0).detail()).contains("a human has to look");
        assertThat(effects()).isEmpty();
        assertThat(statuses(order)).containsOnly(StepRecord.Status.HANDED_OVER);
    }

    @Test
    void whatOnlyLooksIsACommandAndChangesAreRecorded() throws Exception {
        stub.instance("i-2").instance("i-1");
        Effects recorded =
                new LiveEffects(
                        new SsmAutomations(
                                AwsPlace.at(stub.endpoint().toString()).withCallTimeout(PATIENCE)),
                        ROLE,
                        "arn:aws:iam::222222222222:role/rehearses",
                        Optional.of("Record"));
        ActionRules looking = rules(playbooks("command: Look"));
        ActionOrder order = order("looked");
        assertThat(signals(new ActionRunner(looking, ledger, recorded, clock).run(order)))
                .containsExactly(LifecycleSignal.ACTION_DONE, LifecycleSignal.VALIDATED);
        assertThat(stub.commands()).containsExactly("Look");
        assertThat(stub.executions())
                .extracting(SsmStub.Execution::document)
                .containsExactly("Rehearse", "Save", "Remove");
        assertThat(stub.recordings()).hasSize(1);
        SsmStub.Recording recording = stub.recordings().get(0);
        assertThat(recording.instance()).isEqualTo("i-1");
        assertThat(recording.document()).isEqualTo("Record");
        assertThat(recording.reason()).contains(order.incidentId()).contains(order.decisionId());
        assertThat(recording.ended()).isTrue();

        stub.fail("Look");
        ActionOrder bad = order("looked-bad");
        assertThat(signals(new ActionRunner(looking, ledger, recorded, clock).run(bad)))
                .containsExactly(LifecycleSignal.ACTION_DONE, LifecycleSignal.NOT_VALIDATED);
        recorded.close();
    }

    @Test
    void aStopThatComesWhileCredentialsAreGrantedOpensNoRecordedSession() throws Exception {
        stub.instance("i-1");
        ActionOrder order = order("stopped-before-recording");
        Playbook playbook = PLAYBOOKS.of(ACTION).orElseThrow();
        PlanStep change = playbook.plan(order.decisionId(), ACTION).steps().get(1);
        try (Effects recorded =
                        new LiveEffects(
                                new SsmAutomations(AwsPlace.at(stub.endpoint().toString())),
                                ROLE,
                                "arn:aws:iam::222222222222:role/rehearses",
                                Optional.of("Record"));
                Effects.Hands hands = recorded.forAction(playbook, order)) {
            assertThat(hands.isReady(change, () -> true)).isFalse();
            assertThat(stub.recordings()).isEmpty();
            assertThat(hands.isReady(change, () -> false)).isTrue();
            assertThat(stub.recordings()).hasSize(1);
        }
    }

    @Test
    void whatIsRehearsedInTheSandboxIsNotGrantedWhereChangesAreMade() throws Exception {
        Playbook playbook = PLAYBOOKS.of(ACTION).orElseThrow();
        try (SsmAutomations aws = new SsmAutomations(AwsPlace.at(stub.endpoint().toString()))) {
            ActionSession real =
                    aws.sessions()
                            .assume(
                                    ROLE,
                                    "real",
                                    SessionPolicy.change(playbook, "disk", Optional.empty()))
                            .orElseThrow();
            assertThat(aws.start(real, "Rehearse", UUID.randomUUID(), Map.of()))
                    .isEqualTo(AutomationStatus.FAILED);
            assertThat(aws.start(real, "Save", UUID.randomUUID(), Map.of()))
                    .isEqualTo(AutomationStatus.RUNNING);
        }
    }

    @Test
    void afterTheStopNothingIsBegun() throws Exception {
        ActionOrder order = order("stopped");
        killAt(8, order); // the rehearsal is done
        ledger.stop(order.incidentId(), order.attempt());
        List<LifecycleFact> facts = runner(ledger, effects).run(order);
        assertThat(signals(facts)).containsExactly(LifecycleSignal.ACTION_FAILED);
        assertThat(effects()).containsOnlyKeys("Rehearse");
    }

    @Test
    void aChangeThatIsNotConfirmedGoesBackTheOtherWay() throws Exception {
        stub.fail("Look");
        ActionOrder order = order("back");
        List<LifecycleFact> facts = runner(ledger, effects).run(order);
        assertThat(signals(facts))
                .containsExactly(LifecycleSignal.ACTION_DONE, LifecycleSignal.NOT_VALIDATED);
        assertThat(stub.executions())
                .extracting(SsmStub.Execution::document)
                .containsExactly("Rehearse", "Save", "Remove", "Look", "Restore", "DropSave");
        assertThat(facts.get(1).detail()).contains("rolled back: [undo remove, undo save]");
    }

    @Test
    void anApprovalServesOneDecisionAndWithoutOneNothingHappens() throws Exception {
        ActionOrder order =
                new ActionOrder(
                        ActionOrder.Kind.ACT,
                        "t",
                        "i-none",
                        1,
                        "d-none",
                        ACTION,
                        false,
                        T0,
                        T0 + 5_000);
        List<LifecycleFact> facts = runner(ledger, effects).run(order);
        assertThat(facts.get(0).detail()).contains("NEEDS_APPROVAL");
        assertThat(stub.sessions()).isZero();
        assertThat(stub.executions()).isEmpty();
    }

    @Test
    void theEmergencyStopIsAnItemThatEveryStepAsksFor() throws Exception {
        DynamoDbClientProvider clients = clients();
        String table = "stopped-ledger";
        try (DynamoDbAsyncClient client = clients.create()) {
            ActionTable.createIfAbsent(client, table);
        }
        try (TableLedger stopped = new TableLedger(new ActionTable(clients, table));
                ActionTable items = new ActionTable(clients, table)) {
            ActionOrder order = order("all-stopped", stopped);
            assertThat(items.putIfAbsent(new ActionItem(TableLedger.STOP_ALL, "ON", 0, "me")))
                    .isTrue();
            List<LifecycleFact> facts = runner(stopped, effects).run(order);
            assertThat(facts.get(0).detail()).contains("the emergency stop is on");
            assertThat(stub.executions()).isEmpty();
        }
    }

    @Test
    void aDryRunTouchesNothing() throws Exception {
        List<LifecycleFact> dry = runner(ledger, new DryRunEffects()).run(order("dry"));
        assertThat(signals(dry)).containsExactly(LifecycleSignal.ACTION_FAILED);
        assertThat(dry.get(0).detail()).contains("nothing was changed").contains("remove");
        assertThat(stub.sessions()).isZero();
        assertThat(stub.executions()).isEmpty();
    }

    @Test
    void aReplayFromTheRecordEndsAsItEndedAndTouchesNothing() throws Exception {
        ActionOrder order = order("recorded");
        List<LifecycleSignal> live = signals(runner(ledger, effects).run(order));
        assertThat(live).contains(LifecycleSignal.VALIDATED);
        Path file = directory.resolve("steps");
        Files.write(
                file,
                ledger.steps().entrySet().stream()
                        .map(step -> StepsFile.line(step.getKey(), step.getValue()))
                        .collect(Collectors.toList()));
        int sessions = stub.sessions();
        int executions = stub.executions().size();
        ReplayEffects replay = new ReplayEffects(StepsFile.read(file));

        assertThat(signals(runner(new MemoryLedger(), replay).run(order))).isEqualTo(live);
        List<LifecycleFact> other = runner(new MemoryLedger(), replay).run(order("unrecorded"));
        assertThat(other.get(0).detail()).contains("no step of it was begun");
        assertThat(stub.sessions()).isEqualTo(sessions);
        assertThat(stub.executions()).hasSize(executions);
    }

    /** With patience: how fast a machine is says nothing here. */
    private static DynamoDbClientProvider clients() {
        return DynamoDbClientProvider.at(services.endpoints().dynamoDb().toString(), PATIENCE);
    }

    private int moments(String name) throws InterruptedException {
        Killing nobody = new Killing(Integer.MAX_VALUE);
        runner(nobody.ledger(ledger), nobody.effects(effects)).run(order(name));
        return nobody.seen();
    }

    private void killAt(int moment, ActionOrder order) throws InterruptedException {
        Killing killing = new Killing(moment);
        try {
            runner(killing.ledger(ledger), killing.effects(effects)).run(order);
        } catch (Killing.Killed killed) {
            return;
        }
        // Only where a step has already ended otherwise than well.
        assertThat(statuses(order)).contains(StepRecord.Status.HANDED_OVER);
    }

    private ActionRunner runner(ActionLedger ledger, Effects effects) {
        return new ActionRunner(RULES, ledger, effects, clock);
    }

    private ActionOrder order(String name) {
        return order(name, ledger);
    }

    /** Approved of by one person, as high risk needs. */
    private ActionOrder order(String name, TableLedger ledger) {
        ActionOrder order =
                new ActionOrder(
                        ActionOrder.Kind.ACT,
                        "t",
                        "i-" + name,
                        1,
                        "d-" + name,
                        ACTION,
                        false,
                        clock.now,
                        clock.now + 600_000);
        counted = stub.executions().size();
        ledger.approve("somebody", order.decisionId(), ACTION.id(), order.deadlineMillis());
        return order;
    }

    private static List<LifecycleSignal> signals(List<LifecycleFact> facts) {
        return facts.stream().map(LifecycleFact::signal).collect(Collectors.toList());
    }

    private static UUID token(ActionOrder order, String step) {
        return ClientToken.of(order.decisionId(), ACTION.id(), step);
    }

    /** What the stub did since the last order was given, by document. */
    private Map<String, Integer> effects() {
        Map<String, Integer> counts = new HashMap<>();
        List<SsmStub.Execution> all = stub.executions();
        for (SsmStub.Execution execution : all.subList(counted, all.size())) {
            counts.merge(execution.document(), 1, Integer::sum);
        }
        return counts;
    }

    private static Map<String, Integer> once() {
        return Map.of("Rehearse", 1, "Save", 1, "Remove", 1, "Look", 1);
    }

    private static Set<StepRecord.Status> statuses(ActionOrder order) {
        return STEPS.stream()
                .map(step -> ledger.find(token(order, step)))
                .flatMap(record -> record.stream())
                .map(StepRecord::status)
                .collect(Collectors.toSet());
    }

    /** Stands still but for pauses. */
    private static final class TestClock implements ActionClock {
        private static final long serialVersionUID = 1L;
        private long now = T0;

        @Override
        public long millis() {
            return now;
        }

        @Override
        public void pause() {
            now += 60_000;
        }
    }
}
