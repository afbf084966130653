// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private final LedgerCounters ingest = new LedgerCounters("ingest");
    private final LedgerCounters sampling = new LedgerCounters("sampling");

    @Test
    void balancesWhateverIsStillPending() {
        ingest.add("cloudwatch", RecordOutcome.DEAD_LETTER, 1);
        ingest.add("cloudwatch", RecordOutcome.ALERT_BEARING, 4);
        ingest.addAlerts("cloudwatch", 6);
        sampling.add("cloudwatch", Disposition.DUPLICATE, 3);
        sampling.add("cloudwatch", Disposition.DELIVERED, 1);

        Ledger ledger = Ledger.empty().plus(sampling.drain()).plus(ingest.drain());

        SourceCounts counts = ledger.counts().get("cloudwatch");
        assertThat(counts.recordsIn()).isEqualTo(5);
        assertThat(counts.pending()).isEqualTo(2);
        assertThat(ledger.imbalance()).isEmpty();
        assertThat(ledger.isExact()).isTrue();
    }

    @Test
    void namesTheSourceWhoseAlertsEndTwice() {
        ingest.add("a", RecordOutcome.ALERT_BEARING, 1);
        ingest.addAlerts("a", 1);
        ingest.add("b", RecordOutcome.ALERT_BEARING, 1);
        ingest.addAlerts("b", 1);
        sampling.add("b", Disposition.DUPLICATE, 2);

        Ledger ledger = Ledger.empty().plus(ingest.drain()).plus(sampling.drain());

        assertThat(ledger.isExact()).isFalse();
        assertThat(ledger.imbalance()).contains("b: negative pending: -1");
    }

    @Test
    void alertsDoNotComeFromNowhere() {
        ingest.add("a", RecordOutcome.ECHO, 1);
        ingest.addAlerts("a", 1);

        assertThat(Ledger.empty().plus(ingest.drain()).imbalance())
                .contains("a: 1 alerts from 0 alert-bearing records");
    }

    @Test
    void alertBearingRecordsBearAlerts() {
        ingest.add("a", RecordOutcome.ALERT_BEARING, 2);
        ingest.addAlerts("a", 1);

        assertThat(Ledger.empty().plus(ingest.drain()).imbalance())
                .contains("a: 1 alerts from 2 alert-bearing records");
    }

    @Test
    void isHeldAgainstWhatTheSourcesHandedOver() {
        ingest.add("a", RecordOutcome.ECHO, 2);
        Ledger ledger = Ledger.empty().plus(ingest.drain());

        assertThat(ledger.imbalanceAgainst(Map.of("a", 2L))).isEmpty();
        assertThat(ledger.imbalanceAgainst(Map.of("a", 3L)))
                .contains("a: 3 records read, 2 accounted for");
        assertThat(ledger.imbalanceAgainst(Map.of()))
                .contains("a: 0 records read, 2 accounted for");
        assertThat(ledger.imbalanceAgainst(Map.of("a", 2L, "b", 1L)))
                .contains("b: 1 records read, 0 accounted for");
    }

    @Test
    void theOrderOfDeltasDoesNotMatter() {
        ingest.add("a", RecordOutcome.ECHO, 2);
        LedgerDelta one = ingest.drain();
        ingest.add("a", RecordOutcome.TELEMETRY, 5);
        ingest.add("b", RecordOutcome.TELEMETRY, 1);
        LedgerDelta other = ingest.drain();

        assertThat(Ledger.empty().plus(one).plus(other))
                .isEqualTo(Ledger.empty().plus(other).plus(one));
    }

    @Test
    void drainingSetsEveryCounterToZeroAndLeavesTheDeltaAlone() {
        ingest.add("a", RecordOutcome.ECHO, 2);
        assertThat(ingest.isEmpty()).isFalse();

        LedgerDelta first = ingest.drain();
        assertThat(ingest.isEmpty()).isTrue();
        ingest.add("a", RecordOutcome.ECHO, 3);
        LedgerDelta second = ingest.drain();

        assertThat(first.counts().get("a").records(RecordOutcome.ECHO)).isEqualTo(2);
        assertThat(second.counts().get("a").records(RecordOutcome.ECHO)).isEqualTo(3);
    }

    @Test
    void sourcesAreToldApartByContentNotByIdentity() {
        ingest.add("a", RecordOutcome.ECHO, 1);
        ingest.add("b", RecordOutcome.ECHO, 1);
        ingest.add(String.valueOf(new char[] {'a'}), RecordOutcome.ECHO, 1);
        ingest.add("", RecordOutcome.ECHO, 1);

        assertThat(ingest.drain().counts().get("a").records(RecordOutcome.ECHO)).isEqualTo(2);
    }

    @Test
    void pendingIsNotCountedButLeftOver() {
        assertThatThrownBy(() -> ingest.add("a", Disposition.PENDING, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rendersAsLedgerJson() {
        ingest.add("cloudwatch", RecordOutcome.DEAD_LETTER, 1);
        ingest.add("cloudwatch", RecordOutcome.ALERT_BEARING, 2);
        ingest.addAlerts("cloudwatch", 3);
        ingest.add("cloudwatch", Disposition.SAMPLED_OUT, 1);

        assertThat(new String(AuditJson.of(Ledger.empty().plus(ingest.drain())), UTF_8))
                .isEqualTo(
                        "{\"cloudwatch\":{\"in\":3,\"dead_letter\":1,\"echo\":0,"
                                + "\"not_an_alert\":0,\"telemetry\":0,\"alert_bearing\":2,"
                                + "\"alerts\":3,\"delivered\":0,\"duplicate\":0,\"grouped\":0,"
                                + "\"inhibited\":0,\"silenced\":0,\"sampled_out\":1,\"late\":0,"
                                + "\"pending\":2}}");
    }
}
