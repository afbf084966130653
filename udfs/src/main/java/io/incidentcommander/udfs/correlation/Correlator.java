// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.correlation.Topology;
import io.incidentcommander.model.correlation.TopologyDirection;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.model.sampling.NotifyReason;
import io.incidentcommander.udfs.detection.NamedCauses;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Decides which incident an alert is part of.
 *
 * <p>Of a service that the topology knows, the calls decide: {@link Outbreak} says how likely an
 * alert is background, given what open incidents show on the services it calls or that call it. If
 * that is unlikely, it is part of the likeliest incident. Else it is background if its kind comes
 * all the time, and otherwise watched: as an incident of which nobody is told until it is critical,
 * or chance does not explain that its alerts come together ({@link WatchedEvidence}), or that
 * anything as unusual comes at all. Then it is part of an incident that people know if it is
 * unlikely that both broke by themselves ({@link OutbreakLinks}), and opens otherwise. Texts and
 * labels relate nothing there.
 *
 * <p>Of other services, an incident is a candidate if it showed an alert within the idle time on
 * the same service, or with a label's value or text in common. It takes the alert in if chance does
 * not explain how close they came: the probability that an unrelated alert as unusual comes so soon
 * after, times the number of candidates, is at most the significance. On the same service unrelated
 * are those of the alert's own kind; with a trait in common, all that have it; and in any case
 * those of the kind that it came close to, since what comes all the time is close to everything.
 * The likeliest of several is the one chance explains least.
 *
 * <p>Failing that, a kind of alert that was part of an incident within a day belongs to it again:
 * what comes anyway has one incident and not one each time. Else the alert opens one.
 *
 * <p>A cause that shows late merges the incidents of the services that depend on it.
 */
final class Correlator {
    /** The stage's word, also the agent of its events. */
    static final String STAGE = "correlation";

    /** An incident takes in no more by closeness after so long, and none again after so long. */
    static final long LONGEST_MILLIS = 24 * 3_600_000L;

    /** Chance of being background above which an alert is taken to be that. */
    private static final double MOST_CHANCE = 0.3;

    /** Times in the idle time from which on a kind is a common one. */
    private static final double COMMON = 0.7;

    /** Kinds of alerts that a service has, about: an incident brings about any of them. */
    private static final double KINDS = 8;

    /**
     * How much likelier an alert that names a cause is the first of something else than brought
     * about by an incident that names another: who suffers speaks of what it suffers from, or of
     * nothing.
     */
    private static final double ANOTHER_CAUSE = 20;

    /** The same for a cause that merges incidents: a wrong merge is worse than a wrong split. */
    private static final double MOST_CHANCE_OF_CAUSE = 0.01;

    private final CorrelationPolicy policy;
    private final Background background;
    private final BaseRates rates;
    private final LiveEntries entries;
    private final IncidentBook book;
    private final Outbreak outbreak = new Outbreak();
    private final OutbreakLinks links;
    private final WatchedEvidence evidence;
    private final ThresholdIncidents byThreshold = new ThresholdIncidents();

    Correlator(
            CorrelationPolicy policy,
            BaseRates rates,
            Background background,
            LiveEntries entries,
            IncidentBook book) {
        this.policy = policy;
        this.rates = rates;
        this.background = background;
        this.entries = entries;
        this.book = book;
        this.links = new OutbreakLinks(entries);
        this.evidence = new WatchedEvidence(entries, policy.significance());
    }

    Assignment assign(
            NotableAlert notable,
            List<String> traits,
            AlertRates usual,
            Neighbourhoods near,
            List<IncidentEvent> told) {
        Alert alert = notable.alert();
        Optional<LiveIncident> last = rates.lastIncident(alert).flatMap(book::find);
        if (notable.reason() == NotifyReason.RESOLVED) {
            return last.filter(incident -> holdsOpen(incident, alert))
                    .map(
                            i ->
                                    join(
                                            i,
                                            notable,
                                            traits,
                                            "resolved, part of its incident",
                                            near,
                                            told))
                    .orElseGet(() -> Assignment.loose("resolved, and no incident held it", told));
        }
        if (last.isPresent() && goesOn(notable) && holdsOpen(last.get(), alert)) {
            if (near.topology().knows(alert.service())) {
                background.count(notable, true);
            }
            return join(
                    last.get(), notable, traits, "an alert of the incident goes on", near, told);
        }
        boolean resumed = notable.reason() == NotifyReason.RESUMED;
        if (near.topology().knows(alert.service())) {
            return assignByCalls(notable, traits, near, told);
        }
        Candidates candidates =
                new Candidates(alert, alert.eventTimeMillis() - entries.idleMillis(), resumed);
        candidates.bySameService(entries, usual);
        candidates.byTraits(entries, traits, usual, near.topology());
        TreeSet<Relation> related = candidates.unexplained(policy.significance());
        if (!related.isEmpty()) {
            return relate(notable, traits, related, candidates.size(), near, told);
        }
        if (!resumed) {
            Optional<Recurrence> recurrence = recurrence(alert, last, traits, usual);
            if (recurrence.isPresent()) {
                Recurrence found = recurrence.get();
                return join(found.incident, notable, traits, found.reason, near, told);
            }
        }
        return begin(
                notable,
                traits,
                resumed
                        ? "it stormed before, and a pause that its rate does not explain ended that"
                        : Reasons.unrelated(
                                alert, candidates, policy.significance(), near.topology()),
                told);
    }

