// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import io.incidentcommander.model.consensus.Action;

/** What the deliberator has to know of the world at the moment of a step. */
public interface Circumstances {
    /**
     * Called once for each round that opens, never within one: reputation changes power between
     * rounds only.
     *
     * @param nowMillis event time
     */
    RoundSetup setup(long nowMillis);

    /** Whether a vote under this key counts no more. */
    boolean isRevoked(String agent, int keyEpoch);

    /** Whether an agent may propose the action: it could be carried out. */
    boolean offers(Action action);

    /** The confidences of the agent's earlier votes; empty if there are none. */
    double[] earlierConfidences(String agent);

    /** Circumstances that never change: one setup, no key revoked, nothing more, no history. */
    static Circumstances fixed(RoundSetup setup) {
        return new Circumstances() {
            @Override
            public RoundSetup setup(long nowMillis) {
                return setup;
            }

            @Override
            public boolean isRevoked(String agent, int keyEpoch) {
                return false;
            }

            @Override
            public boolean offers(Action action) {
                return false;
            }

            @Override
            public double[] earlierConfidences(String agent) {
                return new double[0];
            }
        };
    }
}
