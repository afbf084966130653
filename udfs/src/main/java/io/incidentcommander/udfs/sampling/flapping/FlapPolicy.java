// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.sampling.flapping;

import java.io.Serializable;

/** When an alert flaps, and which ones may wait because they usually clear. Immutable. */
public final class FlapPolicy implements Serializable {
    private static final long serialVersionUID = 1L;

    private final long windowMillis;
    private final int beginsAt;
    private final int endsAt;
    private final long pauseMillis;
    private final int fewestEpisodes;
    private final double shareThatClears;

    /**
     * @param windowMillis changes are counted over so much event time
     * @param beginsAt so many changes in the window, and it flaps; 0: nothing ever does
     * @param endsAt so few, and it no longer does; below {@code beginsAt}
     * @param pauseMillis an alert that usually clears sooner than this waits for so long; 0: none
     * @param fewestEpisodes how often it must have been resolved before that is known
     * @param shareThatClears how often of these it must have cleared so soon
     */
    public FlapPolicy(
            long windowMillis,
            int beginsAt,
            int endsAt,
            long pauseMillis,
            int fewestEpisodes,
            double shareThatClears) {
        if (beginsAt != 0 && endsAt >= beginsAt) {
            throw new IllegalArgumentException(
                    "Flapping ends at fewer changes than it begins at: "
                            + endsAt
                            + ", "
                            + beginsAt);
        }
        this.windowMillis = windowMillis;
        this.beginsAt = beginsAt;
        this.endsAt = endsAt;
        this.pauseMillis = pauseMillis;
        this.fewestEpisodes = fewestEpisodes;
        this.shareThatClears = shareThatClears;
    }

    long windowMillis() {
        return windowMillis;
    }

    int beginsAt() {
        return beginsAt;
    }

    int endsAt() {
        return endsAt;
    }

    long pauseMillis() {
        return pauseMillis;
    }

    public boolean pauses() {
        return pauseMillis > 0;
    }

    public boolean isOff() {
        return beginsAt == 0 && pauseMillis == 0;
    }

    boolean usuallyClears(int episodes, int shortEpisodes) {
        return pauses()
                && episodes >= fewestEpisodes
                && shortEpisodes >= shareThatClears * episodes;
    }

    /** What is remembered of how alerts clear; older episodes count half as much each time. */
    static final int MOST_EPISODES = 20;
}
