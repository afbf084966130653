// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.resolution;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.model.lifecycle.LifecycleSignal;
import io.incidentcommander.model.resolution.ActionOrder;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.udfs.correlation.control.ControlFile;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import io.incidentcommander.udfs.resolution.AllowList;
import io.incidentcommander.udfs.resolution.Approval;
import io.incidentcommander.udfs.resolution.AtMostOnce.Known;
import io.incidentcommander.udfs.resolution.ClientToken;
import io.incidentcommander.udfs.resolution.PlaybookReader;
import io.incidentcommander.udfs.resolution.StepRecord;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ActionRunnerTest {
    static final long T0 = 1_700_000_000_000L;
    static final Action ACTION = new Action("clean", "1", "disk", Map.of());

    private final RecordedWorld world = new RecordedWorld();
    private final StandingClock clock = new StandingClock();

    @Test
    void everyStepHappensOnceInItsOrder() throws Exception {
        List<LifecycleFact> facts = runner(rules("")).run(order());
        assertThat(signals(facts)).containsExactly(done(), LifecycleSignal.VALIDATED);
        assertThat(facts.get(0).detail())
                .isEqualTo("tried in the sandbox: [rehearse]; done: [save, remove]");
        assertThat(world.sent()).containsExactly("rehearse", "save", "remove", "look");
        assertThat(run(rules(""))).containsExactly(done(), LifecycleSignal.VALIDATED);
        assertThat(world.sent()).hasSize(4);
        assertThat(world.handsOpen()).isZero();
    }

    @Test
    void whatWasDoneIsTakenBackInReverseOrderIfTheValidationFails() throws Exception {
        world.failing("look");
        assertThat(run(rules(""))).containsExactly(done(), LifecycleSignal.NOT_VALIDATED);
        assertThat(world.sent())
                .containsExactly("rehearse", "save", "remove", "look", "undo remove", "undo save");
    }

    @Test
    void whatCameBackIsTakenBackInReverseOrderAndOnce() throws Exception {
        assertThat(run(rules(""))).containsExactly(done(), LifecycleSignal.VALIDATED);
        ActionOrder back = order().takenBack(T0, T0 + 600_000);
        for (int time = 0; time < 2; time++) {
            List<LifecycleFact> facts = runner(rules("")).run(back);
            assertThat(signals(facts)).containsExactly(LifecycleSignal.STEP_DONE);
            assertThat(facts.get(0).attempt()).isEqualTo(LifecycleFact.ANY_ATTEMPT);
            assertThat(facts.get(0).detail()).contains("rolled back: [undo remove, undo save]");
        }
        assertThat(world.sent())
                .containsExactly("rehearse", "save", "remove", "look", "undo remove", "undo save");
        assertThat(world.handsOpen()).isZero();
    }

    @Test
    void whatCannotBeTakenBackIsForAHuman() throws Exception {
        run(rules(""));
        world.failing("undo remove");
        List<LifecycleFact> facts = runner(rules("")).run(order().takenBack(T0, T0 + 600_000));
        assertThat(signals(facts)).containsExactly(LifecycleSignal.ACTION_FAILED);
        assertThat(facts.get(0).detail()).contains("not taken back: [save, remove]");
        assertThat(world.sent()).endsWith("look", "undo remove");
    }

    @Test
    void whatWasNeverDoneIsNotTakenBack() throws Exception {
        List<LifecycleFact> facts = runner(rules("")).run(order().takenBack(T0, T0 + 600_000));
        assertThat(facts.get(0).detail()).contains("nothing to roll back");
        assertThat(world.sent()).isEmpty();
    }

    @Test
    void theEmergencyStopHoldsBackTheNextStepAndTheWayBack() throws Exception {
        world.onSend(
                step -> {
                    if (step.name().equals("save")) {
                        world.stopAll();
                    }
                });
        List<LifecycleFact> facts = runner(rules("")).run(order());
        assertThat(signals(facts)).containsExactly(LifecycleSignal.ACTION_FAILED);
        assertThat(world.sent()).containsExactly("rehearse", "save");
        assertThat(facts.get(0).detail())
                .isEqualTo(
                        "step remove was not begun: stopped before it began; done and not taken"
                                + " back: [save]");
    }

    @Test
    void theEmergencyStopHoldsBackTheWayBackThatAFailedValidationNeeds() throws Exception {
        world.failing("look");
        world.onSend(
                step -> {
                    if (step.name().equals("look")) {
                        world.stopAll();
                    }
                });
        List<LifecycleFact> facts = runner(rules("")).run(order());
        assertThat(signals(facts)).containsExactly(done(), LifecycleSignal.NOT_VALIDATED);
        assertThat(world.sent()).containsExactly("rehearse", "save", "remove", "look");
        assertThat(facts.get(1).detail()).endsWith("not taken back: [save, remove]");
    }

    @Test
    void whatIsStoppedBeforeItBeginsUsesUpNoApproval() throws Exception {
        ActionRules frozen = rules("freezes:\n- {id: f, services: [disk]," + always());
        world.approve(new Approval("a", "ann", "d", ACTION.id(), Long.MAX_VALUE));
        world.stopAll();
        List<LifecycleFact> facts = runner(frozen).run(order());
        assertThat(signals(facts)).containsExactly(LifecycleSignal.ACTION_FAILED);
        assertThat(world.approvalsUsed()).isEmpty();
        assertThat(world.sent()).isEmpty();
    }

    @Test
    void noStepBeginsAfterTheDeadlineOfItsOrder() throws Exception {
        world.onSend(
                step -> {
                    if (step.name().equals("save")) {
                        clock.now = shortOrder().deadlineMillis();
                    }
                });
        List<LifecycleFact> facts = runner(rules("")).run(shortOrder());
        assertThat(signals(facts)).containsExactly(LifecycleSignal.ACTION_FAILED);
        assertThat(facts.get(0).detail()).startsWith("step remove was not begun");
        assertThat(world.sent()).containsExactly("rehearse", "save");
    }

    @Test
    void theWayBackIsGoneAfterTheDeadlineToo() throws Exception {
        world.failing("look");
        world.onSend(
                step -> {
                    if (step.name().equals("look")) {
                        clock.now = shortOrder().deadlineMillis();
                    }
                });
        assertThat(signals(runner(rules("")).run(shortOrder())))
                .containsExactly(done(), LifecycleSignal.NOT_VALIDATED);
        assertThat(world.sent()).endsWith("look", "undo remove", "undo save");
    }

    /** As of two tasks at once, one of which was thought dead. */
    @Test
    void whoFindsThatAnotherWasFirstSendsNothing() throws Exception {
        world.doneByAnother("save", ClientToken.of("d", ACTION.id(), "save"));
        assertThat(run(rules(""))).containsExactly(done(), LifecycleSignal.VALIDATED);
        assertThat(world.sent()).containsExactly("rehearse", "save", "remove", "look");
    }

    /** Credentials may take seconds to come; the stop must not wait for them. */
    @Test
    void aStopThatComesWhileCredentialsAreGrantedHoldsTheStepBack() throws Exception {
        world.whileGranting("remove", world::stopAll);
        assertThat(run(rules(""))).containsExactly(LifecycleSignal.ACTION_FAILED);
        assertThat(world.sent()).containsExactly("rehearse", "save");
    }

    @Test
    void whoGoesOnAfterARestoreHonoursTheStopThatWasSetMeanwhile() throws Exception {
        world.onSend(
                step -> {
                    if (step.name().equals("save")) {
                        throw new IllegalStateException("killed after the call");
                    }
                });
        try {
            runner(rules("")).run(order());
        } catch (IllegalStateException killed) {
            world.onSend(step -> {});
        }
        world.stopAll();
        assertThat(run(rules(""))).containsExactly(LifecycleSignal.ACTION_FAILED);
        assertThat(world.sent()).containsExactly("rehearse", "save");
    }

    @Test
    void aRefusalAfterALostAnswerIsNotTakenForAStepThatNeverBegan() throws Exception {
        world.answering("save", Known.UNREACHABLE, Known.FAILED).hiding("save", 2);
        assertThat(run(rules(""))).containsExactly(done(), LifecycleSignal.VALIDATED);
        assertThat(world.sent()).containsExactly("rehearse", "save", "remove", "look");
    }

    @Test
    void aRefusalOfTheFirstCallIsTheEndOfTheStep() throws Exception {
        world.answering("save", Known.FAILED);
        assertThat(run(rules(""))).containsExactly(LifecycleSignal.ACTION_FAILED);
        assertThat(world.sent()).containsExactly("rehearse");
        assertThat(clock.now).as("nothing is waited for").isEqualTo(T0);
    }

    /** As of one that was thought dead, whose successor is done by now. */
    @Test
    void whoIsRefusedWhatAnotherHasDoneTakesNothingBack() throws Exception {
        UUID save = ClientToken.of("d", ACTION.id(), "save");
        world.answering("save", Known.FAILED)
                .whileSending(
                        "save",
                        () ->
                                world.conclude(
                                        StepRecord.of(save, StepRecord.Status.DONE, clock.now)));
        assertThat(run(rules(""))).containsExactly(done(), LifecycleSignal.VALIDATED);
        assertThat(world.sent()).containsExactly("rehearse", "remove", "look");
    }

    @Test
    void duringAChangeFreezeNothingRunsUntilSomebodySaysSo() throws Exception {
        ActionRules frozen = rules("freezes:\n- {id: f, services: [disk]," + always());
        List<LifecycleFact> facts = runner(frozen).run(order());
        assertThat(signals(facts)).containsExactly(LifecycleSignal.ACTION_FAILED);
        assertThat(facts.get(0).detail()).contains("a change freeze covers disk");
        assertThat(world.sent()).isEmpty();

        world.approve(new Approval("a", "ann", "d", ACTION.id(), Long.MAX_VALUE));
        clock.now = T0;
        assertThat(run(frozen)).containsExactly(done(), LifecycleSignal.VALIDATED);
    }

    @Test
    void aFreezeOfOtherServicesOrOfAnotherTimeIsNone() throws Exception {
        ActionRules other =
                rules(
                        "freezes:\n- {id: f, services: [web],"
                                + always()
                                + "- {id: g, services: [disk], starts_at:"
                                + " 2030-01-01T00:00:00Z, ends_at: 2031-01-01T00:00:00Z,"
                                + " owner: cto, reason: later}\n");
        assertThat(run(other)).containsExactly(done(), LifecycleSignal.VALIDATED);
    }

    @Test
    void anApprovalThatHasExpiredCountsNoMore() throws Exception {
        ActionRules frozen = rules("freezes:\n- {id: f, services: ['*']," + always());
        world.approve(new Approval("a", "ann", "d", ACTION.id(), T0));
        List<LifecycleFact> facts = runner(frozen).run(order());
        assertThat(signals(facts)).containsExactly(LifecycleSignal.ACTION_FAILED);
        assertThat(facts.get(0).detail()).contains("it has expired");
        assertThat(world.sent()).isEmpty();
    }

    @Test
    void anApprovalThatAnotherDecisionUsedUpCountsNoMore() throws Exception {
        ActionRules frozen = rules("freezes:\n- {id: f, services: ['*']," + always());
        world.use(new Approval("a", "ann", "other", ACTION.id(), Long.MAX_VALUE));
        world.approve(new Approval("a", "ann", "d", ACTION.id(), Long.MAX_VALUE));
        assertThat(run(frozen)).containsExactly(LifecycleSignal.ACTION_FAILED);
        assertThat(world.sent()).isEmpty();
    }

    @Test
    void whatHasBegunGoesOnWhoeverWouldForbidItNow() throws Exception {
        run(rules(""));
        List<String> sent = world.sent();
        ActionRules frozen = rules("freezes:\n- {id: f, services: ['*']," + always());
        assertThat(run(frozen)).containsExactly(done(), LifecycleSignal.VALIDATED);
        assertThat(world.sent()).isEqualTo(sent);
    }

    @Test
    void aChangeThatFailedIsNotTakenBack() throws Exception {
        world.failing("remove");
        assertThat(run(rules(""))).containsExactly(LifecycleSignal.ACTION_FAILED);
        runner(rules("")).run(order().takenBack(T0, T0 + 600_000));
        assertThat(world.sent()).contains("undo save").doesNotContain("undo remove");
    }

    @Test
    void whatWorkedTwiceAndIsWantedAgainIsForAHuman() throws Exception {
        for (String decision : List.of("d1", "d2")) {
            assertThat(signals(runner(rules("")).run(order(decision))))
                    .containsExactly(done(), LifecycleSignal.VALIDATED);
        }
        List<LifecycleFact> third = runner(rules("")).run(order("d3"));
        assertThat(signals(third)).containsExactly(LifecycleSignal.ACTION_FAILED);
        assertThat(third.get(0).detail()).contains("it worked 2 times of late");
        assertThat(world.sent()).hasSize(8);
        assertThat(signals(runner(rules("")).run(order("d2"))))
                .as("an order that comes once more is none that is wanted again")
                .containsExactly(done(), LifecycleSignal.VALIDATED);
        assertThat(world.sent()).hasSize(8);
    }

    @Test
    void noActionChangesMoreThanTheBlastRadiusAllows() throws Exception {
        List<LifecycleFact> facts = runner(rules("").withBlastRadius(10, 0.2)).run(order());
        assertThat(signals(facts)).containsExactly(LifecycleSignal.ACTION_FAILED);
        assertThat(facts.get(0).detail())
                .contains("it changes 1 of 4; allowed are 10, and a share of 0.2");
        assertThat(world.sent()).isEmpty();
        assertThat(run(rules("").withBlastRadius(1, 0.25)))
                .containsExactly(done(), LifecycleSignal.VALIDATED);
    }

    static ActionRules rules(String control) {
        return new ActionRules(
                PlaybookReader.read(
                        "clean:\n"
                                + "  version: '1'\n"
                                + "  risk: low\n"
                                + "  acts:\n"
                                + "    target: {tag: service, kind: volume}\n"
                                + "    permissions: ['ec2:CreateSnapshot']\n"
                                + "    resources: ['arn:aws:ec2:*:*:volume/*']\n"
                                + "    sandbox: [{name: rehearse, document: Rehearse}]\n"
                                + "    change:\n"
                                + "      - {name: remove, after: [save], document: Remove,"
                                + " undo: Restore}\n"
                                + "      - {name: save, document: Save, undo: DropSave}\n"
                                + "    validate: [{name: look, document: Look}]\n",
                        new Problems("test")),
                AllowList.read("disk: {risk: high, changes: 1, of: 4}", new Problems("test")),
                control.isEmpty()
                        ? ChangeFreezes.none()
                        : new ChangeFreezes(
                                new ControlSettings(
                                        List.of(new ControlFile("test", control)), 10)));
    }

    static ActionOrder order() {
        return order("d");
    }

    /** Whose end comes before anybody loses patience with a step. */
    private static ActionOrder shortOrder() {
        return new ActionOrder(
                ActionOrder.Kind.ACT, "t", "i", 1, "d", ACTION, false, T0, T0 + 60_000);
    }

    static ActionOrder order(String decision) {
        return new ActionOrder(
                ActionOrder.Kind.ACT, "t", "i", 1, decision, ACTION, false, T0, T0 + 600_000);
    }

    private static String always() {
        return " starts_at: 2020-01-01T00:00:00Z, ends_at: 2029-01-01T00:00:00Z, owner: cto,"
                + " reason: quiet}\n";
    }

    private static LifecycleSignal done() {
        return LifecycleSignal.ACTION_DONE;
    }

    private ActionRunner runner(ActionRules rules) {
        return new ActionRunner(rules, world, world, clock);
    }

    private List<LifecycleSignal> run(ActionRules rules) throws InterruptedException {
        return signals(runner(rules).run(order()));
    }

    private static List<LifecycleSignal> signals(List<LifecycleFact> facts) {
        return facts.stream().map(LifecycleFact::signal).collect(Collectors.toList());
    }

    /** Stands still but for pauses. */
    static final class StandingClock implements ActionClock {
        private static final long serialVersionUID = 1L;
        private long now = T0;

        @Override
        public synchronized long millis() {
            return now;
        }

        @Override
        public synchronized void pause() {
            now += 60_000;
        }
    }
}
