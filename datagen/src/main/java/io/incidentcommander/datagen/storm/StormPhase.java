// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

/** The course of a fault. Boundaries are shares of its duration, rates shares of the peak. */
public enum StormPhase {
    /** The origin alone. */
    ONSET(0, 0.01, 0.01),
    /** One dependent after the other; the rate rises. */
    CASCADE(0.1, 0.01, 0.5),
    STORM(0.35, 1, 1),
    /** Nothing new fires; all that fired resolves. */
    RECOVERY(0.7, 0.04, 0.04),
    /** Background only: before, between and after faults. */
    CALM(1, 0, 0);

    private final double from;
    private final double firstRate;
    private final double lastRate;

    StormPhase(double from, double firstRate, double lastRate) {
        this.from = from;
        this.firstRate = firstRate;
        this.lastRate = lastRate;
    }

    /** The phase when {@code progress} of a fault has passed; CALM outside [0, 1). */
    static StormPhase at(double progress) {
        StormPhase found = CALM;
        for (StormPhase phase : values()) {
            if (progress >= phase.from) {
                found = phase;
            }
        }
        return found;
    }

    /** Share of the peak rate when {@code progress} of the fault has passed. */
    double rate(double progress) {
        if (this == CALM) {
            return 0;
        }
        double to = values()[ordinal() + 1].from;
        return firstRate + (lastRate - firstRate) * (progress - from) / (to - from);
    }
}
