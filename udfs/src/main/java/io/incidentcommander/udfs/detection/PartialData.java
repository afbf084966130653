// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection;

import java.io.Serializable;
import java.util.Collection;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What is missing of the data a classification should rest on, and what that costs its confidence.
 * Only sources that a tenant expects count: one that was never configured costs nothing. Immutable.
 */
public final class PartialData implements Serializable {
    private static final long serialVersionUID = 1L;

    /** A confidence is not lowered below this. */
    public static final double FLOOR = 0.1;

    private static final double CLOUDWATCH_GONE = 0.3;
    private static final double DATADOG_GONE = 0.2;
    private static final double FEWER_THAN_TWO = 0.4;

    private static final PartialData COMPLETE = new PartialData(0, "");

    private final double penalty;
    private final String words;

    private PartialData(double penalty, String words) {
        this.penalty = penalty;
        this.words = words;
    }

    public static PartialData complete() {
        return COMPLETE;
    }

    /** By the expected sources of a tenant. The parts of the penalty add up. */
    public static PartialData of(Collection<ExpectedSource> expected) {
        double penalty = 0;
        StringBuilder words = new StringBuilder();
        if (isGone(Vendor.CLOUDWATCH, expected)) {
            penalty += CLOUDWATCH_GONE;
            words.append("nothing of CloudWatch").append(why(Vendor.CLOUDWATCH, expected));
        }
        if (isGone(Vendor.DATADOG, expected)) {
            penalty += DATADOG_GONE;
            words.append("nothing of Datadog").append(why(Vendor.DATADOG, expected));
        }
        long left = expected.stream().filter(source -> source.heard).count();
        if (left < 2 && left < expected.size()) {
            penalty += FEWER_THAN_TWO;
            words.append(left).append(" of ").append(expected.size()).append(" sources left");
            words.append(penalty > FEWER_THAN_TWO ? "; " : why(Vendor.OTHER, expected));
        }
        return penalty == 0 ? COMPLETE : new PartialData(penalty, words.toString());
    }

    /** To be taken off a confidence, with {@link #FLOOR} as the floor. */
    public double penalty() {
        return penalty;
    }

    public boolean isComplete() {
        return penalty == 0;
    }

    /** What is missing, for a human. */
    public String words() {
        return words.isEmpty() ? "" : words.substring(0, words.length() - 2);
    }

    /** A confidence with the penalty taken off; one below the floor already stays as it is. */
    double applied(double confidence) {
        return Math.max(Math.min(confidence, FLOOR), confidence - penalty);
    }

    /** Gone if some were expected and none is heard. */
    private static boolean isGone(Vendor vendor, Collection<ExpectedSource> expected) {
        return expected.stream().anyMatch(s -> s.vendor == vendor)
                && expected.stream().noneMatch(s -> s.vendor == vendor && s.heard);
    }

    /** What is wrong with those of a vendor, in brackets if it is known. */
    private static String why(Vendor vendor, Collection<ExpectedSource> expected) {
        String why =
                expected.stream()
                        .filter(s -> s.vendor == vendor && !s.why.isEmpty())
                        .map(s -> s.why)
                        .collect(Collectors.joining(", "));
        return (why.isEmpty() ? "" : " (" + why + ")") + "; ";
    }

    /** Whose absence costs something of its own. */
    public enum Vendor {
        CLOUDWATCH,
        DATADOG,
        OTHER
    }

    /** A source that a tenant expects to hear from. Immutable. */
    public static final class ExpectedSource {
        private final Vendor vendor;
        private final boolean heard;
        private final String why;

        private ExpectedSource(Vendor vendor, boolean heard, String why) {
            this.vendor = Objects.requireNonNull(vendor, "vendor");
            this.heard = heard;
            this.why = Objects.requireNonNull(why, "why");
        }

        public static ExpectedSource heard(Vendor vendor) {
            return new ExpectedSource(vendor, true, "");
        }

        /** Silent or degraded. */
        public static ExpectedSource missed(Vendor vendor) {
            return missed(vendor, "");
        }

        /**
         * Silent or degraded.
         *
         * @param why for a human, as in {@code cw silent for 612 s}
         */
        public static ExpectedSource missed(Vendor vendor, String why) {
            return new ExpectedSource(vendor, false, why);
        }
    }
}
