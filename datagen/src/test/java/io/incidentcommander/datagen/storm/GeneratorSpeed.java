// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Measures CPU nanoseconds and bytes a record for each preset on one thread: run {@code main}. Not
 * a test, since it asserts nothing about time.
 */
public final class GeneratorSpeed {
    private static final long EPOCH = 1_767_225_600_000L;
    private static final int ROUNDS = 5;
    private static final int RECORDS = 2_000_000;

    private GeneratorSpeed() {}

    public static void main(String[] args) {
        Map<String, StormSpec> presets = new LinkedHashMap<>();
        StormSpec canonical = StormSpec.canonicalOnly(350);
        presets.put("canonical-350", canonical);
        presets.put("canonical-350, 1 % duplicates", ratio(canonical, 0.01));
        presets.put("canonical-350, 50 % duplicates", ratio(canonical, 0.5));
        presets.put("canonical-350, 99 % duplicates", ratio(canonical, 0.99));
        presets.put("realistic mix", StormSpec.builder().build());
        presets.forEach(GeneratorSpeed::measure);
    }

    private static StormSpec ratio(StormSpec spec, double ratio) {
        return spec.toBuilder().duplicateRatio(ratio).build();
    }

    /** CPU time of this thread, so that other load on the machine does not count. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static void measure(String name, StormSpec spec) {
        StormGenerator generator = spec.open(0, 1);
        long best = Long.MAX_VALUE;
        long bytes = 0;
        for (int round = 0; round < ROUNDS; round++) {
            bytes = 0;
            long start = cpuNanos();
            for (int n = 0; n < RECORDS; n++) {
                bytes += generator.next(EPOCH + generator.position() / 50).length;
            }
            best = Math.min(best, cpuNanos() - start);
        }
        System.out.printf(
                "%-32s %6.0f ns/record %8.0f bytes/record %6.1f MB retained%n",
                name,
                (double) best / RECORDS,
                (double) bytes / RECORDS,
                generator.retainedBytes() / 1e6);
    }
}