    /** The service is one of the topology: what the calls explain, and else the background. */
    private Assignment assignByCalls(
            NotableAlert notable,
            List<String> traits,
            Neighbourhoods near,
            List<IncidentEvent> told) {
        Alert alert = notable.alert();
        double ofKind = background.ofKind(alert);
        double unusual = background.asUnusual(alert);
        double here =
                background.rarity(alert.severity())
                        * Math.max(KINDS * ofKind, unusual / near.topology().services().size());
        boolean burst = background.isBurst(notable);
        double more = background.chanceOfMore(alert.eventTimeMillis());
        TreeSet<Relation> related =
                outbreak.of(
                                alert,
                                alert.eventTimeMillis() - entries.idleMillis(),
                                notable.reason() == NotifyReason.RESUMED)
                        .unexplained(entries, near, here, MOST_CHANCE);
        related.removeIf(relation -> isOfAnother(relation, alert, here, near));
        if (!related.isEmpty()) {
            Relation best = related.first();
            best.incident()
                    .addEvidence(
                            -Math.log(burst ? Math.max(more, best.chance()) : best.chance())
                                    - evidence.due(best.incident(), alert, near));
            background.count(notable, !best.incident().isTold() || ofKind > 0);
            return relate(notable, traits, related, outbreak.size(), near, told);
        }
        background.count(notable, true);
        if (alert.severity() != Severity.CRITICAL && ofKind * entries.idleMillis() >= COMMON) {
            return Assignment.background(
                    Optional.empty(), Reasons.background(ofKind * Rate.DAY_MILLIS), told);
        }
        double chance = -Math.expm1(-unusual * entries.idleMillis());
        LiveIncident incident = book.watch(notable, "the same alert again", told);
        incident.addEvidence(-Math.log(chance));
        remember(incident, notable, traits);
        boolean alone = chance <= policy.significance();
        if (alone || alert.severity() == Severity.CRITICAL) {
            String cause = alone ? Reasons.alone(chance) : "it is critical";
            return open(incident, notable, traits, cause, near, told);
        }
        return Assignment.background(
                Optional.of(incident), Reasons.watched(chance, entries.idleMillis()), told);
    }

    /**
     * Whether the alert rather begins something else: it names a cause, the incident another one,
     * and so many break by themselves that this may be one of them.
     */
    private boolean isOfAnother(
            Relation relation, Alert alert, double background, Neighbourhoods near) {
        double byItself =
                ANOTHER_CAUSE
                        * this.background.ofOutbreaks(alert.eventTimeMillis())
                        / near.topology().services().size();
        double brought = background / relation.chance() - background;
        double otherwise = background + byItself;
        NamedCauses says = NamedCauses.of(alert);
        NamedCauses named = relation.incident().standing().named();
        return otherwise / (otherwise + brought) > MOST_CHANCE
                && says.isAnother(named)
                && !(named.floods(says) && isCalledFrom(relation, alert, near.topology()));
    }

    /** What a flood lets through goes down the calls, and never up. */
    private static boolean isCalledFrom(Relation relation, Alert alert, Topology topology) {
        return topology.hops(relation.by(), alert.service(), TopologyDirection.CALLEES).isPresent();
    }

    /**
     * The open incident that a pattern is evidence of: one that showed something at the service it
     * began at; of several the one that people know, then the one that reached most of the
     * pattern's services, then the one that showed something last.
     */
    Optional<LiveIncident> of(PatternMatch match) {
        if (match.services().isEmpty()) {
            return Optional.empty();
        }
        List<LiveIncident> open = new ArrayList<>(1);
        entries.ofService(match.services().get(0))
                .forEachSince(
                        match.lastMillis() - entries.idleMillis(),
                        (incident, time, usual) -> {
                            LiveIncident standing = incident.standing();
                            if (!standing.isClosed() && !open.contains(standing)) {
                                open.add(standing);
                            }
                        });
        // The latest is the last of them, and of equals the last one counts.
        return open.stream()
                .reduce((one, other) -> shared(match, other) >= shared(match, one) ? other : one);
    }

    private static long shared(PatternMatch match, LiveIncident incident) {
        long services = match.services().stream().filter(incident.services()::contains).count();
        return services + (incident.isTold() ? match.services().size() : 0);
    }

