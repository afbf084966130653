// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

import io.incidentcommander.model.correlation.Topology;
import io.incidentcommander.model.ingest.Alert;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The incidents an alert of a service outside the topology may be part of, each by what relates it
 * best.
 */
final class Candidates {
    private final Alert alert;
    private final long since;
    private final boolean resumed;
    private final Map<LiveIncident, Relation> best = new LinkedHashMap<>();

    /**
     * @param sinceMillis event time; what was idle since before is no candidate
     * @param resumed whether a storm resumed, which an incident that holds it does not explain
     */
    Candidates(Alert alert, long sinceMillis, boolean resumed) {
        this.alert = alert;
        this.since = sinceMillis;
        this.resumed = resumed;
    }

    void bySameService(LiveEntries entries, AlertRates rates) {
        entries.ofService(alert.service())
                .forEachSince(
                        since,
                        (incident, last, other) ->
                                add(
                                        incident,
                                        Relation.Rule.SERVICE,
                                        alert.service(),
                                        last,
                                        rates.chanceOfKind(other, gap(last))));
    }

    /** Text alone relates nothing that the topology knows to be unrelated. */
    void byTraits(LiveEntries entries, List<String> traits, AlertRates rates, Topology topology) {
        boolean known = topology.knows(alert.service());
        for (int i = 0; i < traits.size(); i++) {
            int index = i;
            String trait = traits.get(i);
            boolean text = trait.startsWith(AlertTraits.TEXT);
            entries.ofTrait(trait)
                    .forEachSince(
                            since,
                            (incident, last, other) -> {
                                if (text && known && isKnown(incident, topology)) {
                                    return;
                                }
                                add(
                                        incident,
                                        text ? Relation.Rule.TEXT : Relation.Rule.LABEL,
                                        trait,
                                        last,
                                        rates.chanceOfTrait(index, other, gap(last)));
                            });
        }
    }

    /**
     * Those that chance does not explain, best first. As many are tested as there are candidates,
     * so each chance counts as many times (Bonferroni's correction).
     *
     * @param significance the chance at which it is no explanation any more
     */
    TreeSet<Relation> unexplained(double significance) {
        TreeSet<Relation> unexplained = new TreeSet<>(Relation.BEST);
        for (Relation relation : best.values()) {
            if (relation.chance() * best.size() <= significance) {
                unexplained.add(relation);
            }
        }
        return unexplained;
    }

    /** The one that chance explains least, though it may explain it well. */
    Optional<Relation> nearest() {
        return best.values().stream().min(Relation.BEST);
    }

    int size() {
        return best.size();
    }

    private static boolean isKnown(LiveIncident incident, Topology topology) {
        return topology.knows(incident.standing().open().incident().services().get(0));
    }

    /** A second more: alerts of one second have no order that means anything. */
    private long gap(long last) {
        return Math.abs(alert.eventTimeMillis() - last) + 1000;
    }

    private void add(LiveIncident found, Relation.Rule rule, String by, long last, double chance) {
        LiveIncident incident = found.standing();
        if (incident.isClosed()
                || alert.eventTimeMillis() - incident.episodeMillis() > Correlator.LONGEST_MILLIS
                || resumed && incident.holds(alert.fingerprint())) {
            return;
        }
        Relation relation =
                new Relation(incident, rule, by, Math.abs(alert.eventTimeMillis() - last), chance);
        Relation before = best.get(incident);
        if (before == null || Relation.BEST.compare(relation, before) < 0) {
            best.put(incident, relation);
        }
    }
}
