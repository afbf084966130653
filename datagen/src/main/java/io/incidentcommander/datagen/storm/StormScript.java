// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A storm with a story: calm background throughout, and one fault after the other, each in the
 * phases of {@link StormPhase}. Content and schedule belong together: give both to the source.
 * Deterministic by seed. Immutable.
 */
public final class StormScript implements StormContent {
    private static final long serialVersionUID = 1L;

    /** Background, records/s. */
    public static final long CALM_RATE = 500;

    /** At the height of a fault, records/s. */
    public static final long PEAK_RATE = 50_000;

    /** As long as people watch. */
    public static final Duration DURATION = Duration.ofSeconds(60);

    private static final long NANOS = 1_000_000L;
    private static final double QUIET_BEFORE = 1 / 6.0;
    private static final double QUIET_AFTER = 1 / 12.0;

    private final long seed;
    private final FaultScenario[] scenarios;
    private final int seconds;
    private final long[] faultRates;
    private final long[] faultsBefore;
    private final StepSchedule schedule;

    // Follow from the seed.
    private transient Landscape landscape;
    private transient List<FaultPlan> plans;

    private StormScript(
            long seed, FaultScenario[] scenarios, long peak, Background calm, Duration duration) {
        if (scenarios.length == 0 || peak < 1 || duration.toSeconds() < 1) {
            throw new IllegalArgumentException(
                    "A script needs a scenario, a peak of 1 record/s and a duration of 1 s");
        }
        this.seed = seed;
        this.scenarios = scenarios.clone();
        this.seconds = Math.toIntExact(duration.toSeconds());
        this.faultRates = new long[seconds];
        this.faultsBefore = new long[seconds + 1];
        long[] rates = new long[seconds];
        for (int s = 0; s < seconds; s++) {
            double progress = progress(s);
            faultRates[s] = Math.round(StormPhase.at(progress).rate(progress) * peak);
            rates[s] = faultRates[s] + calm.rate(faultRates[s]);
            faultsBefore[s + 1] = faultsBefore[s] + faultRates[s];
        }
        this.schedule = new StepSchedule(rates);
    }

    /** One fault, at the usual rates. */
    public static StormScript of(long seed, FaultScenario scenario) {
        return of(seed, List.of(scenario), PEAK_RATE, DURATION);
    }

    /** All five, one after the other. */
    public static StormScript all(long seed, long peakRate, Duration duration) {
        return of(seed, Arrays.asList(FaultScenario.values()), peakRate, duration);
    }

    /**
     * The faults share the time between a quiet sixth before and a quiet twelfth after them.
     *
     * @param peakRate records/s of a fault at its height
     * @param duration in whole seconds
     */
    public static StormScript of(
            long seed, List<FaultScenario> scenarios, long peakRate, Duration duration) {
        return of(seed, scenarios, peakRate, CALM_RATE, duration);
    }

    /**
     * The same with a background of its own.
     *
     * @param calmRate records/s beside those of the faults
     */
    public static StormScript of(
            long seed,
            List<FaultScenario> scenarios,
            long peakRate,
            long calmRate,
            Duration duration) {
        return new StormScript(
                seed,
                scenarios.toArray(new FaultScenario[0]),
                peakRate,
                faults -> calmRate,
                duration);
    }

    /**
     * The same faults in an even stream: four records in five come of a fault at its height, and
     * background makes up the rest, so that every second has {@code rate} records.
     *
     * @param rate records/s, 2 or more
     * @param duration in whole seconds
     */
    public static StormScript even(
            long seed, List<FaultScenario> scenarios, long rate, Duration duration) {
        return new StormScript(
                seed,
                scenarios.toArray(new FaultScenario[0]),
                rate * 4 / 5,
                faults -> rate - faults,
                duration);
    }

    @Override
    public RecordStream open(int partition, int partitions) {
        return new ScriptedStream(this, partition, partitions);
    }

    public Schedule schedule() {
        return schedule;
    }

    /** Records in all. */
    public long records() {
        return schedule.recordsWithin(Duration.ofSeconds(seconds));
    }

    /** The company it happens to. */
    public synchronized Landscape landscape() {
        if (landscape == null) {
            landscape = Landscape.of(seed);
        }
        return landscape;
    }

