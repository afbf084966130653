// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.load;

import io.incidentcommander.datagen.storm.StormSpec;
import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import java.time.Duration;

/** What a load run does. Immutable. */
public final class LoadPlan {
    private final StormSpec storm;
    private final long rate;
    private final Duration warmUp;
    private final Duration duration;
    private final Duration parseOnly;
    private final CommanderConfiguration options;
    private final LoadTransport transport;
    private final LoadDiagnosis diagnosis;

    /**
     * @param rate records per second offered; 0 for as many as it takes
     * @param warmUp how long each job runs before it is measured
     * @param duration how long the whole topology is measured
     * @param parseOnly how long the reference runs that only reads and parses
     * @param transport through a broker only at a rate
     * @param diagnosis whether causes are looked for, and who is asked; the options say where
     */
    public LoadPlan(
            StormSpec storm,
            long rate,
            Duration warmUp,
            Duration duration,
            Duration parseOnly,
            CommanderConfiguration options,
            LoadTransport transport,
            LoadDiagnosis diagnosis) {
        this.storm = storm;
        this.rate = rate;
        this.warmUp = warmUp;
        this.duration = duration;
        this.parseOnly = parseOnly;
        this.options = options;
        this.transport = transport;
        this.diagnosis = diagnosis;
    }

    public StormSpec storm() {
        return storm;
    }

    public long rate() {
        return rate;
    }

    public Duration warmUp() {
        return warmUp;
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

    public LoadTransport transport() {
        return transport;
    }

    public LoadDiagnosis diagnosis() {
        return diagnosis;
    }

    /** More than the longest warm-up, the start of the job and the measured time take. */
    Duration longest() {
        return duration.plus(warmUp).plus(WarmUp.PATIENCE).plusMinutes(1);
    }

    /** What is published through a broker: the rate for the warm-up and the duration. */
    long records() {
        return rate * duration.plus(warmUp).toSeconds();
    }
}
