// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

/**
 * How fast and how far harm spreads along the calls, as a self-exciting process (Hawkes, 1971): an
 * alert of an incident at a service makes further ones there, at its callers and, less so, at what
 * it calls likelier for a while, the less the more hops away.
 */
final class Spread {
    /** Alerts that one at the same service brings about, and one at so many hops. */
    private static final double[] BRINGS = {0.5, 0.3, 0.03, 0.006, 0.001, 0.0002};

    /** Harm spreads from what is called to who calls; the other way in load, or if told late. */
    private static final double AGAINST = 0.5;

    /** Over which what it brings about fades by 1/e: half of it soon, half of it late. */
    private static final double SOON_MILLIS = 10_000;

    private static final double LATE_MILLIS = 90_000;

    /** What one brings about after so long, as far as incidents are idle by default. */
    private static final double[] FADED = new double[300_001];

    static {
        for (int millis = 0; millis < FADED.length; millis++) {
            FADED[millis] = faded(millis);
        }
    }

    private Spread() {}

    /**
     * Rate of alerts that one brings about at a service, a millisecond.
     *
     * @param hops between them, 0 for the same service
     * @param calls whether the service calls the one that has the alert, and not the other way
     */
    static double rate(int hops, boolean calls, long afterMillis) {
        double faded = afterMillis < FADED.length ? FADED[(int) afterMillis] : faded(afterMillis);
        return brings(hops, calls) * faded / 2;
    }

    /** Alerts that one brings about in all at a service so many hops away. */
    static double brings(int hops, boolean calls) {
        return (hops == 0 || calls ? 1 : AGAINST) * BRINGS[hops];
    }

    /** Share of what an alert brings about that has come after so long. */
    static double share(long afterMillis) {
        double after = Math.max(0, afterMillis);
        return 1 - (Math.exp(-after / SOON_MILLIS) + Math.exp(-after / LATE_MILLIS)) / 2;
    }

    private static double faded(long afterMillis) {
        return at(afterMillis, SOON_MILLIS) + at(afterMillis, LATE_MILLIS);
    }

    private static double at(long afterMillis, double fadingMillis) {
        return Math.exp(-afterMillis / fadingMillis) / fadingMillis;
    }
}
