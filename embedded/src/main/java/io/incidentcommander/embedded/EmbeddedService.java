// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

/**
 * One server with a data directory of its own, bound to the loopback interface only.
 *
 * <p>The address is chosen when the service is made and stays the same over {@link #stop()} and
 * {@link #start()}. Calls come from one thread at a time. A service logs through SLF4J, log4j or
 * JUL, never to the terminal.
 */
public interface EmbeddedService extends AutoCloseable {

    /** Which of the services this is. */
    ServiceName name();

    /** Starts it and returns when it answers; does nothing but answer again if it runs. */
    StartOutcome start() throws Exception;

    /**
     * Stops serving, as in an outage, so that {@link #start()} can serve again. Each class says
     * whether its data survives this. Does nothing if it does not run.
     */
    void stop() throws Exception;

    /** Stops for good and lets go of memory, threads, ports and processes; may be called twice. */
    @Override
    default void close() throws Exception {
        stop();
    }
}
