// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

import io.incidentcommander.model.correlation.KnownIncident;
import io.incidentcommander.model.correlation.OpenIncident;
import io.incidentcommander.model.ingest.Fingerprint;
import io.incidentcommander.udfs.detection.IncidentSigns;
import io.incidentcommander.udfs.detection.NamedCauses;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.TreeSet;

/** An incident that takes in alerts, or did and may again. Owned by one thread. */
final class LiveIncident {
    /** Of these the latest are remembered, to know a storm that resumes. */
    private static final int MOST_FINGERPRINTS = 1_000;

    private final Set<Fingerprint> fingerprints = new LinkedHashSet<>();
    private final TreeSet<String> services;
    private OpenIncident open;
    private long episodeMillis;
    private BigDecimal earlierCostUsd;
    private IncidentSigns signs = IncidentSigns.none();
    private double evidence;
    private boolean dropped;
    private boolean closed;
    private int place;
    private int entries;
    private LiveIncident takenOverBy = this;

    LiveIncident(OpenIncident open, long episodeMillis) {
        this.open = open;
        this.closed = open.incident().isClosed();
        this.services = new TreeSet<>(open.incident().services());
        this.episodeMillis = episodeMillis;
        this.earlierCostUsd = BigDecimal.ZERO;
    }

    static LiveIncident of(KnownIncident known) {
        LiveIncident incident = new LiveIncident(known.incident(), known.episodeMillis());
        incident.earlierCostUsd = known.earlierCostUsd();
        incident.fingerprints.addAll(known.fingerprints());
        incident.signs = IncidentSigns.of(known.profile());
        incident.evidence = known.evidence();
        return incident;
    }

    KnownIncident known() {
        boolean told = services.size() == open.incident().services().size();
        OpenIncident whole =
                told
                        ? open
                        : new OpenIncident(
                                open.incident().toBuilder().services(services).build(),
                                open.head(),
                                open.lastAlertMillis(),
                                open.toldCount(),
                                open.alertWeight());
        return new KnownIncident(
                whole,
                episodeMillis,
                earlierCostUsd,
                new ArrayList<>(fingerprints),
                signs.profile(),
                evidence);
    }

    OpenIncident open() {
        return open;
    }

    void open(OpenIncident next) {
        open = next;
        closed = next.incident().isClosed();
    }

    /** What it showed in this episode. */
    IncidentSigns signs() {
        return signs;
    }

    /** The cause it names: as it was said to be, or by its words if nobody was told of it yet. */
    NamedCauses named() {
        return isTold() ? NamedCauses.of(open.incident().type()) : NamedCauses.of(signs);
    }

    /** All it reached, those that no event told of yet too. */
    Collection<String> services() {
        return services;
    }

    /** Whether it had not reached the service before. */
    boolean reach(String service) {
        return services.add(service);
    }

    String id() {
        return open.incident().incidentId();
    }

    /** Whether anybody was told of it; until then it is watched. */
    boolean isTold() {
        return open.toldCount() > 0;
    }

    /** How little chance explains that its alerts came together, in nats. */
    double evidence() {
        return evidence;
    }

    /** It was only watched, and came to nothing. */
    void drop() {
        dropped = true;
    }

    void addEvidence(double nats) {
        evidence += nats;
    }

    boolean isClosed() {
        return dropped || closed;
    }

    long lastMillis() {
        return open.lastAlertMillis();
    }

    /** When it was opened, or opened again last. */
    long episodeMillis() {
        return episodeMillis;
    }

    /** What it cost in episodes before this one. */
    BigDecimal earlierCostUsd() {
        return earlierCostUsd;
    }

    void begin(long timeMillis) {
        earlierCostUsd = open.incident().costUsd();
        episodeMillis = timeMillis;
        forget();
    }

    /** It is closed, and what it held would be forgotten when it opens again. */
    void forget() {
        fingerprints.clear();
        signs = IncidentSigns.none();
    }

    boolean holds(Fingerprint fingerprint) {
        return fingerprints.contains(fingerprint);
    }

    void hold(Fingerprint fingerprint) {
        if (fingerprints.add(fingerprint) && fingerprints.size() > MOST_FINGERPRINTS) {
            Iterator<Fingerprint> eldest = fingerprints.iterator();
            eldest.next();
            eldest.remove();
        }
    }

    void takenOverBy(LiveIncident other) {
        takenOverBy = other;
        other.episodeMillis = Math.min(other.episodeMillis, episodeMillis);
        fingerprints.forEach(other::hold);
        other.services.addAll(services);
        other.signs.addAll(signs);
    }

    /** This one, or the one that took it over in the end. */
    LiveIncident standing() {
        LiveIncident at = this;
        while (at.takenOverBy != at) {
            at = at.takenOverBy;
        }
        return at;
    }

    /** How many live entries it has; kept by {@link Breadth}. */
    int entries() {
        return entries;
    }

    void entries(int count) {
        entries = count;
    }

    /** Where an {@link Outbreak} last noted it; of no meaning but to that. */
    int place() {
        return place;
    }

    void place(int at) {
        place = at;
    }

    @Override
    public String toString() {
        return open.toString();
    }
}
