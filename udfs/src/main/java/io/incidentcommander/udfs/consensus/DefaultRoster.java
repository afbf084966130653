// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import io.incidentcommander.model.consensus.AgentRole;
import io.incidentcommander.model.consensus.Seat;
import io.incidentcommander.model.consensus.SeatStanding;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Six agents of six families: detection/rules 0.20, diagnosis/model 0.20, diagnosis/causal 0.20,
 * prediction/seasonal 0.15, prediction/lstm 0.15, resolution/runbook 0.10. No cap is needed, and
 * without any one of them more than two thirds are left. One agent a role would leave each of four
 * agents, capped below a third, a veto.
 */
public enum DefaultRoster {
    DETECTION_RULES(AgentRole.DETECTION, "rules"),
    DIAGNOSIS_MODEL(AgentRole.DIAGNOSIS, "model"),
    DIAGNOSIS_CAUSAL(AgentRole.DIAGNOSIS, "causal"),
    PREDICTION_SEASONAL(AgentRole.PREDICTION, "seasonal"),
    PREDICTION_LSTM(AgentRole.PREDICTION, "lstm"),
    RESOLUTION_RUNBOOK(AgentRole.RESOLUTION, "runbook");

    private final AgentRole role;
    private final String family;

    DefaultRoster(AgentRole role, String family) {
        this.role = role;
        this.family = family;
    }

    public String agent() {
        return role.word() + "/" + family;
    }

    public AgentRole role() {
        return role;
    }

    public String family() {
        return family;
    }

    /**
     * All six, trusted and with full reputation.
     *
     * @param publicKeys by agent id
     */
    public static List<Seat> seats(Function<String, String> publicKeys) {
        List<Seat> seats = new ArrayList<>();
        for (DefaultRoster member : values()) {
            seats.add(
                    new Seat(
                            member.agent(),
                            member.role,
                            member.family,
                            1,
                            publicKeys.apply(member.agent()),
                            Seat.WHOLE_PPM,
                            SeatStanding.TRUSTED,
                            0));
        }
        return seats;
    }
}
