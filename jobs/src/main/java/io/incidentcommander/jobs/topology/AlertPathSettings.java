// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.DetectionOptions;
import io.incidentcommander.jobs.configuration.IngestOptions;
import io.incidentcommander.operators.audit.FateDetail;
import io.incidentcommander.operators.correlation.PassClock;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.operators.ingest.DecodingProvider;
import io.incidentcommander.operators.ingest.IngestSettings;
import io.incidentcommander.operators.ingest.IngestSettings.TimeMode;
import io.incidentcommander.udfs.correlation.CorrelationPolicy;
import io.incidentcommander.udfs.correlation.control.ControlFile;
import io.incidentcommander.udfs.correlation.suppression.SuppressionPolicy;
import io.incidentcommander.udfs.detection.anomaly.AnomalyPolicy;
import io.incidentcommander.udfs.ingest.SourceProfile;
import io.incidentcommander.udfs.sampling.DedupPolicy;
import io.incidentcommander.udfs.sampling.NoveltyBudget;
import io.incidentcommander.udfs.sampling.Slices;
import io.incidentcommander.udfs.sampling.flapping.FlapPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The configuration as the stages take it. Immutable. */
public final class AlertPathSettings {
    /**
     * Of a tenant. Of too many, who is let in goes by arrival, and what comes of a recording must
     * not; nobody waits for it.
     */
    private static final int MOST_RECORDED_SERIES = 100_000;

    private final IngestSettings ingest;
    private final DecodingProvider decodings;
    private final DedupPolicy dedup;
    private final FateDetail fateDetail;
    private final int samplePerSecond;
    private final long lateMemoryMillis;
    private final FlapPolicy flapping;
    private final ControlSettings control;
    private final SuppressionPolicy suppression;
    private final CorrelationPolicy correlation;
    private final long correlationPassMillis;
    private final PassClock passClock;
    private final Optional<AnomalyPolicy> anomalies;

    private AlertPathSettings(
            CommanderConfiguration options,
            Map<String, SourceProfile> profiles,
            DecodingProvider decodings,
            TimeMode timeMode,
            FateDetail fateDetail,
            List<ControlFile> known) {
        Slices slices = new Slices(options.get(DetectionOptions.SAMPLING_SLICE).toMillis());
        this.ingest =
                IngestSettings.builder()
                        .profiles(profiles)
                        .slices(slices)
                        .timeMode(timeMode)
                        .fateDetail(fateDetail)
                        .disorderMillis(
                                options.get(IngestOptions.INGEST_OUT_OF_ORDERNESS).toMillis())
                        .idleMillis(options.get(IngestOptions.INGEST_SOURCE_IDLE).toMillis())
                        .pastMillis(options.get(IngestOptions.INGEST_CLAMP_PAST).toMillis())
                        .futureMillis(options.get(IngestOptions.INGEST_CLAMP_FUTURE).toMillis())
                        .bundleRuns(options.get(DetectionOptions.SAMPLING_BUNDLE_MAX_ENTRIES))
                        .bundleAgeMillis(
                                options.get(DetectionOptions.SAMPLING_BUNDLE_MAX_AGE).toMillis())
                        .build();
        this.decodings = decodings;
        this.dedup =
                new DedupPolicy(
                        slices,
                        options.get(DetectionOptions.SAMPLING_DEDUP_QUIET).toMillis(),
                        options.get(DetectionOptions.SAMPLING_BUDGET));
        this.fateDetail = fateDetail;
        this.samplePerSecond = options.get(DetectionOptions.SAMPLING_PER_SERVICE_PER_SECOND);
        this.lateMemoryMillis = options.get(DetectionOptions.SAMPLING_LATE_MEMORY).toMillis();
        this.flapping =
                new FlapPolicy(
                        options.get(DetectionOptions.FLAPPING_WINDOW).toMillis(),
                        options.get(DetectionOptions.FLAPPING_BEGINS_AT),
                        options.get(DetectionOptions.FLAPPING_ENDS_AT),
                        options.get(DetectionOptions.FLAPPING_PAUSE_SECONDS) * 1000L,
                        options.get(DetectionOptions.FLAPPING_PAUSE_EPISODES),
                        options.get(DetectionOptions.FLAPPING_PAUSE_SHARE));
        this.control = ControlInputs.settings(options, known);
        this.suppression =
                new SuppressionPolicy(
                        options.get(DetectionOptions.SUPPRESSION_MAX_FIRING),
                        options.get(DetectionOptions.SUPPRESSION_FIRING_MEMORY).toMillis(),
                        options.get(DetectionOptions.SUPPRESSION_RECHECK).toMillis());
        this.correlation =
                new CorrelationPolicy(
                        options.get(DetectionOptions.CORRELATION_GAP).toMillis(),
                        options.get(DetectionOptions.CORRELATION_LIVE_ENTRIES),
                        options.get(DetectionOptions.CORRELATION_SIGNIFICANCE),
                        new NoveltyBudget(options.get(DetectionOptions.SAMPLING_BUDGET)),
                        ControlInputs.cost(options),
                        options.get(DetectionOptions.CORRELATION_OUTBREAKS_PER_DAY));
        this.correlationPassMillis =
                options.get(DetectionOptions.CORRELATION_PASS_BOUND).toMillis();
        this.passClock = timeMode == TimeMode.LIVE ? System::nanoTime : PassClock.standingStill();
        this.anomalies = anomalies(options, timeMode);
    }

