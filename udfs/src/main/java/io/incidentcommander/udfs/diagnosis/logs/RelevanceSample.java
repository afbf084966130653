// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.logs;

import io.incidentcommander.model.diagnosis.LogFinding;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The findings of several services that fit into a budget: in turn the best of each service, so
 * that one loud service leaves room for the quiet one that began it. Within a turn the order of
 * what they tell decides, so the order they are given in plays no part.
 */
public final class RelevanceSample {
    private final int most;
    private final long budgetChars;

    /**
     * @param most findings
     * @param budgetChars of templates and examples together
     */
    public RelevanceSample(int most, long budgetChars) {
        if (most < 1 || budgetChars < 1) {
            throw new IllegalArgumentException("No room: " + most + ", " + budgetChars);
        }
        this.most = most;
        this.budgetChars = budgetChars;
    }

    /** The most telling first; one that does not fit is passed over, smaller ones may still fit. */
    public List<LogFinding> of(List<LogFinding> findings) {
        List<LogFinding> kept = new ArrayList<>();
        long room = budgetChars;
        for (LogFinding finding : inTurns(findings)) {
            long chars = finding.template().length() + finding.example().length();
            if (kept.size() < most && chars <= room) {
                kept.add(finding);
                room -= chars;
            }
        }
        return kept;
    }

    private static List<LogFinding> inTurns(List<LogFinding> findings) {
        List<LogFinding> sorted = new ArrayList<>(findings);
        sorted.sort(LogFindings.ORDER);
        Map<String, Deque<LogFinding>> byService = new LinkedHashMap<>();
        sorted.forEach(
                finding ->
                        byService
                                .computeIfAbsent(finding.service(), s -> new ArrayDeque<>())
                                .add(finding));
        List<LogFinding> turns = new ArrayList<>(sorted.size());
        while (turns.size() < sorted.size()) {
            for (Deque<LogFinding> own : byService.values()) {
                if (!own.isEmpty()) {
                    turns.add(own.poll());
                }
            }
        }
        return turns;
    }
}