    /** By service alone, without looking at anything else: for want of time. */
    Assignment assignByService(
            NotableAlert notable,
            List<String> traits,
            Neighbourhoods near,
            List<IncidentEvent> told) {
        Alert alert = notable.alert();
        long since = alert.eventTimeMillis() - entries.idleMillis();
        List<LiveIncident> ofService = new ArrayList<>();
        entries.ofService(alert.service())
                .forEachSince(
                        since,
                        (incident, time, usual) -> {
                            if (!incident.standing().isClosed()) {
                                ofService.add(incident.standing());
                            }
                        });
        String why = "threshold by service: correlation took longer than its bound";
        if (!ofService.isEmpty()) {
            return join(ofService.get(ofService.size() - 1), notable, traits, why, near, told);
        }
        if (notable.reason() == NotifyReason.RESOLVED) {
            return Assignment.loose("resolved, and no incident held it", told);
        }
        if (alert.severity().compareTo(Severity.HIGH) < 0) {
            return Assignment.background(Optional.empty(), why + "; it is not HIGH", told);
        }
        Optional<LiveIncident> full = byThreshold.latestIfFull();
        if (full.isPresent()) {
            return join(full.get(), notable, traits, why + ", as for many services", near, told);
        }
        Assignment begun = begin(notable, traits, why, told);
        begun.incidentId().flatMap(book::find).ifPresent(byThreshold::opened);
        return begun;
    }

    private Assignment relate(
            NotableAlert notable,
            List<String> traits,
            TreeSet<Relation> related,
            int candidates,
            Neighbourhoods near,
            List<IncidentEvent> told) {
        Topology topology = near.topology();
        Relation best = related.first();
        String reason = Reasons.of(notable.alert(), best, candidates, topology);
        LiveIncident incident = best.incident();
        for (Relation other : causedBy(notable.alert(), related, topology)) {
            LiveIncident older = older(incident, other.incident());
            LiveIncident younger = older.equals(incident) ? other.incident() : incident;
            book.merge(
                    older,
                    younger,
                    notable.alert(),
                    "both depend on "
                            + notable.alert().service()
                            + ", where "
                            + notable.alert().name()
                            + " shows",
                    told);
            incident = older;
            entries.takeOver();
        }
        return join(incident, notable, traits, reason, near, told);
    }

    /** What is sure by now opens, or is part of an incident that is open. */
    private Assignment joinWatched(
            LiveIncident incident,
            NotableAlert notable,
            List<String> traits,
            String reason,
            Neighbourhoods near,
            List<IncidentEvent> told) {
        Alert alert = notable.alert();
        book.join(incident, notable, reason, told);
        if (notable.reason() != NotifyReason.RESOLVED
                && notable.reason() != NotifyReason.RETURNED) {
            remember(incident, notable, traits);
        }
        if (notable.reason() == NotifyReason.RESOLVED
                || !evidence.isEnough(incident, near, alert.eventTimeMillis())) {
            return Assignment.background(Optional.of(incident), "watched: " + reason, told);
        }
        return open(incident, notable, traits, reason, near, told);
    }

    /** Tells of a watched incident, by itself or as part of one that people know. */
    private Assignment open(
            LiveIncident incident,
            NotableAlert notable,
            List<String> traits,
            String reason,
            Neighbourhoods near,
            List<IncidentEvent> told) {
        Alert alert = notable.alert();
        long time = alert.eventTimeMillis();
        double byItself = background.ofOutbreaks(time) / near.topology().services().size();
        Optional<OutbreakLinks.Link> link =
                links.closest(incident, near, time, byItself, MOST_CHANCE_OF_CAUSE);
        if (link.isEmpty()) {
            background.countOutbreak(time);
            book.tell(incident, alert, reason, told);
            return Assignment.in(
                    incident, Disposition.DELIVERED, "opened the incident: " + reason, told);
        }
        LiveIncident into = link.get().incident();
        String cause = Reasons.oneCause(link.get(), near.topology());
        book.merge(into, incident, alert, cause, told);
        entries.takeOver();
        rates.lastIncident(alert, traits.get(0), into.id());
        return Assignment.in(into, Disposition.GROUPED, cause, told);
    }

    /** The other incidents that the alert shows to have one cause with the best; often none. */
    private static List<Relation> causedBy(
            Alert alert, TreeSet<Relation> related, Topology topology) {
        List<Relation> caused = new ArrayList<>();
        Relation best = related.first();
        if (!shows(best, alert, topology)) {
            return caused;
        }
        for (Relation other : related) {
            if (other != best
                    && other.chance() <= MOST_CHANCE_OF_CAUSE
                    && best.incident().isTold()
                    && other.incident().isTold()
                    && other.incident().standing() == other.incident()
                    && other.rule() == Relation.Rule.TOPOLOGY
                    && shows(other, alert, topology)) {
                caused.add(other);
            }
        }
        return caused;
    }

