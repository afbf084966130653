// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.resolution;

import java.io.Serializable;

/** The time by which acting is bounded: an effect, never a decision. */
public interface ActionClock extends Serializable {
    /** Epoch milliseconds. */
    long millis();

    /** Lets some time pass before something is asked again. */
    void pause() throws InterruptedException;
}
