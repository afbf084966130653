// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus.reputation;

import java.io.Serializable;
import java.util.Objects;

/** The three policies by which conduct becomes standing. Immutable. */
public final class StandingPolicy implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ReputationPolicy reputation;
    private final SuspicionPolicy suspicion;
    private final QuarantinePolicy quarantine;

    public StandingPolicy(
            ReputationPolicy reputation, SuspicionPolicy suspicion, QuarantinePolicy quarantine) {
        this.reputation = Objects.requireNonNull(reputation, "reputation");
        this.suspicion = Objects.requireNonNull(suspicion, "suspicion");
        this.quarantine = Objects.requireNonNull(quarantine, "quarantine");
    }

    public static StandingPolicy defaults() {
        return new StandingPolicy(
                ReputationPolicy.defaults(),
                SuspicionPolicy.defaults(),
                QuarantinePolicy.defaults());
    }

    public ReputationPolicy reputation() {
        return reputation;
    }

    public SuspicionPolicy suspicion() {
        return suspicion;
    }

    public QuarantinePolicy quarantine() {
        return quarantine;
    }
}
