// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.resolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.correlation.ControlKind;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.udfs.resolution.CommandAnswer.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApprovalRulesTest {
    private static final long NOW = 1_700_000_000_000L;
    private static final long TTL = 600_000;
    private static final ActionId ACTION = new Action("clean", "1", "disk", Map.of()).id();
    private static final ActionId OTHER = new Action("clean", "1", "web", Map.of()).id();
    private static final AwaitedAction AWAITED =
            new AwaitedAction("t", "i", 1, "d", ACTION, Set.of("ann"), NOW + 900_000);

    @Test
    void somebodyElseApprovesInTime() {
        assertThat(judge(approve("bob", NOW - TTL + 1)).kind()).isEqualTo(Kind.APPLIED);
        assertThat(judge(approve("bob", NOW - TTL)).reason()).contains("it has expired");
        assertThat(judge(approve("bob", NOW - TTL)).kind()).isEqualTo(Kind.REFUSED);
    }

    @Test
    void whoeverAskedForItCannotApproveButCanReject() {
        CommandAnswer own = judge(approve("ann", NOW));
        assertThat(own.kind()).isEqualTo(Kind.REFUSED);
        assertThat(own.reason()).contains("ann asked for it");
        assertThat(judge(said("t", "i", "ann", NOW, "reject", "d", ACTION, "")).kind())
                .isEqualTo(Kind.APPLIED);
    }

    @Test
    void whatIsMeantForSomethingElseIsRefused() {
        for (ActionCommand other :
                List.of(
                        said("t", "i", "bob", NOW, "approve", "d", OTHER, ""),
                        said("t", "j", "bob", NOW, "approve", "d", ACTION, ""),
                        said("u", "i", "bob", NOW, "approve", "d", ACTION, ""))) {
            assertThat(judge(other).kind()).as("%s", other).isEqualTo(Kind.REFUSED);
        }
        assertThat(
                        ApprovalRules.judge(
                                        approve("bob", NOW),
                                        Optional.empty(),
                                        List.of(),
                                        Set.of(),
                                        Optional.empty(),
                                        NOW)
                                .kind())
                .as("its order may still be on its way")
                .isEqualTo(Kind.NOT_YET);
    }

    @Test
    void anApprovalCountsOnceAndIsRenewedOnlyBeforeItIsUsed() {
        Approval known = new Approval("a", "bob", "d", ACTION, NOW + TTL);
        assertThat(judge(approve("bob", NOW), known, false).reason()).isEqualTo("it is known");
        assertThat(judge(approve("bob", NOW + 1), known, false).kind()).isEqualTo(Kind.APPLIED);
        assertThat(judge(approve("bob", NOW + 1), known, true).reason()).isEqualTo("it was used");
        assertThat(judge(approve("cleo", NOW), known, false).kind()).isEqualTo(Kind.APPLIED);
    }

    @Test
    void whatWasRejectedStaysSoAndWhatHasBegunIsNotRejectedAnyMore() {
        CommandAnswer after =
                ApprovalRules.judge(
                        approve("bob", NOW),
                        Optional.of(AWAITED),
                        List.of(),
                        Set.of(),
                        Optional.of("cleo: no"),
                        NOW);
        assertThat(after.reason()).isEqualTo("rejected by cleo: no");
        Approval used = new Approval("a", "bob", "d", ACTION, NOW + TTL);
        assertThat(judge(said("t", "i", "ann", NOW, "reject", "d", ACTION, ""), used, true).kind())
                .isEqualTo(Kind.REFUSED);
    }

    @Test
    void afterTheActionsOwnDeadlineNobodyWaits() {
        long late = AWAITED.deadlineMillis();
        CommandAnswer answer =
                ApprovalRules.judge(
                        approve("bob", late),
                        Optional.of(AWAITED),
                        List.of(),
                        Set.of(),
                        Optional.empty(),
                        late);
        assertThat(answer.kind()).isEqualTo(Kind.REFUSED);
    }

    @Test
    void aCommandThatCannotBeUsedSaysAllThatIsWrong() {
        assertThatThrownBy(
                        () ->
                                read(
                                        "*",
                                        "{\"command\":\"approve\",\"action\":\"xyz\","
                                                + "\"ttl\":\"2 h\",\"who\":\"me\"}"))
                .hasMessageContaining("an action is of one tenant")
                .hasMessageContaining("decision is missing")
                .hasMessageContaining("no id of an action: xyz")
                .hasMessageContaining("longer than an hour")
                .hasMessageContaining("who");
        assertThatThrownBy(() -> read("t", "{\"command\":\"stop\",\"decision\":\"d\"}"))
                .hasMessageContaining("decision");
        assertThat(ActionCommand.isOne(update("t", "i", "ann", NOW, "{\"command\":\"mended\"}")))
                .isFalse();
        assertThat(read("*", "{\"command\":\"stop\",\"note\":\"smoke\"}").note())
                .isEqualTo("smoke");
    }

    private static ActionCommand read(String tenant, String body) {
        return ActionCommand.read(update(tenant, "i", "ann", NOW, body));
    }

    private static CommandAnswer judge(ActionCommand command) {
        return ApprovalRules.judge(
                command, Optional.of(AWAITED), List.of(), Set.of(), Optional.empty(), NOW);
    }

    private static CommandAnswer judge(ActionCommand command, Approval known, boolean used) {
        return ApprovalRules.judge(
                command,
                Optional.of(AWAITED),
                List.of(known),
                used ? Set.of(known.id()) : Set.of(),
                Optional.empty(),
                NOW);
    }

    private static ActionCommand approve(String person, long then) {
        return said("t", "i", person, then, "approve", "d", ACTION, ",\"ttl\":\"10 min\"");
    }

    private static ActionCommand said(
            String tenant,
            String incident,
            String person,
            long then,
            String word,
            String decision,
            ActionId action,
            String more) {
        return ActionCommand.read(
                update(
                        tenant,
                        incident,
                        person,
                        then,
                        "{\"command\":\""
                                + word
                                + "\",\"decision\":\""
                                + decision
                                + "\",\"action\":\""
                                + action.hex()
                                + "\""
                                + more
                                + "}"));
    }

    private static ControlUpdate update(
            String tenant, String id, String person, long then, String body) {
        return ControlUpdate.set(ControlKind.COMMAND, tenant, id, 1, then, person, body);
    }
}
