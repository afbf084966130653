// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.resolution;

import java.io.Serializable;

/** The time by which acting is bounded: an effect, never a decision. */
public interface ActionClock extends Serializable {
    /** Epoch milliseconds. */
    long millis();

    /** Lets some time pass before something is asked again. */
    void pause() throws InterruptedException;

    /** The machine's, with half a second between questions. */
    static ActionClock system() {
        return new ActionClock() {
            private static final long serialVersionUID = 1L;

            @Override
            public long millis() {
                return System.currentTimeMillis();
            }

            @Override
            public void pause() throws InterruptedException {
                Thread.sleep(500);
            }
        };
    }
}
