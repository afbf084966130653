// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.detection;

import io.incidentcommander.datagen.storm.FaultTruth;
import java.util.OptionalDouble;

/** What became of one fault. Immutable. */
public final class FaultOutcome {
    private final FaultTruth truth;
    private final int incidents;
    private final double detectedSeconds;
    private final boolean typedInTime;
    private final boolean typedInTheEnd;
    private final boolean severityRight;
    private final int originRank;

    FaultOutcome(
            FaultTruth truth,
            int incidents,
            double detectedSeconds,
            boolean typedInTime,
            boolean typedInTheEnd,
            boolean severityRight,
            int originRank) {
        this.truth = truth;
        this.incidents = incidents;
        this.detectedSeconds = detectedSeconds;
        this.typedInTime = typedInTime;
        this.typedInTheEnd = typedInTheEnd;
        this.severityRight = severityRight;
        this.originRank = originRank;
    }

    public FaultTruth truth() {
        return truth;
    }

    /** How many incidents are of this fault; 1 is right. */
    public int incidents() {
        return incidents;
    }

    /** From the first symptom to the first word of the incident; empty: never. */
    public OptionalDouble detectedSeconds() {
        return Double.isNaN(detectedSeconds)
                ? OptionalDouble.empty()
                : OptionalDouble.of(detectedSeconds);
    }

    /** Whether it was found, and said to be what it is, within the limit. */
    public boolean isTypedInTime() {
        return typedInTime;
    }

    /** Whether its main incident is said in the end to be what it is. */
    public boolean isTypedInTheEnd() {
        return typedInTheEnd;
    }

    public boolean isSeverityRight() {
        return severityRight;
    }

    /** Place of the true origin among the probable ones, from 1; 0: not among them. */
    public int originRank() {
        return originRank;
    }
}
