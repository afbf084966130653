// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.consensus;

/** How often what went wrong in a simulation; a run without faults shows nothing of them. */
public final class Faults {
    private int lost;
    private int doubled;
    private int restores;

    void addLost() {
        lost++;
    }

    void addDoubled() {
        doubled++;
    }

    void addRestore() {
        restores++;
    }

    /** Votes that never arrived. */
    public int lost() {
        return lost;
    }

    /** Votes that arrived twice. */
    public int doubled() {
        return doubled;
    }

    /** How often the tally's state was lost and restored. */
    public int restores() {
        return restores;
    }
}
