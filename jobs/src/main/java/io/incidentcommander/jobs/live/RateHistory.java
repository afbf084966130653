// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import java.util.ArrayDeque;
import java.util.Deque;

/** A count over the last minute, as rates and as a line of bars. Not thread safe. */
final class RateHistory {
    private static final String BARS = "▁▂▃▄▅▆▇█";
    private static final int LENGTH = 60;

    private final Deque<Double> rates = new ArrayDeque<>();
    private double lastSeconds;
    private long lastCount;

    /** Takes a reading; one that says nothing new about time is left out. */
    void add(double seconds, long count) {
        if (seconds - lastSeconds < 0.1) {
            return;
        }
        rates.addLast(Math.max(0, (count - lastCount) / (seconds - lastSeconds)));
        lastSeconds = seconds;
        lastCount = count;
        if (rates.size() > LENGTH) {
            rates.removeFirst();
        }
    }

    /** Per second, between the last two readings. */
    double last() {
        return rates.isEmpty() ? 0 : rates.getLast();
    }

    /** Per second, over the last so many readings. */
    double over(int readings) {
        return rates.stream()
                .skip(Math.max(0, rates.size() - readings))
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(0);
    }

    /** The greatest rate of the last minute. */
    double peak() {
        return rates.stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    /** One bar for each reading, the greatest full. */
    String bars() {
        double peak = Math.max(1, peak());
        StringBuilder line = new StringBuilder();
        for (double rate : rates) {
            int height = (int) Math.round(rate / peak * (BARS.length() - 1));
            line.append(BARS.charAt(height));
        }
        return line.toString();
    }
}
