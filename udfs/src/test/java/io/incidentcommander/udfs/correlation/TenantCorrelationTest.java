// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

import static io.incidentcommander.udfs.correlation.CorrelationAlerts.IDLE;
import static io.incidentcommander.udfs.correlation.CorrelationAlerts.T0;
import static io.incidentcommander.udfs.correlation.CorrelationAlerts.alert;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.model.correlation.CorrelationSnapshot;
import io.incidentcommander.model.correlation.ServiceCall;
import io.incidentcommander.model.correlation.Topology;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.model.sampling.NotifyReason;
import io.incidentcommander.udfs.audit.IncidentEventChain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TenantCorrelationTest {
    private final TenantCorrelation correlation =
            new TenantCorrelation(CorrelationAlerts.policy(), CorrelationSnapshot.empty());
    private final List<IncidentEvent> events = new ArrayList<>();

    @Test
    void unusualAlertsOfOneServiceAreOneIncident() {
        Assignment first = take("orders", "disk full", 0, NotifyReason.NEW);
        Assignment second = take("orders", "write failed", 5_000, NotifyReason.NEW);

        assertThat(first.disposition()).isEqualTo(Disposition.DELIVERED);
        assertThat(second.disposition()).isEqualTo(Disposition.GROUPED);
        assertThat(second.incidentId()).isEqualTo(first.incidentId());
        assertThat(second.reason()).startsWith("same service orders, 5 s after").contains("1 in ");
    }

    @Test
    void whatComesAnywayIsNotPartOfAnIncidentNearby() {
        for (int minute = 0; minute < 600; minute += 4) {
            take("orders", "login", minute * 60_000L, NotifyReason.NEW);
        }
        Assignment fault = take("orders", "disk full", 601 * 60_000L, NotifyReason.NEW);
        Assignment routine = take("orders", "login", 604 * 60_000L, NotifyReason.NEW);

        assertThat(routine.incidentId()).isNotEqualTo(fault.incidentId());
        assertThat(routine.reason()).contains("recurrence");
    }

    @Test
    void aRecurrenceOpensItsIncidentAgainWithinADayAndANewOneLater() {
        Assignment first = take("orders", "disk full", 0, NotifyReason.NEW);
        Assignment again = take("orders", "disk full", 3_600_000, NotifyReason.NEW);
        long later = 3_600_000 + Correlator.LONGEST_MILLIS + 1;
        Assignment afresh = take("orders", "disk full", later, NotifyReason.NEW);

        assertThat(again.incidentId()).isEqualTo(first.incidentId());
        assertThat(again.disposition()).isEqualTo(Disposition.DELIVERED);
        assertThat(again.reason())
                .startsWith("opened the incident again")
                .endsWith("came once in about a day");
        assertThat(afresh.incidentId()).isNotEqualTo(first.incidentId());
        assertThat(kinds())
                .containsExactly(
                        IncidentEventKind.OPENED,
                        IncidentEventKind.CLOSED,
                        IncidentEventKind.REOPENED,
                        IncidentEventKind.CLOSED,
                        IncidentEventKind.OPENED);
        assertThat(events.get(3).incident().costUsd())
                .as("of both episodes, not of the time between")
                .isEqualByComparingTo("1000");
    }

    @Test
    void aDependentIsPartOfTheIncidentOfWhatItCalls() {
        topology("web -> api", "api -> db");
        Assignment cause = take("db", "connections used up", 0, NotifyReason.NEW);
        Assignment symptom = take("web", "slow pages", 20_000, NotifyReason.NEW);

        assertThat(symptom.incidentId()).isEqualTo(cause.incidentId());
        assertThat(symptom.reason()).startsWith("topology web -> api -> db, 20 s after");
        assertThat(events.get(events.size() - 1).incident().services())
                .containsExactly("db", "web");
    }

    @Test
    void whatIsFartherThanFiveHopsOrUnconnectedIsNotRelated() {
        topology("a -> b", "b -> c", "c -> d", "d -> e", "e -> f", "f -> g", "x -> y");
        Assignment cause = take("g", "gone", 0, NotifyReason.NEW);

        assertThat(take("b", "slow", 1_000, NotifyReason.NEW).incidentId())
                .isEqualTo(cause.incidentId());
        assertThat(take("x", "full", 2_000, NotifyReason.NEW).incidentId())
                .isNotEqualTo(cause.incidentId());
        correlation.advance(T0 + 10 * IDLE);
        Assignment other = take("g", "gone for good", 10 * IDLE, NotifyReason.NEW);
        assertThat(take("a", "late", 10 * IDLE + 1_000, NotifyReason.NEW).incidentId())
                .isNotEqualTo(other.incidentId());
    }

    @Test
    void aCauseThatShowsLateMergesTheIncidentsOfItsDependents() {
        topology("web -> api", "shop -> cart", "api -> n1", "n1 -> n2", "n2 -> db");
        topology("web -> db", "shop -> db", "one -> two", "two -> three", "three -> four");
        correlation.topology(Topology.empty());
        Assignment one = take("web", "slow pages", 0, NotifyReason.NEW);
        Assignment other = take("shop", "cart lost", 1_000, NotifyReason.NEW);
        assertThat(other.incidentId()).isNotEqualTo(one.incidentId());

        topology("web -> db", "shop -> db", "one -> two", "two -> three", "three -> four");
        Assignment cause = take("db", "connections used up", 30_000, NotifyReason.NEW);

        assertThat(cause.incidentId()).isEqualTo(one.incidentId());
        Incident merged = last(other.incidentId().orElseThrow());
        assertThat(merged.mergedInto()).isEqualTo(one.incidentId());
        assertThat(merged.isClosed()).isTrue();
        Incident standing = last(one.incidentId().orElseThrow());
        assertThat(standing.services()).containsExactly("db", "shop", "web");
        assertThat(standing.keptAlerts()).isEqualTo(3);
        assertThat(take("shop", "cart lost", 40_000, NotifyReason.RESOLVED).incidentId())
                .isEqualTo(one.incidentId());
        assertChains();
    }

    @Test
    void whatFiresAllTheTimeAtAServiceOfTheTopologyIsBackground() {
        topology("web -> db");
        for (int minute = 0; minute < 600; minute += 2) {
            take("web", "login", minute * 60_000L, NotifyReason.NEW);
        }
        int before = events.size();
        Assignment fault = take("db", "disk full", 601 * 60_000L, NotifyReason.NEW);
        Assignment routine = take("web", "login", 601 * 60_000L + 5_000, NotifyReason.NEW);

        assertThat(routine.incidentId()).isEmpty();
        assertThat(routine.reason()).startsWith("background: its kind comes");
        assertThat(fault.incidentId()).isPresent();
        assertThat(events.subList(before, events.size()))
                .allMatch(event -> !event.incident().services().contains("web"));
    }

    @Test
    void nobodyIsToldOfALoneAlertWhileNothingIsKnownOfTheBackground() {
        correlation.topology(Topology.of(List.of(ServiceCall.of("web", "db"))));

        Assignment lone = take("web", "odd", 0, NotifyReason.NEW);

        assertThat(lone.disposition()).isEqualTo(Disposition.GROUPED);
        assertThat(lone.reason()).startsWith("watched");
        assertThat(events).isEmpty();
        correlation.advance(T0 + 10 * IDLE).forEach(events::add);
        assertThat(events).as("it ends in silence too").isEmpty();
    }

    @Test
    void noiseOfNeverSeenKindsWithoutACauseIsNotToldOf() {
        noisyHours("web -> api", "api -> db");
        Random random = new Random(11);
        for (int i = 0; i < 1_000; i++) {
            watch("far" + random.nextInt(41), "newer " + word(i), 1_000_000 + i * 60_000L);
        }

        assertThat(events).isEmpty();
    }

    @Test
    void whatBreaksAtACallerOfWhatIsBrokenIsOfTheSameIncident() {
        noisyHours("web -> api", "api -> db");
        Assignment cause = outbreak("db", 0);
        int before = events.size();
        Assignment effect = outbreak("api", 150_000);

        assertThat(effect.incidentId()).isEqualTo(cause.incidentId());
        List<IncidentEvent> since = events.subList(before, events.size());
        assertThat(since).extracting(IncidentEvent::kind).doesNotContain(IncidentEventKind.OPENED);
        assertThat(since)
                .filteredOn(event -> event.kind() == IncidentEventKind.MERGED)
                .singleElement()
                .satisfies(
                        event -> {
                            assertThat(event.incident().mergedInto()).isEqualTo(cause.incidentId());
                            assertThat(event.cause()).contains("one cause: near along api -> db");
                        });
        assertThat(last(cause.incidentId().orElseThrow()).services()).containsExactly("api", "db");
        assertChains();
    }

    @Test
    void callersOfWhatFailsInSilenceAreOneIncident() {
        noisyHours("shop -> store", "mail -> store");
        Assignment one = outbreak("shop", 0);
        Assignment other = outbreak("mail", 90_000);

        assertThat(other.incidentId()).isEqualTo(one.incidentId());
        assertThat(last(one.incidentId().orElseThrow()).services()).containsExactly("mail", "shop");
    }

    @Test
    void whatBreaksFarAwayAtTheSameTimeIsAnotherIncident() {
        noisyHours("web -> api", "api -> db", "shop -> cart");
        Assignment one = outbreak("db", 0);
        Assignment other = outbreak("cart", 5_000);

        assertThat(other.incidentId()).isPresent().isNotEqualTo(one.incidentId());
        assertThat(kinds()).doesNotContain(IncidentEventKind.MERGED);
    }

    @Test
    void whatWasGoingOnWhenWatchingBeganIsNoOutbreak() {
        topologyAlone("web -> db");
        for (int i = 0; i < 40; i++) {
            watch(i % 10 == 0 ? "db" : "far" + i, "open " + word(i), i * 10L);
        }

        assertThat(events).isEmpty();
    }

    @Test
    void aSymptomOfTwoCausesMergesNothing() {
        topology("web -> db", "web -> queue", "one -> two", "two -> three", "three -> four");
        Assignment one = take("db", "connections used up", 0, NotifyReason.NEW);
        correlation.topology(Topology.empty());
        Assignment other = take("queue", "full", 1_000, NotifyReason.NEW);
        topology("web -> db", "web -> queue", "one -> two", "two -> three", "three -> four");

        take("web", "slow pages", 2_000, NotifyReason.NEW);

        assertThat(other.incidentId()).isNotEqualTo(one.incidentId());
        assertThat(kinds()).doesNotContain(IncidentEventKind.MERGED);
    }

    @Test
    void aSharedLabelRelatesUnlessAllShareIt() {
        Assignment first = labelled("orders", "disk full", 0, "volume", "v-17");
        Assignment second = labelled("billing", "write failed", 5_000, "volume", "v-17");
        assertThat(second.incidentId()).isEqualTo(first.incidentId());
        assertThat(second.reason()).startsWith("same label volume=v-17");

        for (int i = 0; i < 2_000; i++) {
            labelled("s" + i, "alert " + word(i), 10_000 + i * 1_000L, "env", "prod");
        }
        Assignment third = labelled("x", "odd", 2_100_000, "env", "prod");
        assertThat(first.reason()).endsWith(": none was near by service, label or text");
        assertThat(third.reason())
                .contains(
                        "related to no open incident; the nearest: same label env=prod, ",
                        ": by chance 1 in ",
                        ", and it takes 1 in ");
    }

    @Test
    void aStormThatResumesIsAnotherIncident() {
        Assignment first = take("orders", "http 500", 0, NotifyReason.NEW);
        Assignment resumed = take("orders", "http 500", 30_000, NotifyReason.RESUMED);

        assertThat(resumed.incidentId()).isNotEqualTo(first.incidentId());
        assertThat(take("orders", "http 500", 40_000, NotifyReason.ESCALATED).incidentId())
                .isEqualTo(resumed.incidentId());
    }

    /** Ten incidents a minute are expected, so nearness alone does not say that two are one. */
    @Test
    void whereManyBreakTheWordsTellWhatSuffersFromWhatBreaksByItself() {
        assertThat(incidentsBeside("slow pages")).isEqualTo(1);
        assertThat(incidentsBeside("memory leak")).isEqualTo(2);
    }

    /** How many there are when a caller of a broken database says so. */
    private static long incidentsBeside(String words) {
        TenantCorrelation busy =
                new TenantCorrelation(
                        CorrelationAlerts.policy(1, 10_000, 14_400.0), CorrelationSnapshot.empty());
        List<ServiceCall> calls = new ArrayList<>(List.of(ServiceCall.of("web", "db")));
        for (int i = 0; i < 200; i++) {
            calls.add(ServiceCall.of("other" + i, "more" + i));
        }
        busy.topology(Topology.of(calls));
        List<IncidentEvent> all = new ArrayList<>();
        busy.take(CorrelationAlerts.alert("other1", "something", T0));
        for (String[] kind :
                new String[][] {
                    {"web", words}, {"web", words + " again"}, {"db", "database deadlock"}
                }) {
            all.addAll(
                    busy.take(
                                    CorrelationAlerts.alert(
                                            kind[0],
                                            kind[1],
                                            T0 + 60_000 + all.size(),
                                            NotifyReason.NEW,
                                            Severity.CRITICAL,
                                            Map.of()))
                            .events());
        }
        return all.stream().filter(e -> e.kind() == IncidentEventKind.OPENED).count()
                - all.stream().filter(e -> e.kind() == IncidentEventKind.MERGED).count();
    }

    @Test
    void overloadBehindAFloodIsTheFloodsAndInFrontOfItIsNot() {
        assertThat(incidentsOfOverload("gateway -> web", "web")).isEqualTo(1);
        assertThat(incidentsOfOverload("web -> gateway", "web")).isEqualTo(2);
    }

    /** How many there are when a gateway is flooded, and a service beside it is overloaded. */
    private static long incidentsOfOverload(String call, String overloaded) {
        TenantCorrelation busy =
                new TenantCorrelation(
                        CorrelationAlerts.policy(1, 10_000, 14_400.0), CorrelationSnapshot.empty());
        int arrow = call.indexOf(" -> ");
        List<ServiceCall> calls =
                new ArrayList<>(
                        List.of(
                                ServiceCall.of(
                                        call.substring(0, arrow), call.substring(arrow + 4))));
        for (int i = 0; i < 200; i++) {
            calls.add(ServiceCall.of("other" + i, "more" + i));
        }
        busy.topology(Topology.of(calls));
        List<IncidentEvent> all = new ArrayList<>();
        busy.take(CorrelationAlerts.alert("other1", "something", T0));
        int number = 0;
        for (String[] kind :
                new String[][] {
                    {"gateway", "SynFloodSuspected"},
                    {"gateway", "SynFloodSuspected again"},
                    {overloaded, "TooManyRequests"}
                }) {
            all.addAll(
                    busy.take(
                                    CorrelationAlerts.alert(
                                            kind[0],
                                            kind[1],
                                            T0 + 60_000 + number++,
                                            NotifyReason.NEW,
                                            Severity.CRITICAL,
                                            Map.of()))
                            .events());
        }
        return all.stream().filter(e -> e.kind() == IncidentEventKind.OPENED).count()
                - all.stream().filter(e -> e.kind() == IncidentEventKind.MERGED).count();
    }

    @Test
    void theSeverityIsThatOfMostKindsAndNotOfTheLoudest() {
        topologyAlone("web -> db");
        for (int i = 0; i < 12; i++) {
            Severity severity = i == 5 ? Severity.CRITICAL : Severity.MEDIUM;
            told(
                    correlation.take(
                            CorrelationAlerts.alert(
                                    i == 5 ? "web" : "db",
                                    "database deadlock " + word(i),
                                    T0 + 60_000 + i * 1_000L,
                                    NotifyReason.NEW,
                                    severity,
                                    Map.of())));
        }
        correlation.advance(T0 + 10 * IDLE).forEach(events::add);

        assertThat(events.get(events.size() - 1).incident().severity()).isEqualTo(Severity.MEDIUM);
    }

    @Test
    void forWantOfTimeTheServiceDecidesAlone() {
        topology("web -> db");
        Assignment first = correlation.takeByService(alert("db", "disk full", T0));
        Assignment second = correlation.takeByService(alert("db", "login", T0 + 1));
        Assignment third = correlation.takeByService(alert("web", "slow", T0 + 2));

        assertThat(second.incidentId()).isEqualTo(first.incidentId());
        assertThat(third.incidentId()).isNotEqualTo(first.incidentId());
        assertThat(second.reason()).startsWith("threshold by service");
    }

    /** Whatever storms while time is short, nobody is told of an incident for each service. */
    @Test
    void forWantOfTimeFewIncidentsTakeInAllServices() {
        Set<String> incidents = new TreeSet<>();
        for (int i = 0; i < 500; i++) {
            incidents.add(
                    correlation
                            .takeByService(alert("s" + i, "disk full", T0 + i))
                            .incidentId()
                            .orElseThrow());
        }
        assertThat(incidents).hasSize(ThresholdIncidents.MOST);

        Assignment routine =
                correlation.takeByService(
                        CorrelationAlerts.alert(
                                "routine",
                                "disk fuller",
                                T0 + 600,
                                NotifyReason.NEW,
                                Severity.MEDIUM,
                                Map.of()));
        assertThat(routine.incidentId()).isEmpty();

        correlation.advance(T0 + 500 + 2 * IDLE);
        Assignment later = correlation.takeByService(alert("t", "disk full", T0 + 600 + 2 * IDLE));
        assertThat(later.events()).as("there is room again").isNotEmpty();
    }

    @Test
    void noMoreIsLiveThanAllowedAndNothingIdleIs() {
        TenantCorrelation small =
                new TenantCorrelation(CorrelationAlerts.policy(1, 50), CorrelationSnapshot.empty());
        for (int i = 0; i < 500; i++) {
            small.take(alert("s" + i, "alert " + word(i), T0 + i));
            assertThat(small.liveEntries()).isLessThanOrEqualTo(50);
        }
        small.advance(T0 + 500 + IDLE + 1);
        assertThat(small.liveEntries()).isZero();
        assertThat(small.nextOver()).isEmpty();
    }

    private Assignment take(String service, String name, long after, NotifyReason reason) {
        return told(correlation.take(alert(service, name, T0 + after, reason)));
    }

    private Assignment labelled(String service, String name, long after, String key, String value) {
        return told(
                correlation.take(
                        alert(
                                service,
                                name,
                                T0 + after,
                                NotifyReason.NEW,
                                Severity.HIGH,
                                Map.of(key, value))));
    }

    private Assignment told(Assignment assignment) {
        events.addAll(assignment.events());
        return assignment;
    }

    private void topology(String... calls) {
        topologyAlone(calls);
        correlation.take(alert("far0", "seldom", T0 - 86_400_000));
    }

    private void topologyAlone(String... calls) {
        List<ServiceCall> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            all.add(ServiceCall.of("far" + i, "far" + (i + 1)));
        }
        for (String call : calls) {
            String[] ends = call.split(" -> ");
            all.add(ServiceCall.of(ends[0], ends[1]));
        }
        correlation.topology(Topology.of(all));
    }

    /**
     * Six hours in which something never seen, no more than medium, comes somewhere all the time.
     */
    private void noisyHours(String... calls) {
        topologyAlone(calls);
        Random random = new Random(7);
        for (int i = 1_080; i > 0; i--) {
            long time = -i * 20_000L + random.nextInt(20_000);
            watch("far" + random.nextInt(41), "new " + word(i), time);
        }
    }

    /** Eight kinds of alerts of a service within seconds. */
    private Assignment outbreak(String service, long afterMillis) {
        Assignment last = null;
        for (int i = 0; i < 8; i++) {
            last = watch(service, service + " fails " + word(i), afterMillis + i * 2_000L);
        }
        return last;
    }

    private Assignment watch(String service, String name, long afterMillis) {
        return told(
                correlation.take(
                        CorrelationAlerts.alert(
                                service,
                                name,
                                T0 + afterMillis,
                                NotifyReason.NEW,
                                Severity.MEDIUM,
                                Map.of())));
    }

    private List<IncidentEventKind> kinds() {
        return events.stream().map(IncidentEvent::kind).toList();
    }

    private Incident last(String id) {
        return events.stream()
                .map(IncidentEvent::incident)
                .filter(incident -> incident.incidentId().equals(id))
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    private void assertChains() {
        events.stream()
                .map(IncidentEvent::incidentId)
                .distinct()
                .forEach(
                        id ->
                                assertThat(
                                                IncidentEventChain.verify(
                                                        events.stream()
                                                                .filter(
                                                                        e ->
                                                                                e.incidentId()
                                                                                        .equals(id))
                                                                .toList()))
                                        .isEmpty());
    }

    /** Letters only: numbers do not tell texts apart. */
    private static String word(int i) {
        return Integer.toString(i, 26)
                .chars()
                .map(c -> c < 'a' ? 'k' + c - '0' + 6 : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
