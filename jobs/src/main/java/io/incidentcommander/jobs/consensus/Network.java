// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.consensus;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How the votes of a simulation travel, and how long the process that counts them lives. */
public enum Network {
    /** Every vote arrives once, soon. */
    GOOD,
    /**
     * Votes are lost, late, doubled and overtake each other; the tally dies now and then, and its
     * successor has the last snapshot and gets what came since once more.
     */
    BAD;

    /** As it is named on the command line. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Network> ofWord(String word) {
        return Arrays.stream(values()).filter(network -> network.word().equals(word)).findFirst();
    }
}
