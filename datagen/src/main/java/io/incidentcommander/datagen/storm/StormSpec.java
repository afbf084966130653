// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What a storm is made of. Immutable. Two equal specifications make the same bytes for the same
 * sequence numbers and event times, on any machine.
 *
 * <p>A fingerprint is (alert rule, service, host). Every rule of a service comes in one format, and
 * the formats are dealt out so that the records, not the rules, keep to the {@link FormatMix}.
 */
public final class StormSpec implements StormContent {
    private static final long serialVersionUID = 1L;

    /** The least size a record may be padded to: what a canonical alert needs (bytes). */
    public static final int LEAST_BYTES = 350;

    /** The greatest size a record may be padded to (bytes). */
    public static final int MOST_BYTES = 4096;

    private final long seed;
    private final int fingerprints;
    private final double zipfExponent;
    private final double duplicateRatio;
    private final double criticalShare;
    private final double burstFrequency;
    private final double burstCriticalShare;
    private final int burstSeconds;
    private final double resolveShare;
    private final FormatMix mix;
    private final int minBytes;
    private final int maxBytes;
    private final int services;
    private final int hosts;

    private StormSpec(Builder b) {
        this.seed = b.seed;
        this.fingerprints = atLeast(1, b.fingerprints, "fingerprints");
        this.zipfExponent = b.zipfExponent;
        this.duplicateRatio = b.duplicateRatio;
        this.criticalShare = share(b.criticalShare, "critical share");
        this.burstFrequency = share(b.burstFrequency, "frequency of bursts");
        this.burstCriticalShare = share(b.burstCriticalShare, "critical share of a burst");
        this.burstSeconds = atLeast(1, b.burstSeconds, "seconds of a burst");
        this.resolveShare = share(b.resolveShare, "share of resolves");
        this.mix = Objects.requireNonNull(b.mix, "mix");
        this.minBytes = atLeast(LEAST_BYTES, b.minBytes, "least bytes");
        this.maxBytes = atLeast(b.minBytes, b.maxBytes, "most bytes");
        this.services = atLeast(1, b.services, "services");
        this.hosts = atLeast(1, b.hosts, "hosts");
        checkTogether();
    }

    private void checkTogether() {
        if (!(zipfExponent >= 0 && zipfExponent <= 10)) {
            throw new IllegalArgumentException("Zipf exponent outside [0, 10]: " + zipfExponent);
        }
        if (maxBytes > MOST_BYTES) {
            throw new IllegalArgumentException("Most bytes over " + MOST_BYTES + ": " + maxBytes);
        }
        if (fingerprints > (long) rules() * hosts) {
            throw new IllegalArgumentException(
                    fingerprints
                            + " fingerprints need more services or hosts than "
                            + services
                            + " and "
                            + hosts);
        }
    }

    /** Defaults: a realistic mix over 65,536 fingerprints by Zipf's law, 350 bytes to 4 KB. */
    public static Builder builder() {
        return new Builder();
    }

    /** Nothing but canonical alerts, every one of {@code bytes} bytes. */
    public static StormSpec canonicalOnly(int bytes) {
        return builder()
                .mix(FormatMix.only(RecordFormat.CANONICAL))
                .payloadBytes(bytes, bytes)
                .build();
    }

    /** A builder holding these values. */
    public Builder toBuilder() {
        Builder b = new Builder();
        b.seed = seed;
        b.fingerprints = fingerprints;
        b.zipfExponent = zipfExponent;
        b.duplicateRatio = duplicateRatio;
        b.criticalShare = criticalShare;
        b.burstFrequency = burstFrequency;
        b.burstCriticalShare = burstCriticalShare;
        b.burstSeconds = burstSeconds;
        b.resolveShare = resolveShare;
        b.mix = mix;
        b.minBytes = minBytes;
        b.maxBytes = maxBytes;
        b.services = services;
        b.hosts = hosts;
        return b;
    }

    @Override
    public StormGenerator open(int partition, int partitions) {
        return new StormGenerator(this, partition, partitions);
    }

