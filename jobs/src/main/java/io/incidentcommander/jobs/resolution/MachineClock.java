// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.resolution;

import io.incidentcommander.operators.resolution.ActionClock;

/** The machine's, with half a second between questions. */
public final class MachineClock implements ActionClock {
    private static final long serialVersionUID = 1L;
    private static final long PAUSE_MILLIS = 500;

    @Override
    public long millis() {
        return System.currentTimeMillis();
    }

    @Override
    public void pause() throws InterruptedException {
        Thread.sleep(PAUSE_MILLIS);
    }
}
