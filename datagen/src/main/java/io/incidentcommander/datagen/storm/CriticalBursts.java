// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

/**
 * Which services send mostly CRITICAL when, by event time. With base share c outside and {@value
 * #WITHIN} within a bursting service, services of mass (b - c) / ({@value #WITHIN} - c) burst
 * together to bring all records to share b. Not thread safe: it keeps the last stretch asked for.
 */
final class CriticalBursts {
    /** Share of CRITICAL among the records of a bursting service. */
    static final double WITHIN = 0.9;

    private static final long SALT = 0x6275727374L;

    private final StormSpec spec;
    private final double[] serviceMass;
    private final boolean[] bursting;
    private long stretch = Long.MIN_VALUE;
    private boolean any;

    CriticalBursts(StormSpec spec, double[] serviceMass) {
        this.spec = spec;
        this.serviceMass = serviceMass;
        this.bursting = new boolean[serviceMass.length];
    }

    boolean isBursting(int service, long eventTimeMillis) {
        long asked = Math.floorDiv(eventTimeMillis, spec.burstSeconds() * 1000L);
        if (asked != stretch) {
            stretch = asked;
            choose(SplitMix.at(spec.seed() ^ SALT, asked));
        }
        return any && bursting[service];
    }

    private void choose(long random) {
        any = SplitMix.unit(random) < spec.burstFrequency();
        if (!any) {
            return;
        }
        double base = spec.criticalShare();
        double needed = Math.max(0, (spec.burstCriticalShare() - base) / (WITHIN - base));
        int start = (int) Math.floorMod(SplitMix.mix(random), (long) bursting.length);
        double chosen = 0;
        for (int i = 0; i < bursting.length; i++) {
            int service = (start + i) % bursting.length;
            // A service that would overshoot is passed over, so that a heavy one bursts rarely.
            boolean fits = chosen + serviceMass[service] <= needed;
            bursting[service] = fits;
            chosen += fits ? serviceMass[service] : 0;
        }
    }
}
