// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

/** Where a run shows how it goes. Called by one thread. */
public interface RunView extends AutoCloseable {
    /** A step of the start or of the end, one line. */
    void step(String line);

    /** How it stands, about once a second. */
    void show(RunPicture picture);

    /** Leaves the terminal as it was. */
    @Override
    void close();
}
