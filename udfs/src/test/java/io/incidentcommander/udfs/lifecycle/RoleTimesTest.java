// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.ActionSupport;
import io.incidentcommander.model.consensus.AgentRole;
import io.incidentcommander.model.consensus.CandidateList;
import io.incidentcommander.model.consensus.CapStatus;
import io.incidentcommander.model.consensus.Certificate;
import io.incidentcommander.model.consensus.Decision;
import io.incidentcommander.model.consensus.DecisionStatus;
import io.incidentcommander.model.consensus.Outcome;
import io.incidentcommander.model.consensus.Protocol;
import io.incidentcommander.model.consensus.Roster;
import io.incidentcommander.model.consensus.RoundRecord;
import io.incidentcommander.model.consensus.RoundTerms;
import io.incidentcommander.model.consensus.Seat;
import io.incidentcommander.model.consensus.SeatStanding;
import io.incidentcommander.udfs.consensus.RoundPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoleTimesTest {
    private static final long T0 = 1_700_000_000_000L;

    private final RoleTimes times = new RoleTimes(RoundPolicy.DEFAULT);

    @Test
    void aDecisionNamesTheAgentsWhoseRoleHadItsTimeAndWasNotHeard() {
        assertThat(times.late(unheard(59, 120))).isEmpty();
        assertThat(times.late(unheard(60, 120))).isEqualTo("; not heard in time: detection/rules");
        assertThat(times.late(unheard(90, 120)))
                .isEqualTo("; not heard in time: detection/rules, prediction/seasonal");
    }

    @Test
    void nobodyHasLongerThanTheRound() {
        assertThat(times.late(unheard(40, 40)))
                .isEqualTo(
                        "; not heard in time: detection/rules, diagnosis/model,"
                                + " prediction/seasonal");
    }

    /** So many seconds after all were asked, none of whom said anything. */
    private static Decision unheard(long decided, long closes) {
        RoundTerms terms =
                RoundTerms.builder()
                        .tenant("t")
                        .incidentId("i")
                        .attempt(1)
                        .round(1)
                        .protocol(Protocol.WEIGHTED)
                        .candidates(CandidateList.of(List.of()))
                        .roster(
                                new Roster(
                                        Map.of(),
                                        List.of(
                                                seat(
                                                        "detection/rules",
                                                        AgentRole.DETECTION,
                                                        SeatStanding.TRUSTED),
                                                seat(
                                                        "diagnosis/causal",
                                                        AgentRole.DIAGNOSIS,
                                                        SeatStanding.QUARANTINED),
                                                seat(
                                                        "diagnosis/model",
                                                        AgentRole.DIAGNOSIS,
                                                        SeatStanding.TRUSTED),
                                                seat(
                                                        "prediction/seasonal",
                                                        AgentRole.PREDICTION,
                                                        SeatStanding.DOUBTED)),
                                        CapStatus.values()[0],
                                        List.of(),
                                        0))
                        .confidence(0.7)
                        .trusted(3)
                        .requestedAtMillis(T0)
                        .openedAtMillis(T0)
                        .closesAtMillis(T0 + closes * 1000)
                        .build();
        Outcome outcome =
                new Outcome(
                        DecisionStatus.UNRESOLVED,
                        new ActionSupport(Action.ESCALATE.id(), 0, 0),
                        1,
                        T0 + decided * 1000);
        return new Decision(
                new Certificate(List.of(new RoundRecord(terms, List.of())), outcome),
                Optional.empty());
    }

    private static Seat seat(String agent, AgentRole role, SeatStanding standing) {
        return new Seat(agent, role, agent, 0, "0".repeat(64), 1_000_000, standing, 250_000);
    }
}
