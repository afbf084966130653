// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import java.util.concurrent.Callable;

/**
 * For calls that change nothing when repeated, to servers and with clients that have just started:
 * on a busy machine their first answers may take longer than a call may.
 */
final class Patience {
    private static final int TRIES = 8;

    private Patience() {}

    /** The first answer; what the last try threw if all fail. */
    static <T> T call(Callable<T> idempotent) throws Exception {
        for (int i = 1; i < TRIES; i++) {
            try {
                return idempotent.call();
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception again) {
                if (Thread.currentThread().isInterrupted()) {
                    throw again;
                }
            }
        }
        return idempotent.call();
    }
}
