// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.ingest;

import io.incidentcommander.operators.audit.FateDetail;
import io.incidentcommander.udfs.ingest.SourceProfile;
import io.incidentcommander.udfs.sampling.Slices;
import java.io.Serializable;
import java.util.Map;
import java.util.Objects;

/** What the ingest operator is told. Immutable; durations in milliseconds. */
public final class IngestSettings implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Whether event time is compared with arrival. */
    public enum TimeMode {
        /** Skew is corrected, times are clamped, time advances while alerts come. */
        LIVE,
        /** Times are taken as recorded, and time ends with the input: no clock plays a part. */
        RECORDED
    }

    private final Map<String, SourceProfile> profiles;
    private final Slices slices;
    private final TimeMode timeMode;
    private final FateDetail fateDetail;
    private final long disorderMillis;
    private final long idleMillis;
    private final long pastMillis;
    private final long futureMillis;
    private final int bundleRuns;
    private final long bundleAgeMillis;

    private IngestSettings(Builder b) {
        this.profiles = Map.copyOf(b.profiles);
        this.slices = Objects.requireNonNull(b.slices, "slices");
        this.timeMode = b.timeMode;
        this.fateDetail = b.fateDetail;
        this.disorderMillis = b.disorderMillis;
        this.idleMillis = b.idleMillis;
        this.pastMillis = b.pastMillis;
        this.futureMillis = b.futureMillis;
        this.bundleRuns = b.bundleRuns;
        this.bundleAgeMillis = b.bundleAgeMillis;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The source's own profile, or detection by content for one that has none. */
    SourceProfile profileOf(String source) {
        SourceProfile profile = profiles.get(source);
        return profile == null ? SourceProfile.detecting(source) : profile;
    }

    Slices slices() {
        return slices;
    }

    boolean isLive() {
        return timeMode == TimeMode.LIVE;
    }

    FateDetail fateDetail() {
        return fateDetail;
    }

    long disorderMillis() {
        return disorderMillis;
    }

    long idleMillis() {
        return idleMillis;
    }

    long pastMillis() {
        return pastMillis;
    }

    long futureMillis() {
        return futureMillis;
    }

    int bundleRuns() {
        return bundleRuns;
    }

    long bundleAgeMillis() {
        return bundleAgeMillis;
    }

    /** Builds settings; the defaults are those of the configuration reference. */
    public static final class Builder {
        private Map<String, SourceProfile> profiles = Map.of();
        private Slices slices = new Slices(500);
        private TimeMode timeMode = TimeMode.LIVE;
        private FateDetail fateDetail = FateDetail.ALL_BUT_REPEATS;
        private long disorderMillis = 250;
        private long idleMillis = 60_000;
        private long pastMillis = 24L * 60 * 60 * 1000;
        private long futureMillis = 5L * 60 * 1000;
        private int bundleRuns = 65_536;
        private long bundleAgeMillis = 1_000;

        private Builder() {}

        /** By source id. */
        public Builder profiles(Map<String, SourceProfile> value) {
            profiles = value;
            return this;
        }

        public Builder slices(Slices value) {
            slices = value;
            return this;
        }

        public Builder timeMode(TimeMode value) {
            timeMode = value;
            return this;
        }

        public Builder fateDetail(FateDetail value) {
            fateDetail = value;
            return this;
        }

        /** How much later than its successors an alert may come without being late. */
        public Builder disorderMillis(long value) {
            disorderMillis = value;
            return this;
        }

        /** A partition silent for so long, while others speak, no longer holds time back. */
        public Builder idleMillis(long value) {
            idleMillis = value;
            return this;
        }

        /** Event time lies at most so long before arrival. */
        public Builder pastMillis(long value) {
            pastMillis = value;
            return this;
        }

        /** Event time lies at most so long after arrival. */
        public Builder futureMillis(long value) {
            futureMillis = value;
            return this;
        }

        /** A bundle is flushed at so many runs, */
        public Builder bundleRuns(int value) {
            bundleRuns = value;
            return this;
        }

        /** or after so long. */
        public Builder bundleAgeMillis(long value) {
            bundleAgeMillis = value;
            return this;
        }

        public IngestSettings build() {
            return new IngestSettings(this);
        }
    }
}
