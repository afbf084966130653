// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection.anomaly;

import java.util.Random;

/**
 * How the made-up series of {@link LabelledSeries} look when nothing is wrong; noise is about 1.
 */
enum SeriesShape {
    FLAT,
    DAILY,
    WEEKLY,
    BUSINESS_HOURS,
    WALK,
    BURSTY,
    COUNTS,
    QUANTISED;

    private static final double DAY_MILLIS = 86_400_000;

    /** The values at the times. */
    double[] values(long[] times, Random random) {
        Course course = new Course(random);
        double[] values = new double[times.length];
        for (int i = 0; i < times.length; i++) {
            values[i] = course.next(this, times[i]) + course.trend * i / times.length;
        }
        return values;
    }

    boolean hasDays() {
        return this == DAILY || this == WEEKLY || this == BUSINESS_HOURS;
    }

    /** What one series is like, and where it stands. */
    private static final class Course {
        private final Random random;
        private final double amplitude;
        private final double phase;
        private final double trend;
        private final double memory;
        private final boolean heavy;
        private final double burstRate;
        private final int opens;
        private final int closes;
        private final double weekend;
        private double noise;
        private double walk;
        private double burst;
        private int burstLeft;

        Course(Random random) {
            this.random = random;
            amplitude = 2 + 6 * random.nextDouble();
            phase = random.nextDouble();
            trend = random.nextInt(3) == 0 ? 18 * (random.nextDouble() - 0.5) : 0;
            memory = new double[] {0, 0.5, 0.9}[random.nextInt(3)];
            heavy = random.nextInt(3) == 0;
            burstRate = 0.003 + 0.02 * random.nextDouble();
            opens = 6 + random.nextInt(4);
            closes = 15 + random.nextInt(6);
            weekend = 0.1 + 0.5 * random.nextDouble();
        }

        double next(SeriesShape shape, long time) {
            double shock = random.nextGaussian() * (heavy && random.nextInt(25) == 0 ? 4 : 1);
            noise = memory * noise + Math.sqrt(1 - memory * memory) * shock;
            double day = time % DAY_MILLIS / DAY_MILLIS;
            boolean free = (long) (time / DAY_MILLIS) % 7 < 2;
            double wave =
                    Math.sin(2 * Math.PI * (day - phase))
                            + 0.4 * Math.sin(4 * Math.PI * (day - 0.3 * phase));
            switch (shape) {
                case DAILY:
                    return amplitude * wave + noise;
                case WEEKLY:
                    return amplitude * (free ? weekend * wave - 0.5 : wave) + noise;
                case BUSINESS_HOURS:
                    boolean open = day * 24 >= opens && day * 24 < closes;
                    return (open ? 2 * amplitude : 0) + noise / 2;
                case WALK:
                    walk = 0.998 * walk + 0.15 * shock;
                    return 3 * walk + 0.3 * random.nextGaussian();
                case BURSTY:
                    return bursts() + noise;
                case COUNTS:
                    double rate = Math.exp(1.2 + 0.8 * wave);
                    return poisson(rate) + (random.nextInt(80) == 0 ? poisson(3 * rate) : 0);
                case QUANTISED:
                    return Math.rint(0.8 * noise);
                default:
                    return noise;
            }
        }

        private double bursts() {
            if (burstLeft == 0 && random.nextDouble() < burstRate) {
                burstLeft = 1 + random.nextInt(4);
                burst = 6 + 10 * random.nextDouble();
            }
            if (burstLeft == 0) {
                return 0;
            }
            burstLeft--;
            return burst;
        }

        private int poisson(double rate) {
            double left = Math.exp(-rate);
            int events = -1;
            for (double product = 1; product > left; product *= random.nextDouble()) {
                events++;
            }
            return events;
        }
    }
}