    public long seed() {
        return seed;
    }

    public int fingerprints() {
        return fingerprints;
    }

    public double zipfExponent() {
        return zipfExponent;
    }

    /** Empty: fingerprints come by Zipf's law and nothing else. */
    public OptionalDouble duplicateRatio() {
        return Double.isNaN(duplicateRatio)
                ? OptionalDouble.empty()
                : OptionalDouble.of(duplicateRatio);
    }

    public double criticalShare() {
        return criticalShare;
    }

    public double burstFrequency() {
        return burstFrequency;
    }

    public double burstCriticalShare() {
        return burstCriticalShare;
    }

    public int burstSeconds() {
        return burstSeconds;
    }

    public double resolveShare() {
        return resolveShare;
    }

    public FormatMix mix() {
        return mix;
    }

    public int minBytes() {
        return minBytes;
    }

    public int maxBytes() {
        return maxBytes;
    }

    public int services() {
        return services;
    }

    public int hosts() {
        return hosts;
    }

    /** How many pairs of service and alert rule there are. */
    int rules() {
        return services * AlertKind.routineKinds();
    }

    private static double share(double value, String what) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("The " + what + " must be in [0, 1]: " + value);
        }
        return value;
    }

    private static int atLeast(int least, int value, String what) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "The number of " + what + " must be " + least + " or more: " + value);
        }
        return value;
    }

    /** Collects the values; checks are made in {@link #build}. */
    public static final class Builder {
        private long seed = 1;
        private int fingerprints = 65_536;
        private double zipfExponent = 1.0;
        private double duplicateRatio = Double.NaN;
        private double criticalShare = 0.05;
        private double burstFrequency = 0.1;
        private double burstCriticalShare = 0.2;
        private int burstSeconds = 5;
        private double resolveShare = 0.05;
        private FormatMix mix = FormatMix.realistic();
        private int minBytes = LEAST_BYTES;
        private int maxBytes = MOST_BYTES;
        private int services = 200;
        private int hosts = 2_000;

        private Builder() {}

        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        public Builder fingerprints(int count) {
            this.fingerprints = count;
            return this;
        }

        /** 0 makes all fingerprints equally likely. */
        public Builder zipfExponent(double exponent) {
            this.zipfExponent = exponent;
            return this;
        }

        /**
         * Of the first n alert-bearing records of a partition, exactly ceil(n (1 - ratio)), and at
         * least one, have a fingerprint never seen before; the others repeat one by Zipf's law.
         */
        public Builder duplicateRatio(double ratio) {
            this.duplicateRatio = share(ratio, "ratio of duplicates");
            return this;
        }

        /** Share of the records that are CRITICAL outside bursts. */
        public Builder criticalShare(double share) {
            this.criticalShare = share;
            return this;
        }

        /**
         * Bursts: for {@code seconds} of event time at a stretch, some services send mostly
         * CRITICAL, so that {@code criticalShare} of all records are. {@code frequency} is the
         * share of such stretches.
         */
        public Builder criticalBursts(double frequency, int seconds, double criticalShare) {
            this.burstFrequency = frequency;
            this.burstSeconds = seconds;
            this.burstCriticalShare = criticalShare;
            return this;
        }

        /** Share of the records that say RESOLVED; novel fingerprints never do. */
        public Builder resolveShare(double share) {
            this.resolveShare = share;
            return this;
        }

        public Builder mix(FormatMix mix) {
            this.mix = mix;
            return this;
        }

        /** Records are padded to sizes in between; a format that needs more is not cut. */
        public Builder payloadBytes(int min, int max) {
            this.minBytes = min;
            this.maxBytes = max;
            return this;
        }

        public Builder services(int count) {
            this.services = count;
            return this;
        }

        public Builder hosts(int count) {
            this.hosts = count;
            return this;
        }

        /**
         * @throws IllegalArgumentException naming the value that is out of range
         */
        public StormSpec build() {
            return new StormSpec(this);
        }
    }
}
