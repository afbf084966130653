// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.load;

import io.incidentcommander.datagen.storm.Schedule;
import io.incidentcommander.datagen.storm.StormSpec;
import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import java.time.Duration;
import java.util.Arrays;

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
    private final LoadStages stages;

    /**
     * @param rate records per second offered; 0 for as many as it takes
     * @param warmUp how long each job runs before it is measured
     * @param duration how long the whole topology is measured
     * @param parseOnly how long the reference runs that only reads and parses
     * @param transport through a broker only at a rate
     * @param diagnosis whether causes are looked for, and who is asked; the options say where
     * @param stages how far the records go
     */
    public LoadPlan(
            StormSpec storm,
            long rate,
            Duration warmUp,
            Duration duration,
            Duration parseOnly,
            CommanderConfiguration options,
            LoadTransport transport,
            LoadDiagnosis diagnosis,
            LoadStages stages) {
        this.storm = storm;
        this.rate = rate;
        this.warmUp = warmUp;
        this.duration = duration;
        this.parseOnly = parseOnly;
        this.options = options;
        this.transport = transport;
        this.diagnosis = diagnosis;
        this.stages = stages;
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

    public LoadStages stages() {
        return stages;
    }

    /** More than the longest warm-up, the start of the job and the measured time take. */
    Duration longest() {
        return duration.plus(warmUp).plus(WarmUp.PATIENCE).plusMinutes(1);
    }

    /**
     * When records are published through a broker, which nobody can hold back: in the first third
     * of the warm-up a fifth of the rate, from then on more each second, in its last quarter all of
     * it. A job that is offered all of it from its first second, when nothing is compiled, gets a
     * backlog of minutes, and that would be what is measured.
     */
    Schedule publication() {
        int slow = (int) warmUp.toSeconds() / 3;
        int full = (int) warmUp.toSeconds() * 3 / 4;
        long[] perSecond = new long[(int) warmUp.plus(duration).toSeconds()];
        Arrays.fill(perSecond, rate);
        for (int second = 0; second < full; second++) {
            long risen = Math.max(0, second - slow);
            perSecond[second] = rate / 5 + rate * 4 / 5 * risen / (full - slow);
        }
        return Schedule.perSecond(perSecond);
    }

    /** How many are published through a broker, warm-up included. */
    long records() {
        return publication().recordsWithin(warmUp.plus(duration));
    }
}
