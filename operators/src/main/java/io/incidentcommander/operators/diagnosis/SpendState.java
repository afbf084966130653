// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.diagnosis;

import io.incidentcommander.model.diagnosis.SpendEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * What was spent, of one subtask, over restores. Each writes down what it spent since it started; a
 * restore gives all of it to every subtask, so that an incident has spent what it has spent
 * wherever it is asked about next, whatever the parallelism is then. An hour's money is divided
 * among the subtasks, and so is what was spent of it.
 *
 * <p>Bound: {@value #MOST_INCIDENTS} incidents, the oldest go first; minutes are the caller's.
 */
final class SpendState {
    static final int MOST_INCIDENTS = 10_000;

    private static final ListStateDescriptor<SpendEntry> SPENT =
            new ListStateDescriptor<>(
                    "diagnosis-spent-of-all", TypeInformation.of(SpendEntry.class));

    /** Of earlier releases, whose subtasks were given a part of it: read, and written anew. */
    private static final ListStateDescriptor<SpendEntry> SPENT_BY_SUBTASK =
            new ListStateDescriptor<>("diagnosis-spent", TypeInformation.of(SpendEntry.class));

    private final ListState<SpendEntry> spent;
    private final ListState<SpendEntry> spentBySubtask;
    private final Map<String, Long> ofAll = new LinkedHashMap<>();
    private final Map<String, Long> ofMine = new LinkedHashMap<>();

    SpendState(OperatorStateStore store) throws Exception {
        spent = store.getUnionListState(SPENT);
        spentBySubtask = store.getListState(SPENT_BY_SUBTASK);
    }

    /**
     * What counts as spent for this subtask, once and before anything is asked: all incidents, and
     * its share of the minutes, rounded up.
     */
    List<SpendEntry> restored(int subtasks) throws Exception {
        List<SpendEntry> restored = new ArrayList<>();
        for (SpendEntry entry : spent.get()) {
            if (entry.isOfIncident()) {
                add(entry, ofAll);
            } else {
                long share = (entry.microUsd() + subtasks - 1) / subtasks;
                restored.add(SpendEntry.ofMinute(entry.minute(), share));
            }
        }
        for (SpendEntry entry : spentBySubtask.get()) {
            if (entry.isOfIncident()) {
                add(entry, ofMine);
            } else {
                restored.add(entry);
            }
        }
        bound(ofAll);
        restored.addAll(entries(ofAll));
        restored.addAll(entries(ofMine));
        return restored;
    }

    /**
     * Writes down what is known.
     *
     * @param own what this subtask spent of incidents since it was restored, and of minutes its
     *     restored share too
     */
    void keep(List<SpendEntry> own, int subtask) throws Exception {
        List<SpendEntry> all = new ArrayList<>();
        if (subtask == 0) { // What was before is known to all of them; one writes it down.
            all.addAll(entries(ofAll));
        }
        all.addAll(entries(ofMine));
        all.addAll(own);
        spent.update(all);
        spentBySubtask.clear();
    }

    /** What comes later is newer. */
    private static void add(SpendEntry entry, Map<String, Long> sums) {
        Long before = sums.remove(entry.incident());
        sums.put(entry.incident(), entry.microUsd() + (before == null ? 0 : before));
    }

    private static void bound(Map<String, Long> sums) {
        int tooMany = sums.size() - MOST_INCIDENTS;
        var oldest = sums.keySet().iterator();
        for (int i = 0; i < tooMany; i++) {
            oldest.next();
            oldest.remove();
        }
    }

    private static List<SpendEntry> entries(Map<String, Long> sums) {
        List<SpendEntry> entries = new ArrayList<>();
        sums.forEach(
                (incident, microUsd) -> entries.add(SpendEntry.ofIncident(incident, microUsd)));
        return entries;
    }
}
