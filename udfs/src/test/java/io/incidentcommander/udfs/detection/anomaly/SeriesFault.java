// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection.anomaly;

import java.util.Random;

/** What goes wrong in the made-up series of {@link LabelledSeries}. */
enum SeriesFault {
    SPIKE,
    SHIFT,
    FLAT_LINE,
    NOISE,
    DIP,
    MISSED_DAY,
    DRIFT,
    SPIKES;

    /**
     * Changes the values from a place on.
     *
     * @param size of what is to be seen, in the units of the values
     * @param perDay values a day
     * @return how many values are not as they should be, as one sees it at the time
     */
    int strike(double[] values, int at, double size, int perDay, Random random) {
        double signed = random.nextBoolean() ? size : -size;
        switch (this) {
            case SPIKE:
                return add(values, at, 1 + random.nextInt(3), i -> 1.3 * signed);
            case SHIFT:
                int shifted = perDay / 4 + random.nextInt(perDay / 2);
                boolean stays = random.nextInt(3) == 0;
                add(values, at, stays ? values.length - at : shifted, i -> signed);
                return stays ? Math.min(shifted, perDay / 4) : shifted;
            case FLAT_LINE:
                int stuck = perDay / 6 + random.nextInt(perDay / 4);
                for (int i = 1; i < stuck; i++) {
                    values[at + i] = values[at];
                }
                return stuck;
            case NOISE:
                int wild = perDay / 8 + random.nextInt(perDay / 6);
                return add(values, at, wild, i -> 0.5 * size * random.nextGaussian());
            case DIP:
                int dip = 2 + perDay / 24 + random.nextInt(perDay / 12);
                return add(values, at, dip, i -> -size * Math.sin(Math.PI * (i + 1) / (dip + 1)));
            case MISSED_DAY:
                double quiet = LabelledSeries.quantile(values, 0.25);
                for (int i = at; i < at + perDay; i++) {
                    values[i] = quiet + 0.15 * (values[i] - quiet);
                }
                return perDay;
            case DRIFT:
                int rising = perDay / 2;
                int falling = perDay / 12;
                add(values, at, rising, i -> signed * i / rising);
                add(values, at + rising, falling, i -> signed * (falling - i) / falling);
                return rising + falling;
            default:
                int often = perDay / 12 + random.nextInt(perDay / 8);
                return add(values, at, often, i -> random.nextInt(4) == 0 ? size : 0);
        }
    }

    private interface Change {
        double at(int index);
    }

    private static int add(double[] values, int at, int length, Change change) {
        for (int i = 0; i < length; i++) {
            values[at + i] += change.at(i);
        }
        return length;
    }
}
