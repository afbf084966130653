// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.resilience;

import java.util.function.DoubleSupplier;

/**
 * What is told of the calls to one dependency. Implementations are thread safe and do not block.
 */
public interface CallMetrics {
    /** An attempt was answered. */
    void succeeded(long nanos);

    /** An attempt failed. */
    void failed(FailureKind kind);

    /** Another attempt will be made after this wait. */
    void retried(long waitMillis);

    /** A call ends without an answer. */
    void refused(Refusal refusal);

    /**
     * Called once for each of: breaker_state (0 closed, 1 half open, 2 open), tokens, rate_share.
     */
    void gauge(String name, DoubleSupplier value);

    /** Tells nobody. */
    static CallMetrics none() {
        return new CallMetrics() {
            @Override
            public void succeeded(long nanos) {}

            @Override
            public void failed(FailureKind kind) {}

            @Override
            public void retried(long waitMillis) {}

            @Override
            public void refused(Refusal refusal) {}

            @Override
            public void gauge(String name, DoubleSupplier value) {}
        };
    }
}
