// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.configuration;

import java.time.Duration;
import java.util.List;

/** From alerts to incidents: what is kept of a storm, and what belongs together. */
public final class DetectionOptions {
    private static final OptionType<Integer> AT_LEAST_ONE =
            OptionType.integer(1, Integer.MAX_VALUE);
    private static final OptionType<Duration> DURATION = OptionType.duration();

    public static final CommanderOption<Duration> SAMPLING_SLICE =
            CommanderOption.of(
                    "sampling.slice",
                    DURATION,
                    "500 ms",
                    "Length of the slices of event time that deduplication decides on; adds as"
                            + " much latency.");
    public static final CommanderOption<Integer> SAMPLING_BUNDLE_MAX_ENTRIES =
            CommanderOption.of(
                    "sampling.bundle.max-entries",
                    AT_LEAST_ONE,
                    "65536",
                    "Distinct alerts a subtask holds before it sends the bundle on.");
    public static final CommanderOption<Duration> SAMPLING_BUNDLE_MAX_AGE =
            CommanderOption.of(
                    "sampling.bundle.max-age",
                    DURATION,
                    "1 s",
                    "How long a bundle waits at most. Paces output, never results.");
    public static final CommanderOption<Duration> SAMPLING_DEDUP_QUIET =
            CommanderOption.of(
                    "sampling.dedup.quiet",
                    DURATION,
                    "5 min",
                    "An alert not seen for so long is forgotten; the next is new.");
    public static final CommanderOption<Integer> SAMPLING_PER_SERVICE_PER_SECOND =
            CommanderOption.of(
                    "sampling.per-service-per-second",
                    AT_LEAST_ONE,
                    "100",
                    "Alerts kept per tenant, service and second of event time. CRITICAL ones are"
                            + " never dropped.");
    public static final CommanderOption<Double> SAMPLING_BUDGET =
            CommanderOption.of(
                    "sampling.budget",
                    OptionType.number(0.0, 1.0),
                    "1.0",
                    "Share of all alerts of a tenant that may be kept, the unusual ones first. 1"
                            + " leaves only the limit per service.");
    public static final CommanderOption<Duration> SAMPLING_LATE_MEMORY =
            CommanderOption.of(
                    "sampling.late-memory",
                    DURATION,
                    "10 min",
                    "How long a closed second's threshold is kept to judge late alerts by.");

    public static final CommanderOption<Duration> FLAPPING_WINDOW =
            CommanderOption.of(
                    "flapping.window",
                    DURATION,
                    "10 min",
                    "Changes between firing and resolved are counted over so much event time.");
    public static final CommanderOption<Integer> FLAPPING_BEGINS_AT =
            CommanderOption.of(
                    "flapping.begins-at",
                    OptionType.integer(0, 1000),
                    "6",
                    "So many changes in the window, and an alert flaps: it is told once, and"
                            + " counts as firing until it is steady. 0: never.");
    public static final CommanderOption<Integer> FLAPPING_ENDS_AT =
            CommanderOption.of(
                    "flapping.ends-at",
                    OptionType.integer(0, 999),
                    "2",
                    "So few changes in the window, and it no longer flaps; below the beginning.");
    public static final CommanderOption<Integer> FLAPPING_PAUSE_SECONDS =
            CommanderOption.of(
                    "flapping.pause-seconds",
                    OptionType.integer(0, 3600),
                    "0",
                    "An alert that usually clears by itself within this time waits for so long"
                            + " before it is told. 0: none waits.");
    public static final CommanderOption<Integer> FLAPPING_PAUSE_EPISODES =
            CommanderOption.of(
                    "flapping.pause-episodes",
                    AT_LEAST_ONE,
                    "5",
                    "How often an alert must have been resolved before it may wait.");
    public static final CommanderOption<Double> FLAPPING_PAUSE_SHARE =
            CommanderOption.of(
                    "flapping.pause-share",
                    OptionType.number(0.0, 1.0),
                    "0.8",
                    "How often of these it must have cleared in time: a share.");

    public static final CommanderOption<Integer> SUPPRESSION_MAX_FIRING =
            CommanderOption.of(
                    "suppression.max-firing",
                    AT_LEAST_ONE,
                    "10000",
                    "Firing alerts that are remembered of a tenant, as causes that inhibit and to"
                            + " be told when what holds them ends; the oldest make room.");
    public static final CommanderOption<Duration> SUPPRESSION_FIRING_MEMORY =
            CommanderOption.of(
                    "suppression.firing-memory",
                    DURATION,
                    "24 h",
                    "How long an alert counts as firing after it last was news, if nothing says"
                            + " that it was resolved.");
    public static final CommanderOption<Duration> SUPPRESSION_RECHECK =
            CommanderOption.of(
                    "suppression.recheck",
                    DURATION,
                    "60 s",
                    "How often it is seen whether what is held back may go.");

