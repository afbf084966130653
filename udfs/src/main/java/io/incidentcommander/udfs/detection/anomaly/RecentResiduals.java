// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.detection.anomaly;

import io.incidentcommander.model.detection.anomaly.BaselineMemory;
import java.util.Arrays;

/**
 * The last {@value #MOST} distances from what was expected. Single precision, so that a baseline
 * goes on from its memory exactly as if it had never been put away. Not thread safe.
 */
final class RecentResiduals {
    static final int MOST = 12;

    /** Newest last. */
    private final float[] values = new float[MOST];

    private int size;

    int size() {
        return size;
    }

    void add(float value) {
        if (size == MOST) {
            System.arraycopy(values, 1, values, 0, --size);
        }
        values[size++] = value;
    }

    void clear() {
        size = 0;
        Arrays.fill(values, 0);
    }

    /** All are by this much less: what is expected has moved. */
    void lower(double by) {
        for (int i = 0; i < size; i++) {
            values[i] -= (float) by;
        }
    }

    /** Of the newest {@code most}; 0 if there are none. */
    double median(int most) {
        int n = Math.min(size, most);
        if (n == 0) {
            return 0;
        }
        float[] sorted = Arrays.copyOfRange(values, size - n, size);
        Arrays.sort(sorted);
        return n % 2 == 1 ? sorted[n / 2] : ((double) sorted[n / 2 - 1] + sorted[n / 2]) / 2;
    }

    /** Of the newest {@code most}; 0 if there are none. */
    double mean(int most) {
        int n = Math.min(size, most);
        double sum = 0;
        for (int i = size - n; i < size; i++) {
            sum += values[i];
        }
        return n == 0 ? 0 : sum / n;
    }

    /** How far this is from the newest; 0 if there is none. */
    double change(double to) {
        return size == 0 ? 0 : Math.abs(to - values[size - 1]);
    }

    void save(BaselineMemory.Writer to) {
        to.number(size).table(values);
    }

    void restore(BaselineMemory.Reader from) {
        size = (int) from.number();
        from.table(values);
    }
}
