// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

import io.incidentcommander.model.correlation.GroupRate;
import io.incidentcommander.model.correlation.KindRate;
import io.incidentcommander.model.ingest.Alert;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How often alerts come anyway: by kind, which is a name on a service, by trait, and in all. Bound:
 * the 100,000 kinds and traits used last, and none that was not used for three days. Owned by one
 * thread.
 */
final class BaseRates {
    private static final String ALL = "*";
    private static final int MOST = 100_000;
    private static final long MEMORY_MILLIS = 3 * (long) Rate.DAY_MILLIS;

    private final Map<List<String>, Kind> kinds = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, Kind> traits = new LinkedHashMap<>(16, 0.75f, true);
    private ClassedRate all = new ClassedRate(0);

    BaseRates(List<KindRate> kinds, List<GroupRate> groups) {
        for (KindRate rate : kinds) {
            Kind kind = new Kind(rate.count(), rate.lastMillis());
            kind.incidentId = rate.incidentId();
            this.kinds.put(List.of(rate.service(), rate.name()), kind);
        }
        for (GroupRate rate : groups) {
            if (rate.key().equals(ALL)) {
                all = new ClassedRate(rate.byClass(), rate.lastMillis());
            } else if (!Background.owns(rate)) {
                Kind trait = new Kind(rate.byClass()[0], rate.lastMillis());
                trait.incidentId = rate.incidentId();
                traits.put(rate.key(), trait);
            }
        }
    }

    /**
     * Counts the alert.
     *
     * @return the rates as they stood before it
     */
    AlertRates observe(Alert alert, List<String> traitsOfAlert) {
        long time = alert.eventTimeMillis();
        Kind kind =
                kinds.computeIfAbsent(
                        List.of(alert.service(), alert.name()), k -> new Kind(0, time));
        double before = kind.rate.at(time);
        int commonness = ClassedRate.classOf(before);
        double[] ofTraits = new double[traitsOfAlert.size()];
        for (int i = 0; i < ofTraits.length; i++) {
            Rate rate = traits.computeIfAbsent(traitsOfAlert.get(i), k -> new Kind(0, time)).rate;
            ofTraits[i] = rate.at(time);
            rate.add(time);
        }
        AlertRates rates = new AlertRates(before, ofTraits);
        kind.rate.add(time);
        all.add(commonness, time);
        prune(time);
        return rates;
    }

    /** How often the kind of an alert that was observed had come in the day before it. */
    double before(Alert alert) {
        Kind kind = kinds.get(List.of(alert.service(), alert.name()));
        return kind == null ? 0 : Math.max(0, kind.rate.at(alert.eventTimeMillis()) - 1);
    }

    /** The incident that an alert of the kind was part of last. */
    Optional<String> lastIncident(Alert alert) {
        return incidentOf(kinds.get(List.of(alert.service(), alert.name())));
    }

    /** The incident that an alert with the trait was part of last. */
    Optional<String> lastIncident(String trait) {
        return incidentOf(traits.get(trait));
    }

    /** An alert that was observed became part of the incident. */
    void lastIncident(Alert alert, String trait, String incidentId) {
        Kind unknown = new Kind(0, 0);
        kinds.getOrDefault(List.of(alert.service(), alert.name()), unknown).incidentId = incidentId;
        traits.getOrDefault(trait, unknown).incidentId = incidentId;
    }

    /** Something came then, if only repeats. */
    void touch(long timeMillis) {
        all.fadeTo(timeMillis);
    }

    /** When the last of it is too old. */
    long forgottenAt() {
        return all.lastMillis() + MEMORY_MILLIS;
    }

    List<KindRate> kinds() {
        List<KindRate> rates = new ArrayList<>(kinds.size());
        kinds.forEach(
                (key, kind) ->
                        rates.add(
                                new KindRate(
                                        key.get(0),
                                        key.get(1),
                                        kind.rate.count(),
                                        kind.rate.lastMillis(),
                                        kind.incidentId)));
        return rates;
    }

    List<GroupRate> groups() {
        List<GroupRate> rates = new ArrayList<>(traits.size() + 1);
        traits.forEach(
                (key, trait) ->
                        rates.add(
                                new GroupRate(
                                        key,
                                        trait.rate.lastMillis(),
                                        new double[] {trait.rate.count()},
                                        trait.incidentId)));
        rates.add(new GroupRate(ALL, all.lastMillis(), all.counts(), ""));
        return rates;
    }

    /** Only a few go at a time, since only a few come. */
    private void prune(long time) {
        prune(kinds, time);
        prune(traits, time);
    }

    private static void prune(Map<?, Kind> rates, long time) {
        Iterator<Kind> eldest = rates.values().iterator();
        while (eldest.hasNext()) {
            boolean old = eldest.next().rate.lastMillis() < time - MEMORY_MILLIS;
            if (!old && rates.size() <= MOST) {
                return;
            }
            eldest.remove();
        }
    }

    private static Optional<String> incidentOf(Kind kind) {
        return kind == null || kind.incidentId.isEmpty()
                ? Optional.empty()
                : Optional.of(kind.incidentId);
    }

    private static final class Kind {
        private final Rate rate;
        private String incidentId = "";

        Kind(double count, long lastMillis) {
            rate = new Rate(count, lastMillis);
        }
    }
}
