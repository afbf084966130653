// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis;

import io.incidentcommander.connectors.resilience.CallPolicy;
import io.incidentcommander.connectors.resilience.RetryDelay;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/** Which models are asked, in which order, how patiently, and for how much. Immutable. */
public final class RouterPolicy implements Serializable {
    private static final long serialVersionUID = 1L;

    private final List<ModelSpec> models;
    private final SpendCaps caps;
    private final RetryDelay delay;
    private final int attempts;
    private final int concurrent;
    private final Duration attemptTimeout;

    private RouterPolicy(
            List<ModelSpec> models,
            SpendCaps caps,
            RetryDelay delay,
            int attempts,
            int concurrent,
            Duration attemptTimeout) {
        this.models = List.copyOf(models);
        this.caps = caps;
        this.delay = delay;
        this.attempts = attempts;
        this.concurrent = concurrent;
        this.attemptTimeout = attemptTimeout;
        if (models.stream().map(ModelSpec::family).distinct().count() != 1) {
            throw new IllegalArgumentException(
                    "A router fails over within one family, since a vote belongs to one: "
                            + models);
        }
    }

    /**
     * Waits of 1 s to 60 s between 10 attempts at most, 60 s an attempt, 32 calls under way.
     *
     * @param models of one family, the preferred first
     */
    public static RouterPolicy of(List<ModelSpec> models, SpendCaps caps) {
        RetryDelay delay =
                RetryDelay.of(
                        RetryDelay.Growth.EXPONENTIAL, Duration.ofSeconds(1), CallPolicy.MODEL_CAP);
        return new RouterPolicy(models, caps, delay, 10, 32, Duration.ofSeconds(60));
    }

    public RouterPolicy retry(RetryDelay otherDelay, int atMostAttempts) {
        return new RouterPolicy(
                models, caps, otherDelay, atMostAttempts, concurrent, attemptTimeout);
    }

    public RouterPolicy attemptTimeout(Duration timeout) {
        return new RouterPolicy(models, caps, delay, attempts, concurrent, timeout);
    }

    /** For each of so many routers that share the money. */
    public RouterPolicy shared(int routers) {
        return new RouterPolicy(
                models, caps.shared(routers), delay, attempts, concurrent, attemptTimeout);
    }

    List<ModelSpec> models() {
        return models;
    }

    SpendCaps caps() {
        return caps;
    }

    CallPolicy calls(ModelSpec model) {
        return CallPolicy.of(model.id(), model.rate(), CallPolicy.MODEL_CAP)
                .retry(delay, attempts)
                .concurrent(concurrent)
                .attemptTimeout(attemptTimeout);
    }
}