    public static final CommanderOption<Duration> CORRELATION_GAP =
            CommanderOption.of(
                    "correlation.gap",
                    DURATION,
                    "300 s",
                    "An incident without alerts for so long is over.");
    public static final CommanderOption<Integer> CORRELATION_LIVE_ENTRIES =
            CommanderOption.of(
                    "correlation.live-entries",
                    AT_LEAST_ONE,
                    "10000",
                    "Kinds of alerts of a tenant that later ones are compared with.");
    public static final CommanderOption<Double> CORRELATION_SIGNIFICANCE =
            CommanderOption.of(
                    "correlation.significance",
                    OptionType.number(0.0, 1.0),
                    "0.01",
                    "At or below this chance, alerts that come close to each other belong"
                            + " together.");
    public static final CommanderOption<Double> CORRELATION_OUTBREAKS_PER_DAY =
            CommanderOption.of(
                    "correlation.outbreaks-per-day",
                    OptionType.number(0.01, 1_000_000.0),
                    "0.5",
                    "How many incidents a tenant is expected to have a day before it had any. The"
                            + " fewer, the sooner two that are near along the calls count as one.");
    public static final CommanderOption<Duration> CORRELATION_PASS_BOUND =
            CommanderOption.of(
                    "correlation.pass-bound",
                    DURATION,
                    "30 s",
                    "When correlation has worked so long on a second's alerts, the others of HIGH"
                        + " or above are grouped by service alone, into 20 new incidents at most,"
                        + " and marked so. Live runs only.");

    public static final CommanderOption<Integer> DETECTION_ANOMALY_MAX_SERIES =
            CommanderOption.of(
                    "detection.anomaly.max-series",
                    OptionType.integer(0, Integer.MAX_VALUE),
                    "1000",
                    "Metric series of a tenant whose usual values are learnt, 5 KiB each; what is"
                            + " unusual becomes an alert. So many find room; the bound, which is"
                            + " by key group, is higher (2,688 for 1,000). Further series are left"
                            + " out. Alerts wait while they are judged. 0: none is watched.");
    public static final CommanderOption<Double> DETECTION_ANOMALY_SCORE =
            CommanderOption.of(
                    "detection.anomaly.score",
                    OptionType.number(0.0, 1.0),
                    "0.8",
                    "From this score on a minute's value is unusual; two in a row begin an"
                            + " anomaly.");
    public static final CommanderOption<Duration> DETECTION_ANOMALY_LATENESS =
            CommanderOption.of(
                    "detection.anomaly.lateness",
                    DURATION,
                    "3 min",
                    "How long after a minute its points are waited for; adds as much delay."
                            + " CloudWatch metric streams take two to three minutes.");

    private DetectionOptions() {}

    /** In the order of the reference page. */
    static List<CommanderOption<?>> all() {
        return List.of(
                SAMPLING_SLICE,
                SAMPLING_BUNDLE_MAX_ENTRIES,
                SAMPLING_BUNDLE_MAX_AGE,
                SAMPLING_DEDUP_QUIET,
                SAMPLING_PER_SERVICE_PER_SECOND,
                SAMPLING_BUDGET,
                SAMPLING_LATE_MEMORY,
                FLAPPING_WINDOW,
                FLAPPING_BEGINS_AT,
                FLAPPING_ENDS_AT,
                FLAPPING_PAUSE_SECONDS,
                FLAPPING_PAUSE_EPISODES,
                FLAPPING_PAUSE_SHARE,
                SUPPRESSION_MAX_FIRING,
                SUPPRESSION_FIRING_MEMORY,
                SUPPRESSION_RECHECK,
                CORRELATION_GAP,
                CORRELATION_LIVE_ENTRIES,
                CORRELATION_SIGNIFICANCE,
                CORRELATION_OUTBREAKS_PER_DAY,
                CORRELATION_PASS_BOUND,
                DETECTION_ANOMALY_MAX_SERIES,
                DETECTION_ANOMALY_SCORE,
                DETECTION_ANOMALY_LATENESS);
    }
}
