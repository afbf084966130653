// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

import io.incidentcommander.model.detection.PatternMatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The patterns that a tenant showed lately, by the service that each began at, for incidents that
 * reach it only later. Bound: the latest {@value #MOST}, none older than {@link #MEMORY_MILLIS}.
 * Owned by one thread.
 */
final class PatternMemory {
    static final int MOST = 1_000;

    /** As long as diagnosis and the agents know of a pattern. */
    static final long MEMORY_MILLIS = 600_000;

    private final Map<List<String>, PatternMatch> latest = new LinkedHashMap<>();
    private final Map<String, List<PatternMatch>> byService = new LinkedHashMap<>();

    /** Before that nothing expires: every alert asks, and few times there is an answer. */
    private long nothingOverBefore = Long.MAX_VALUE;

    void restore(List<PatternMatch> matches) {
        matches.forEach(this::add);
    }

    /** In the order in which they came. */
    List<PatternMatch> snapshot() {
        return new ArrayList<>(latest.values());
    }

    /** One that was seen again replaces what it said before. */
    void add(PatternMatch match) {
        if (match.services().isEmpty()) {
            return;
        }
        List<String> key = List.of(service(match), match.patternId(), match.subject());
        drop(latest.remove(key));
        latest.put(key, match);
        nothingOverBefore = Math.min(nothingOverBefore, overAt(match));
        byService.computeIfAbsent(service(match), s -> new ArrayList<>(1)).add(match);
        if (latest.size() > MOST) {
            drop(latest.remove(latest.keySet().iterator().next()));
        }
    }

    /** Those that began at the service and were seen at that time or later. */
    List<PatternMatch> of(String service, long sinceMillis) {
        List<PatternMatch> known = byService.get(service);
        if (known == null) {
            return List.of();
        }
        List<PatternMatch> recent = new ArrayList<>(known);
        recent.removeIf(match -> match.lastMillis() < sinceMillis);
        return recent;
    }

    void expire(long millis) {
        if (millis < nothingOverBefore) {
            return;
        }
        List<PatternMatch> old = new ArrayList<>();
        latest.values()
                .removeIf(
                        match -> {
                            boolean over = overAt(match) <= millis;
                            if (over) {
                                old.add(match);
                            }
                            return over;
                        });
        old.forEach(this::drop);
        nothingOverBefore =
                latest.values().stream()
                        .mapToLong(PatternMemory::overAt)
                        .min()
                        .orElse(Long.MAX_VALUE);
    }

    /** Event time at which nothing is left if nothing comes. */
    long forgottenAt() {
        return latest.values().stream()
                .mapToLong(PatternMemory::overAt)
                .max()
                .orElse(Long.MIN_VALUE);
    }

    private void drop(PatternMatch match) {
        if (match != null) {
            List<PatternMatch> known = byService.get(service(match));
            known.remove(match);
            if (known.isEmpty()) {
                byService.remove(service(match));
            }
        }
    }

    private static long overAt(PatternMatch match) {
        return match.lastMillis() + MEMORY_MILLIS;
    }

    private static String service(PatternMatch match) {
        return match.services().get(0);
    }
}
