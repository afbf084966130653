// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus;

import io.incidentcommander.model.codec.CanonicalReader;
import io.incidentcommander.model.codec.CanonicalWriter;
import java.io.IOException;
import java.util.Objects;

/** How an action stands: the power behind it and its aggregated confidence. Immutable. */
public final class ActionSupport {
    private final ActionId action;
    private final int powerPpm;
    private final double confidence;

    /**
     * @param confidence power-weighted median of the supporters' confidences; 0 if there are none
     */
    public ActionSupport(ActionId action, int powerPpm, double confidence) {
        this.action = Objects.requireNonNull(action, "action");
        this.powerPpm = powerPpm;
        this.confidence = confidence;
    }

    public ActionId action() {
        return action;
    }

    public int powerPpm() {
        return powerPpm;
    }

    public double confidence() {
        return confidence;
    }

    void write(CanonicalWriter out) {
        out.fixed(action.bytes()).int32(powerPpm).float64(confidence);
    }

    static ActionSupport read(CanonicalReader in) throws IOException {
        return new ActionSupport(ActionId.of(in.fixed(32)), in.int32(), in.float64());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ActionSupport
                && ((ActionSupport) other).action.equals(action)
                && ((ActionSupport) other).powerPpm == powerPpm
                && Double.compare(((ActionSupport) other).confidence, confidence) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(action, powerPpm, confidence);
    }

    @Override
    public String toString() {
        return powerPpm + " ppm for " + action + " at " + confidence;
    }
}
