// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.sampling;

import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.sampling.KnownAlert;
import io.incidentcommander.model.sampling.NotifyReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rules once more, over plain alerts: in each slice, alerts in order of time; the first of each
 * kind (source, severity, status) is judged, its repeats are not; the last of all has the last word
 * on whether the alert is open.
 */
final class DedupReference {
    private static final Comparator<Alert> IN_TIME =
            Comparator.comparingLong(Alert::eventTimeMillis).thenComparing(Alert::id);

    private final DedupPolicy policy;
    private final DedupAccount account = new DedupAccount();
    private boolean exists;
    private boolean open;
    private AlertStatus status;
    private Severity peak;
    private long firstSeen;
    private long lastSeen;
    private long count;
    private long since;
    private AlertId representative;
    private int pauses;

    DedupReference(DedupPolicy policy) {
        this.policy = policy;
    }

    /** All alerts of one fingerprint. */
    DedupAccount decide(List<Alert> alerts) {
        TreeMap<Long, List<Alert>> slices = new TreeMap<>();
        alerts.stream()
                .sorted(IN_TIME)
                .forEach(
                        a ->
                                slices.computeIfAbsent(
                                                policy.slices().startOf(a.eventTimeMillis()),
                                                s -> new ArrayList<>())
                                        .add(a));
        slices.forEach(this::slice);
        return account;
    }

    private void slice(long start, List<Alert> alerts) {
        exists &= alerts.get(0).eventTimeMillis() - lastSeen <= policy.memoryMillis();
        pauses = exists ? pauses : 0;
        Map<List<Object>, List<Alert>> kinds = new LinkedHashMap<>();
        for (Alert a : alerts) {
            List<Object> kind = List.of(a.id().source(), a.severity(), a.status());
            kinds.computeIfAbsent(kind, k -> new ArrayList<>()).add(a);
        }
        kinds.values().forEach(this::kind);
        Alert last = alerts.get(alerts.size() - 1);
        if (isOpen(last) != open) {
            open = isOpen(last);
            status = last.status();
            representative = last.id();
            since = 0;
            peak = open ? last.severity() : peak;
            account.rest(last.id().source(), Disposition.DUPLICATE, -1);
            account.notify(
                    last.id(),
                    last.eventTimeMillis(),
                    open ? NotifyReason.RETURNED : NotifyReason.RESOLVED);
        }
        account.known.add(
                new KnownAlert(
                        status,
                        peak,
                        firstSeen,
                        lastSeen,
                        start,
                        count,
                        since,
                        representative,
                        pauses));
    }

    private void kind(List<Alert> alerts) {
        Alert first = alerts.get(0);
        Alert last = alerts.get(alerts.size() - 1);
        boolean quiet = exists && first.eventTimeMillis() - lastSeen > policy.quietMillis();
        boolean fresh = !exists || quiet;
        boolean worse = exists && first.severity().compareTo(peak) > 0;
        NotifyReason reason = null;
        if (!isOpen(first)) {
            reason = fresh || open ? NotifyReason.RESOLVED : null;
        } else if (fresh) {
            reason = NotifyReason.NEW;
        } else if (!open) {
            reason = NotifyReason.RETURNED;
        } else if (worse) {
            reason = NotifyReason.ESCALATED;
        } else if (resumes(first.eventTimeMillis() - lastSeen)) {
            reason = NotifyReason.RESUMED;
            pauses++;
            fresh = true;
        }
        boolean pass = reason != null;
        boolean begins = reason == NotifyReason.NEW || reason == NotifyReason.RETURNED;
        peak = !exists || worse || begins ? first.severity() : peak;
        firstSeen = fresh ? first.eventTimeMillis() : firstSeen;
        lastSeen = fresh ? last.eventTimeMillis() : Math.max(lastSeen, last.eventTimeMillis());
        count = (fresh ? 0 : count) + alerts.size();
        since = pass ? alerts.size() - 1 : since + alerts.size();
        representative = !exists || pass ? first.id() : representative;
        open = isOpen(first);
        status = first.status();
        exists = true;
        if (pass) {
            account.notify(first.id(), first.eventTimeMillis(), reason);
        }
        account.rest(first.id().source(), Disposition.DUPLICATE, alerts.size() - (pass ? 1 : 0));
    }

    /** 20 alerts in as many seconds, then none for 5 s or more in which 20 were to be expected. */
    private boolean resumes(long pause) {
        double perMilli = count / (double) Math.max(1_000, lastSeen - firstSeen);
        return pause >= 5_000 && count >= 20 && perMilli * pause >= 20 && pauses < 2;
    }

    private static boolean isOpen(Alert alert) {
        return alert.status() != AlertStatus.RESOLVED;
    }
}
