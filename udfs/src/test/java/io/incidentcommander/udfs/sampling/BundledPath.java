// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.sampling;

import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.sampling.AlertRun;
import io.incidentcommander.model.sampling.KnownAlert;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/** Alerts through bundles, merges and deduplication, with chance in every place where it may be. */
final class BundledPath {
    private final DedupPolicy policy;
    private final Random random;

    BundledPath(DedupPolicy policy, long seed) {
        this.policy = policy;
        this.random = new Random(seed);
    }

    /** Runs as bundles of so many subtasks hand them out, in any order. */
    List<AlertRun> bundle(
            List<Alert> alerts, int subtasks, AlertBundle.RepeatListener repeatListener) {
        List<Alert> arriving = new ArrayList<>(alerts);
        Collections.shuffle(arriving, random);
        List<AlertBundle> bundles = new ArrayList<>();
        for (int i = 0; i < subtasks; i++) {
            bundles.add(
                    new AlertBundle(policy.slices(), 100, 1 + random.nextInt(5), repeatListener));
        }
        List<AlertRun> runs = new ArrayList<>();
        for (Alert alert : arriving) {
            AlertBundle bundle = bundles.get(random.nextInt(subtasks));
            AlertId id = alert.id();
            bundle.accumulatorOf(alert, SampleAlerts::encode)
                    .add(alert.eventTimeMillis(), id.partition(), id.offset(), id.index());
            if (random.nextInt(6) == 0) {
                bundle.flush(runs::add);
            }
        }
        bundles.forEach(bundle -> bundle.flush(runs::add));
        Collections.shuffle(runs, random);
        return runs;
    }

    /** Decides slice by slice, for one fingerprint. */
    DedupAccount decide(List<AlertRun> runs) {
        TreeMap<Long, List<AlertRun>> slices = new TreeMap<>();
        for (AlertRun run : runs) {
            merge(slices.computeIfAbsent(run.sliceMillis(), s -> new ArrayList<>()), run);
        }
        Deduplication deduplication = new Deduplication(policy);
        DedupAccount account = new DedupAccount();
        Optional<KnownAlert> known = Optional.empty();
        for (Map.Entry<Long, List<AlertRun>> slice : slices.entrySet()) {
            slice.getValue().sort(AlertRun.BY_FIRST);
            DedupDecision decision = deduplication.decide(known, slice.getValue());
            account.take(decision);
            known = Optional.of(decision.known());
        }
        return account;
    }

    private void merge(List<AlertRun> slice, AlertRun run) {
        for (int i = 0; i < slice.size(); i++) {
            AlertRun other = slice.get(i);
            if (other.mergesWith(run)) {
                slice.set(i, random.nextBoolean() ? other.merge(run) : run.merge(other));
                return;
            }
        }
        slice.add(run);
    }
}
