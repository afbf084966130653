// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.suppression;

import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.correlation.FiringAlert;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Fingerprint;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.udfs.correlation.calendar.TimeText;
import io.incidentcommander.udfs.correlation.control.ControlBook;
import io.incidentcommander.udfs.correlation.control.TenantRules;
import io.incidentcommander.udfs.correlation.inhibition.FiringSources;
import io.incidentcommander.udfs.correlation.inhibition.InhibitRule;
import io.incidentcommander.udfs.correlation.matching.AlertLabels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The firing alerts of one tenant, and which of them nobody hears of. Decides in the order of
 * Alertmanager: inhibition, routes that are muted, maintenance windows, silences. An alert that is
 * held back and still fires when nothing holds it any longer goes on then. The resolution of an
 * alert that was told goes on whatever holds by then, and that of one that was not told does not.
 *
 * <p>Alerts come a second at a time: what fires and what was resolved within the second is known
 * before any of it is decided, so a cause inhibits its symptoms even if they were a little faster.
 * Mutable, not thread safe; bound by {@link SuppressionPolicy}.
 */
public final class TenantAlerts {
    private final String tenant;
    private final SuppressionPolicy policy;
    private final SuppressionActions actions;
    private final Map<Fingerprint, FiringAlert> firing = new HashMap<>();
    private final TreeMap<NotableAlert, Fingerprint> byAge = new TreeMap<>(NotableAlert.IN_TIME);
    private List<InhibitRule> inhibition = List.of();
    private FiringSources sources = new FiringSources(List.of());
    private int held;

    public TenantAlerts(String tenant, SuppressionPolicy policy, SuppressionActions actions) {
        this.tenant = tenant;
        this.policy = policy;
        this.actions = actions;
    }

    /** What was remembered before a restore; any order. */
    public void restore(FiringAlert alert) {
        keep(alert);
        sources.fires(alert.notable().alert());
    }

    /** Alerts of one second, in order. */
    public void take(List<NotableAlert> second, ControlBook book) {
        int from = 0;
        while (from < second.size()) {
            TenantRules rules = book.rules(tenant, timeOf(second.get(from)));
            int to = from + 1;
            while (to < second.size() && same(rules, book, second.get(to))) {
                to++;
            }
            take(second.subList(from, to), rules);
            from = to;
        }
    }

    /** Alerts of a second under the same rules. */
    private void take(List<NotableAlert> alerts, TenantRules rules) {
        forgetBefore(timeOf(alerts.get(0)) - policy.memoryMillis());
        sources(rules);
        for (NotableAlert alert : alerts) {
            if (isOver(alert.alert())) {
                sources.ended(alert.alert().fingerprint());
            } else if (isFiring(alert.alert())) {
                sources.fires(alert.alert());
            }
        }
        for (NotableAlert alert : alerts) {
            decide(alert, rules);
        }
        while (firing.size() > policy.mostFiring()) {
            drop(byAge.firstEntry().getValue());
        }
    }

    /** Rules are compiled once for the stretch of time in which they hold. */
    @SuppressWarnings("ReferenceEquality")
    private boolean same(TenantRules rules, ControlBook book, NotableAlert alert) {
        return book.rules(tenant, timeOf(alert)) == rules;
    }

    private static long timeOf(NotableAlert alert) {
        return alert.alert().eventTimeMillis();
    }

    /** Lets go what nothing holds at this time. */
    public void recheck(long millis, ControlBook book) {
        forgetBefore(millis - policy.memoryMillis());
        if (held == 0) {
            return;
        }
        TenantRules rules = book.rules(tenant, millis);
        sources(rules);
        for (NotableAlert alert : new ArrayList<>(byAge.keySet())) {
            FiringAlert waiting = firing.get(alert.alert().fingerprint());
            if (waiting.isHeld() && hold(waiting.notable(), rules, millis).isEmpty()) {
                keep(FiringAlert.told(waiting.notable()));
                actions.remember(FiringAlert.told(waiting.notable()));
                actions.release(waiting, at(waiting, millis));
            }
        }
    }

    /** Nothing comes any more: what is held stays held. */
    public void settleAll() {
        for (Fingerprint fingerprint : new ArrayList<>(byAge.values())) {
            drop(fingerprint);
        }
    }

    /** Whether anything waits for what holds it. */
    public boolean holdsAny() {
        return held > 0;
    }

    public boolean isEmpty() {
        return firing.isEmpty();
    }