    private static Optional<AnomalyPolicy> anomalies(
            CommanderConfiguration options, TimeMode timeMode) {
        int mostSeries = options.get(DetectionOptions.DETECTION_ANOMALY_MAX_SERIES);
        if (mostSeries == 0) {
            return Optional.empty();
        }
        return Optional.of(
                new AnomalyPolicy(
                        timeMode == TimeMode.RECORDED
                                ? Math.max(mostSeries, MOST_RECORDED_SERIES)
                                : mostSeries,
                        options.get(DetectionOptions.DETECTION_ANOMALY_SCORE),
                        options.get(DetectionOptions.DETECTION_ANOMALY_LATENESS).toMillis()));
    }

    /** Those of these sources as they come. */
    public static AlertPathSettings live(
            CommanderConfiguration options, ConfiguredSources sources) {
        return new AlertPathSettings(
                options,
                sources.profiles(),
                sources.decodings(),
                TimeMode.LIVE,
                FateDetail.ALL_BUT_REPEATS,
                List.of());
    }

    /** Alerts as they come: arrivals count, repeats are explained by those that stand for them. */
    public static AlertPathSettings live(
            CommanderConfiguration options, Map<String, SourceProfile> profiles) {
        return live(options, profiles, List.of());
    }

    /**
     * The same.
     *
     * @param control files that hold from the start besides those of the options
     */
    public static AlertPathSettings live(
            CommanderConfiguration options,
            Map<String, SourceProfile> profiles,
            List<ControlFile> control) {
        return new AlertPathSettings(
                options,
                profiles,
                DecodingProvider.ofAllFormats(),
                TimeMode.LIVE,
                FateDetail.ALL_BUT_REPEATS,
                control);
    }

    /** A recorded input with an end: no clock plays a part, and every alert is explained. */
    public static AlertPathSettings finite(
            CommanderConfiguration options,
            Map<String, SourceProfile> profiles,
            DecodingProvider decodings) {
        return new AlertPathSettings(
                options, profiles, decodings, TimeMode.RECORDED, FateDetail.EVERY_ALERT, List.of());
    }

    public IngestSettings ingest() {
        return ingest;
    }

    public DecodingProvider decodings() {
        return decodings;
    }

    public DedupPolicy dedup() {
        return dedup;
    }

    public FateDetail fateDetail() {
        return fateDetail;
    }

    public int samplePerSecond() {
        return samplePerSecond;
    }

    public long lateMemoryMillis() {
        return lateMemoryMillis;
    }

    public FlapPolicy flapping() {
        return flapping;
    }

    public ControlSettings control() {
        return control;
    }

    public SuppressionPolicy suppression() {
        return suppression;
    }

    public CorrelationPolicy correlation() {
        return correlation;
    }

    public long correlationPassMillis() {
        return correlationPassMillis;
    }

    /** In finite runs it stands still. */
    public PassClock passClock() {
        return passClock;
    }

    /** Empty: no metric is watched. */
    public Optional<AnomalyPolicy> anomalies() {
        return anomalies;
    }
}
