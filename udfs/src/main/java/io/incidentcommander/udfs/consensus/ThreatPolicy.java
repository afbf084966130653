// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import io.incidentcommander.model.consensus.ThreatLevel;
import io.incidentcommander.model.consensus.ThreatState;
import java.io.Serializable;

/**
 * How the suspect share of the voting power becomes a threat level. It rises at once, as far as it
 * has to; it falls by one level after the share has been well below the level's limit for a while,
 * so that a share near a limit does not switch the protocol to and fro. Immutable.
 */
public final class ThreatPolicy implements Serializable {
    private static final long serialVersionUID = 1L;

    /** From 10 %, 20 % and a third on; down after 5 min below 80 % of the level's limit. */
    public static final ThreatPolicy DEFAULT =
            new ThreatPolicy(100_000, 200_000, 333_333, 800_000, 300_000);

    private final int mediumPpm;
    private final int highPpm;
    private final int criticalPpm;
    private final int calmPpm;
    private final long calmMillis;

    /**
     * @param mediumPpm suspect share from which the level is MEDIUM, and so on
     * @param calmPpm part of a level's limit below which it is calm
     * @param calmMillis how long it has to be calm for the level to fall by one
     */
    public ThreatPolicy(int mediumPpm, int highPpm, int criticalPpm, int calmPpm, long calmMillis) {
        if (!(0 < mediumPpm && mediumPpm < highPpm && highPpm < criticalPpm)) {
            throw new IllegalArgumentException("Limits rise with the level");
        }
        this.mediumPpm = mediumPpm;
        this.highPpm = highPpm;
        this.criticalPpm = criticalPpm;
        this.calmPpm = calmPpm;
        this.calmMillis = calmMillis;
    }

    /**
     * @param suspectPpm share of the registered power that is suspect
     * @param nowMillis event time, not before that of the call before
     */
    public ThreatState next(ThreatState state, int suspectPpm, long nowMillis) {
        ThreatLevel asked = levelOf(suspectPpm);
        if (asked.compareTo(state.level()) > 0) {
            return state.changed(asked, nowMillis, suspectPpm);
        }
        if (state.level() == ThreatLevel.LOW || !isCalm(state.level(), suspectPpm)) {
            return state.calmSinceMillis() == ThreatState.NO_CALM
                    ? state
                    : state.calmSince(ThreatState.NO_CALM);
        }
        if (state.calmSinceMillis() == ThreatState.NO_CALM) {
            return state.calmSince(nowMillis);
        }
        if (nowMillis - state.calmSinceMillis() < calmMillis) {
            return state;
        }
        ThreatLevel lower = ThreatLevel.values()[state.level().ordinal() - 1];
        return state.changed(lower, nowMillis, suspectPpm).calmSince(nowMillis);
    }

    private ThreatLevel levelOf(int suspectPpm) {
        if (suspectPpm >= criticalPpm) {
            return ThreatLevel.CRITICAL;
        }
        if (suspectPpm >= highPpm) {
            return ThreatLevel.HIGH;
        }
        return suspectPpm >= mediumPpm ? ThreatLevel.MEDIUM : ThreatLevel.LOW;
    }

    private boolean isCalm(ThreatLevel level, int suspectPpm) {
        int limit =
                level == ThreatLevel.CRITICAL
                        ? criticalPpm
                        : level == ThreatLevel.HIGH ? highPpm : mediumPpm;
        return 1_000_000L * suspectPpm < (long) limit * calmPpm;
    }
}