    /** Whether the incident is at the alert's service, or at one that depends on it. */
    private static boolean shows(Relation relation, Alert alert, Topology topology) {
        return relation.rule() == Relation.Rule.SERVICE
                || relation.rule() == Relation.Rule.TOPOLOGY
                        && topology.hops(relation.by(), alert.service(), TopologyDirection.CALLEES)
                                .isPresent();
    }

    private Optional<Recurrence> recurrence(
            Alert alert, Optional<LiveIncident> last, List<String> traits, AlertRates usual) {
        if (last.isPresent() && isRecent(last.get(), alert)) {
            return Optional.of(new Recurrence(last.get(), Reasons.recurrence(usual)));
        }
        boolean routine =
                usual.trait(0) >= 1
                        && usual.chanceOfTrait(0, entries.idleMillis()) > policy.significance();
        return routine
                ? rates.lastIncident(traits.get(0))
                        .flatMap(book::find)
                        .filter(incident -> isRecent(incident, alert))
                        .map(incident -> new Recurrence(incident, Reasons.routine(usual)))
                : Optional.empty();
    }

    private static boolean isRecent(LiveIncident incident, Alert alert) {
        return alert.eventTimeMillis() - incident.lastMillis() <= LONGEST_MILLIS;
    }

    private static boolean holdsOpen(LiveIncident incident, Alert alert) {
        return !incident.isClosed() && incident.holds(alert.fingerprint());
    }

    private static boolean goesOn(NotableAlert notable) {
        return notable.reason() == NotifyReason.ESCALATED
                || notable.reason() == NotifyReason.RETURNED;
    }

    private static LiveIncident older(LiveIncident one, LiveIncident other) {
        long a = one.open().incident().openedAtMillis();
        long b = other.open().incident().openedAtMillis();
        return a < b || a == b && one.id().compareTo(other.id()) < 0 ? one : other;
    }

    private Assignment begin(
            NotableAlert notable, List<String> traits, String cause, List<IncidentEvent> told) {
        LiveIncident incident = book.begin(notable, cause, told);
        remember(incident, notable, traits);
        return Assignment.in(
                incident, Disposition.DELIVERED, "opened the incident: " + cause, told);
    }

    private Assignment join(
            LiveIncident incident,
            NotableAlert notable,
            List<String> traits,
            String reason,
            Neighbourhoods near,
            List<IncidentEvent> told) {
        if (!incident.isTold()) {
            return joinWatched(incident, notable, traits, reason, near, told);
        }
        boolean again = incident.isClosed();
        Severity before = incident.open().incident().severity();
        int reached = incident.services().size();
        book.join(incident, notable, reason, told);
        boolean worse = incident.open().incident().severity().compareTo(before) > 0;
        boolean over = notable.reason() == NotifyReason.RESOLVED;
        if (!over || !entries.isPinned(notable.alert().service())) {
            remember(incident, notable, traits);
        }
        if (incident.services().size() > reached) {
            linkFrom(incident, notable.alert(), near, told);
        }
        return Assignment.in(
                incident.standing(),
                again || worse ? Disposition.DELIVERED : Disposition.GROUPED,
                again
                        ? "opened the incident again: " + reason
                        : worse ? "raised the incident's severity: " + reason : reason,
                told);
    }

    /** It reached one more service, where another incident may be near that names no cause. */
    private void linkFrom(
            LiveIncident incident, Alert alert, Neighbourhoods near, List<IncidentEvent> told) {
        if (!near.topology().knows(alert.service())) {
            return;
        }
        long time = alert.eventTimeMillis();
        double byItself = background.ofOutbreaks(time) / near.topology().services().size();
        links.closest(
                        incident,
                        List.of(alert.service()),
                        near,
                        time,
                        byItself,
                        MOST_CHANCE_OF_CAUSE)
                .filter(link -> incident.named().isOneSilent(link.incident().named()))
                .ifPresent(
                        link -> {
                            LiveIncident older = older(incident, link.incident());
                            LiveIncident younger = older == incident ? link.incident() : incident;
                            String cause = Reasons.oneCause(link, near.topology());
                            book.merge(older, younger, alert, cause, told);
                            entries.takeOver();
                        });
    }

    private void remember(LiveIncident incident, NotableAlert notable, List<String> traits) {
        entries.put(incident, notable.alert(), traits, rates.before(notable.alert()));
        rates.lastIncident(notable.alert(), traits.get(0), incident.id());
    }

    private static final class Recurrence {
        private final LiveIncident incident;
        private final String reason;

        Recurrence(LiveIncident incident, String reason) {
            this.incident = incident;
            this.reason = reason;
        }
    }
}