    private void decide(NotableAlert alert, TenantRules rules) {
        Alert a = alert.alert();
        Optional<FiringAlert> before = Optional.ofNullable(firing.get(a.fingerprint()));
        Optional<FiringAlert> hold = hold(alert, rules, a.eventTimeMillis());
        if (isOver(a)) {
            over(alert, before, hold);
            return;
        }
        if (isFiring(a)) {
            before.filter(FiringAlert::isHeld).ifPresent(actions::settle);
            FiringAlert now = hold.orElse(FiringAlert.told(alert));
            keep(now);
            actions.remember(now);
        }
        if (hold.isEmpty()) {
            actions.pass(alert);
        } else {
            actions.hold(hold.get());
            if (!isFiring(a)) {
                actions.settle(hold.get());
            }
        }
    }

    private void over(
            NotableAlert alert, Optional<FiringAlert> before, Optional<FiringAlert> hold) {
        remove(alert.alert().fingerprint()).filter(FiringAlert::isHeld).ifPresent(actions::settle);
        actions.forget(alert.alert().fingerprint());
        boolean wasTold = before.isPresent() && !before.get().isHeld();
        Optional<FiringAlert> withIt =
                before.isPresent()
                        ? before.filter(FiringAlert::isHeld)
                                .map(b -> FiringAlert.held(alert, b.disposition(), resolved(b)))
                        : hold;
        if (wasTold || withIt.isEmpty()) {
            actions.pass(alert);
        } else {
            actions.hold(withIt.get());
            actions.settle(withIt.get());
        }
    }

    private static String resolved(FiringAlert before) {
        return "resolved before it was told of; it was " + before.reason();
    }

    private Optional<FiringAlert> hold(NotableAlert alert, TenantRules rules, long millis) {
        Optional<String> inhibited = sources.inhibits(alert.alert());
        if (inhibited.isPresent()) {
            return inhibited.map(why -> FiringAlert.held(alert, Disposition.INHIBITED, why));
        }
        return rules.silenced(AlertLabels.of(alert.alert()), millis)
                .map(why -> FiringAlert.held(alert, Disposition.SILENCED, why));
    }

    /** The sources of the rules that hold now; other rules, other sources. */
    private void sources(TenantRules rules) {
        if (!rules.inhibition().equals(inhibition)) {
            inhibition = List.copyOf(rules.inhibition());
            sources = new FiringSources(inhibition);
            firing.values().forEach(alert -> sources.fires(alert.notable().alert()));
        }
    }

    private void keep(FiringAlert now) {
        remove(now.notable().alert().fingerprint());
        firing.put(now.notable().alert().fingerprint(), now);
        byAge.put(now.notable(), now.notable().alert().fingerprint());
        held += now.isHeld() ? 1 : 0;
    }

    private Optional<FiringAlert> remove(Fingerprint fingerprint) {
        Optional<FiringAlert> gone = Optional.ofNullable(firing.remove(fingerprint));
        if (gone.isPresent()) {
            byAge.remove(gone.get().notable());
            held -= gone.get().isHeld() ? 1 : 0;
        }
        return gone;
    }

    private void drop(Fingerprint fingerprint) {
        sources.ended(fingerprint);
        remove(fingerprint).filter(FiringAlert::isHeld).ifPresent(actions::settle);
        actions.forget(fingerprint);
    }

    private void forgetBefore(long millis) {
        while (!byAge.isEmpty() && byAge.firstKey().alert().eventTimeMillis() < millis) {
            drop(byAge.firstEntry().getValue());
        }
    }

    /** The alert as it goes on at last: its time is the time at which it is told. */
    private static NotableAlert at(FiringAlert waiting, long millis) {
        NotableAlert notable = waiting.notable();
        Map<String, String> annotations = new TreeMap<>(notable.alert().annotations());
        annotations.put(
                "held_back",
                "since "
                        + TimeText.of(notable.alert().eventTimeMillis())
                        + ": "
                        + waiting.reason());
        Alert later =
                notable.alert().toBuilder()
                        .eventTimeMillis(Math.max(millis, notable.alert().eventTimeMillis()))
                        .annotations(annotations)
                        .build();
        return new NotableAlert(later, notable.reason(), notable.weight());
    }

    private static boolean isFiring(Alert alert) {
        return alert.status() == AlertStatus.FIRING || alert.status() == AlertStatus.ACKNOWLEDGED;
    }

    private static boolean isOver(Alert alert) {
        return alert.status() == AlertStatus.RESOLVED;
    }
}