    /** The faults of a storm that starts at {@code startMillis} (epoch ms), in order. */
    public List<FaultTruth> truths(long startMillis) {
        List<FaultTruth> truths = new ArrayList<>();
        for (int i = 0; i < scenarios.length; i++) {
            OptionalLong first = firstSymptom(i);
            if (first.isPresent()) {
                truths.add(
                        new FaultTruth(
                                plans().get(i),
                                startMillis + millisAt(i),
                                startMillis + schedule.offsetNanos(first.getAsLong()) / NANOS,
                                startMillis + millisAt(i + 1)));
            }
        }
        return truths;
    }

    /** What was changed in the hour before the faults of a storm that starts then (epoch ms). */
    public List<StormChange> changes(long startMillis) {
        ChangePlan plan = new ChangePlan(landscape(), seed);
        List<StormChange> changes = plan.elsewhere(plans(), startMillis);
        for (int i = 0; i < scenarios.length; i++) {
            plan.before(plans().get(i), startMillis + millisAt(i)).ifPresent(changes::add);
        }
        return changes;
    }

    /** The first record of a fault that bears an alert. */
    private OptionalLong firstSymptom(int fault) {
        for (int second = 0; second < seconds; second++) {
            if (scenarioIndex(second) != fault || faultRates[second] == 0) {
                continue;
            }
            double progress = progress(second);
            for (long n = schedule.before(second); n < schedule.before(second + 1); n++) {
                if (faultOrdinal(n, second) >= 0) {
                    int symptom = plan(second).symptomAt(progress, draw(n));
                    if (plan(second).symptoms().get(symptom).bearsAlerts()) {
                        return OptionalLong.of(n);
                    }
                }
            }
        }
        return OptionalLong.empty();
    }

    /** After the start of the storm. */
    private long millisAt(int fault) {
        double share = QUIET_BEFORE + (1 - QUIET_BEFORE - QUIET_AFTER) * fault / scenarios.length;
        return Math.round(share * seconds * 1000);
    }

    long seed() {
        return seed;
    }

    /** What decides on the n-th record. */
    long draw(long record) {
        return SplitMix.at(SplitMix.mix(seed + 1), record);
    }

    /** Where {@link #progress} is in [0, 1). */
    FaultPlan plan(int second) {
        return plans().get(scenarioIndex(second));
    }

    /** All faults, in order. */
    List<FaultPlan> faults() {
        return List.copyOf(plans());
    }

    /** The faults of one storm keep out of each other's way where they can. */
    private synchronized List<FaultPlan> plans() {
        if (plans == null) {
            List<FaultPlan> made = new ArrayList<>();
            Set<String> taken = new HashSet<>();
            for (int i = 0; i < scenarios.length; i++) {
                FaultPlan plan = FaultPlan.of(scenarios[i], landscape(), seed * 31 + i, taken);
                taken.addAll(plan.affected());
                made.add(plan);
            }
            plans = made;
        }
        return plans;
    }

    int secondOf(long record) {
        return schedule.secondOf(record);
    }

    /**
     * How many records before this one faults cause, if a fault causes this one too; else -1. They
     * are spread evenly, and exactly as many as the rate says.
     */
    long faultOrdinal(long record, int second) {
        long inSecond = record - schedule.before(second);
        long all = schedule.before(second + 1) - schedule.before(second);
        long before = inSecond * faultRates[second] / all;
        return (inSecond + 1) * faultRates[second] / all > before
                ? faultsBefore[second] + before
                : -1;
    }

    /** How much of its fault has passed in the middle of a second; outside [0, 1): none. */
    double progress(int second) {
        double position = position(second);
        return position < 0 || position >= scenarios.length ? -1 : position - (int) position;
    }

    private int scenarioIndex(int second) {
        double position = position(second);
        return position < 0 ? -1 : Math.min(scenarios.length - 1, (int) position);
    }

    private double position(int second) {
        double share = (second + 0.5) / seconds;
        return (share - QUIET_BEFORE) / (1 - QUIET_BEFORE - QUIET_AFTER) * scenarios.length;
    }

    /** How much goes on beside the faults. */
    private interface Background {
        /** Records/s beside so many of faults. */
        long rate(long faultRate);
    }
}
