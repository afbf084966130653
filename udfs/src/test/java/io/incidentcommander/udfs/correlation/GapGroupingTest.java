// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.model.correlation.OpenIncident;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Fingerprint;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.IncidentState;
import io.incidentcommander.model.sampling.NotableAlert;
import io.incidentcommander.model.sampling.NotifyReason;
import io.incidentcommander.udfs.audit.IncidentEventChain;
import io.incidentcommander.udfs.lifecycle.TierCost;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class GapGroupingTest {
    private static final long GAP = 60_000;

    private final GapGrouping grouping = new GapGrouping(GAP, new TierCost(new BigDecimal("1000")));

    @Example
    void theFirstAlertOpensAndItsRepeatsJoin() {
        GroupingResult first = grouping.add(Optional.empty(), notable(Severity.LOW, 1_000, 1));
        GroupingResult second = grouping.add(first.open(), notable(Severity.LOW, 2_000, 1));
        GroupingResult third = grouping.add(second.open(), notable(Severity.LOW, 3_000, 1));

        assertThat(kinds(first)).containsExactly(IncidentEventKind.OPENED);
        assertThat(first.disposition()).isEqualTo(Disposition.DELIVERED);
        assertThat(kinds(second)).containsExactly(IncidentEventKind.UPDATED);
        assertThat(second.disposition()).isEqualTo(Disposition.GROUPED);
        assertThat(kinds(third)).isEmpty();
        assertThat(third.open().get().incident().alertCount()).isEqualTo(3);
        assertThat(third.open().get().incident().keptAlerts()).isEqualTo(3);
    }

    @Example
    void aWorseAlertIsDeliveredAndRaisesTheIncident() {
        OpenIncident open = opened(Severity.LOW, 1_000);

        GroupingResult worse = grouping.add(Optional.of(open), notable(Severity.HIGH, 500, 1));

        assertThat(worse.disposition()).isEqualTo(Disposition.DELIVERED);
        assertThat(worse.events().get(0).incident().severity()).isEqualTo(Severity.HIGH);
        assertThat(worse.open().get().lastAlertMillis()).isEqualTo(1_000);
    }

    @Example
    void atTheGapAnAlertJoinsAndAfterItAnotherIncidentBegins() {
        OpenIncident open = opened(Severity.LOW, 1_000);

        GroupingResult within =
                grouping.add(Optional.of(open), notable(Severity.LOW, 1_000 + GAP, 1));
        GroupingResult after =
                grouping.add(Optional.of(open), notable(Severity.LOW, 1_001 + GAP, 1));

        assertThat(within.open().get().incident().incidentId())
                .isEqualTo(open.incident().incidentId());
        assertThat(kinds(after))
                .containsExactly(IncidentEventKind.CLOSED, IncidentEventKind.OPENED);
        assertThat(after.open().get().incident().incidentId())
                .isNotEqualTo(open.incident().incidentId());
    }

    @Example
    void aResolveWithoutAnIncidentOpensNone() {
        GroupingResult loose = grouping.add(Optional.empty(), resolved(1_000));
        GroupingResult afterTheGap =
                grouping.add(Optional.of(opened(Severity.LOW, 0)), resolved(GAP + 1));

        assertThat(loose.open()).isEmpty();
        assertThat(loose.events()).isEmpty();
        assertThat(kinds(afterTheGap)).containsExactly(IncidentEventKind.CLOSED);
        assertThat(afterTheGap.open()).isEmpty();
    }

    @Example
    void closingTellsTheEndAndTheCost() {
        IncidentEvent closed = grouping.close(opened(Severity.LOW, 1_000));

        assertThat(closed.incident().state()).isEqualTo(IncidentState.RESOLVED);
        assertThat(closed.incident().closedAtMillis()).isEqualTo(1_000 + GAP);
        assertThat(closed.incident().costUsd()).isEqualByComparingTo("1000");
    }

    /** A sample of 150 alerts may be 100 of weight 1.5: the incident has 150, not 200. */
    @Example
    void weightsAddUpWithoutBeingRoundedOneByOne() {
        Optional<OpenIncident> open = Optional.empty();
        for (int i = 0; i < 100; i++) {
            open = grouping.add(open, notable(Severity.LOW, i, 1.5)).open();
        }

        assertThat(open.get().incident().alertCount()).isEqualTo(150);
        assertThat(open.get().incident().keptAlerts()).isEqualTo(100);
    }

    @Property(tries = 200)
    void theEventsOfAnIncidentAreAnIntactChain(
            @ForAll @Size(min = 1, max = 40) List<@LongRange(max = 400_000) Long> times) {
        List<IncidentEvent> events = new ArrayList<>();
        Optional<OpenIncident> open = Optional.empty();
        for (long time : times.stream().sorted().toList()) {
            Severity severity = Severity.values()[(int) (time % 5)];
            GroupingResult result = grouping.add(open, notable(severity, time, 1 + time % 3));
            events.addAll(result.events());
            open = result.open();
        }
        events.add(grouping.close(open.get()));

        List<IncidentEvent> chain = new ArrayList<>();
        for (IncidentEvent event : events) {
            chain.add(event);
            if (event.kind() == IncidentEventKind.CLOSED) {
                assertThat(IncidentEventChain.verify(chain, event.head())).isEmpty();
                chain.clear();
            }
        }
        assertThat(chain).isEmpty();
    }

    private OpenIncident opened(Severity severity, long time) {
        return grouping.add(Optional.empty(), notable(severity, time, 1)).open().get();
    }

    private static List<IncidentEventKind> kinds(GroupingResult result) {
        return result.events().stream().map(IncidentEvent::kind).toList();
    }

    private static NotableAlert resolved(long time) {
        Alert alert = notable(Severity.LOW, time, 1).alert();
        return new NotableAlert(
                alert.toBuilder().status(AlertStatus.RESOLVED).build(), NotifyReason.RESOLVED, 1);
    }

    private static NotableAlert notable(Severity severity, long time, double weight) {
        return new NotableAlert(
                Alert.builder()
                        .id(new AlertId("cloudwatch", "p0", time, 0))
                        .tenant("acme")
                        .format(AlertFormat.CANONICAL)
                        .fingerprint(new Fingerprint(1, time))
                        .name("heap nearly full")
                        .service("orders")
                        .severity(severity)
                        .status(AlertStatus.FIRING)
                        .eventTimeMillis(time)
                        .originalTimeMillis(time)
                        .build(),
                NotifyReason.NEW,
                weight);
    }
}
