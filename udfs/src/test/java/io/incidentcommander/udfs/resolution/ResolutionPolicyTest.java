// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.resolution;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.consensus.RiskLevel;
import io.incidentcommander.udfs.resolution.PolicyDecision.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResolutionPolicyTest {
    private static final long NOW = 1_700_000_000_000L;
    private static final ActionId RESTART = new Action("restart", "1", "orders", Map.of()).id();
    private static final ActionId OTHER = new Action("restart", "2", "orders", Map.of()).id();
    private static final ResolutionPolicy POLICY =
            new ResolutionPolicy(
                    Map.of("orders", RiskLevel.CRITICAL, "web", RiskLevel.LOW), 10, 0.5);

    @Test
    void aServiceThatIsOnNoListGetsNothing() {
        assertThat(decide(request("db", RiskLevel.LOW, 1, 10), calm()).reasons())
                .containsExactly("no action is allowed on db");
        assertThat(decide(request("web", RiskLevel.MEDIUM, 1, 10), calm()).verdict())
                .isEqualTo(Verdict.REFUSED);
        assertThat(decide(request("web", RiskLevel.LOW, 1, 10), calm()).verdict())
                .isEqualTo(Verdict.ALLOWED);
    }

    @Test
    void theBlastRadiusIsBoundInNumberAndShareAndHasToBeKnown() {
        assertThat(decide(request("orders", RiskLevel.LOW, 5, 10), calm()).verdict())
                .isEqualTo(Verdict.ALLOWED);
        for (int[] wide : new int[][] {{6, 10}, {11, 100}, {0, 10}, {2, 1}}) {
            assertThat(decide(request("orders", RiskLevel.LOW, wide[0], wide[1]), calm()).verdict())
                    .isEqualTo(Verdict.REFUSED);
        }
    }

    @Test
    void theStopStandsAboveEveryApprovalAndAllReasonsAreTold() {
        ActionSurroundings stopped =
                new ActionSurroundings(
                        NOW,
                        Optional.of("the emergency stop is on"),
                        false,
                        List.of(by("ada")),
                        Set.of());

        assertThat(decide(request("db", RiskLevel.LOW, 9, 10), stopped).reasons()).hasSize(3);
        assertThat(decide(request("orders", RiskLevel.HIGH, 1, 10), stopped).verdict())
                .isEqualTo(Verdict.REFUSED);
    }

    @Test
    void highRiskNeedsOnePersonCriticalTwoDifferentOnes() {
        ActionRequest high = request("orders", RiskLevel.HIGH, 1, 10);
        ActionRequest critical = request("orders", RiskLevel.CRITICAL, 1, 10);

        assertThat(decide(high, calm()).verdict()).isEqualTo(Verdict.NEEDS_APPROVAL);
        assertThat(decide(high, calm(by("ada"))).verdict()).isEqualTo(Verdict.ALLOWED);
        assertThat(decide(high, calm(by("ada"), by("bob"))).approvals()).containsExactly("of ada");
        Approval again = new Approval("again", "ada", "d1", RESTART, NOW + 1);
        assertThat(decide(critical, calm(by("ada"), again)).verdict())
                .isEqualTo(Verdict.NEEDS_APPROVAL);
        assertThat(decide(critical, calm(by("ada"), again, by("bob"))).approvals())
                .containsExactlyInAnyOrder("of ada", "of bob");
    }

    @Test
    void nobodyApprovesTheirOwn() {
        PolicyDecision own = decide(request("orders", RiskLevel.HIGH, 1, 10), calm(by("eve")));

        assertThat(own.verdict()).isEqualTo(Verdict.NEEDS_APPROVAL);
        assertThat(own.reasons()).contains("approval of eve does not count: eve asked for it");
    }

    @Test
    void anApprovalExpiresIsUsedOnceAndIsForOneActionOfOneDecision() {
        ActionRequest high = request("orders", RiskLevel.HIGH, 1, 10);

        assertThat(
                        List.of(
                                new Approval("a", "ada", "d1", RESTART, NOW),
                                new Approval("a", "ada", "d1", OTHER, NOW + 1),
                                new Approval("a", "ada", "d2", RESTART, NOW + 1)))
                .allSatisfy(
                        approval ->
                                assertThat(decide(high, calm(approval)).verdict())
                                        .isEqualTo(Verdict.NEEDS_APPROVAL));
        assertThat(
                        decide(
                                        high,
                                        new ActionSurroundings(
                                                NOW,
                                                Optional.empty(),
                                                false,
                                                List.of(by("ada")),
                                                Set.of("of ada")))
                                .verdict())
                .isEqualTo(Verdict.NEEDS_APPROVAL);
    }

    @Test
    void aFreezeAndADecisionThatWantsAHumanNeedOne() {
        ActionSurroundings frozen =
                new ActionSurroundings(NOW, Optional.empty(), true, List.of(), Set.of());
        ActionRequest wanted =
                new ActionRequest("d1", RESTART, "orders", RiskLevel.LOW, 1, 10, true, Set.of());

        assertThat(decide(request("orders", RiskLevel.LOW, 1, 10), frozen).verdict())
                .isEqualTo(Verdict.NEEDS_APPROVAL);
        assertThat(decide(wanted, calm()).verdict()).isEqualTo(Verdict.NEEDS_APPROVAL);
        assertThat(decide(wanted, calm(by("ada"))).verdict()).isEqualTo(Verdict.ALLOWED);
    }

    private static PolicyDecision decide(ActionRequest request, ActionSurroundings around) {
        return POLICY.decide(request, around);
    }

    private static ActionSurroundings calm(Approval... approvals) {
        return new ActionSurroundings(NOW, Optional.empty(), false, List.of(approvals), Set.of());
    }

    private static Approval by(String person) {
        return new Approval("of " + person, person, "d1", RESTART, NOW + 1);
    }

    private static ActionRequest request(String service, RiskLevel risk, int targets, int fleet) {
        return new ActionRequest(
                "d1", RESTART, service, risk, targets, fleet, false, Set.of("eve"));
    }
}
