// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Token buckets by name, as a service would keep them for its callers. Thread safe. */
final class StubBuckets {
    private final double perSecond;
    private final double burst;
    private final LongSupplier nanos;
    private final Map<String, double[]> buckets = new HashMap<>();

    StubBuckets(double perSecond, double burst, LongSupplier nanos) {
        this.nanos = nanos;
        this.perSecond = perSecond;
        this.burst = burst;
    }

    /**
     * @return 0 if a token was taken, else the whole seconds until there is one
     */
    synchronized long take(String name) {
        double now = nanos.getAsLong() / (double) TimeUnit.SECONDS.toNanos(1);
        double[] bucket = buckets.computeIfAbsent(name, n -> new double[] {burst, now});
        bucket[0] = Math.min(burst, bucket[0] + (now - bucket[1]) * perSecond);
        bucket[1] = now;
        if (bucket[0] >= 1) {
            bucket[0]--;
            return 0;
        }
        return Math.max(1, (long) Math.ceil((1 - bucket[0]) / perSecond));
    }
}
