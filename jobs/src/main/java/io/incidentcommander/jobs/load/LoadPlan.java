// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.load;

import io.incidentcommander.datagen.storm.StormSpec;
import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import java.time.Duration;

/** What a load run does. Immutable. */
public final class LoadPlan {
    private final StormSpec storm;
    private final long rate;
    private final Duration duration;
    private final Duration parseOnly;
    private final CommanderConfiguration options;

    /**
     * @param rate records per second offered; 0 for as many as it takes
     * @param parseOnly how long the reference runs that only reads and parses
     */
    public LoadPlan(
            StormSpec storm,
            long rate,
            Duration duration,
            Duration parseOnly,
            CommanderConfiguration options) {
        this.storm = storm;
        this.rate = rate;
        this.duration = duration;
        this.parseOnly = parseOnly;
        this.options = options;
    }

    public StormSpec storm() {
        return storm;
    }

    public long rate() {
        return rate;
    }

    public Duration duration() {
        return duration;
    }

    public Duration parseOnly() {
        return parseOnly;
    }

    public CommanderConfiguration options() {
        return options;
    }
}
