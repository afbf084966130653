// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.incidentcommander.model.codec.Codec;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.lifecycle.Incident;
import java.io.IOException;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

class AuditCodecProperties {
    @Property
    void incidentsSurviveTheirCodec(@ForAll("incidents") Incident incident) throws IOException {
        assertThat(roundTrip(new Incident.IncidentCodec(), incident)).isEqualTo(incident);
    }

    @Property
    void eventsSurviveTheirCodec(@ForAll("events") IncidentEvent event) throws IOException {
        IncidentEvent read = roundTrip(new IncidentEvent.IncidentEventCodec(), event);

        assertThat(read).isEqualTo(event);
        assertThat(read.canonical()).isEqualTo(event.canonical());
        assertThat(read.contentHash()).isEqualTo(event.hash());
    }

    @Property
    void truncatedEventsAreRefusedWithAnIoException(
            @ForAll("events") IncidentEvent event, @ForAll int cut) {
        byte[] bytes = event.canonical();
        byte[] shorter = Arrays.copyOf(bytes, Math.floorMod(cut, bytes.length));

        assertThatThrownBy(() -> IncidentEvent.stored(shorter, event.hash()))
                .isInstanceOf(IOException.class);
    }

    @Property
    void arbitraryBytesAreRefusedWithAnIoException(@ForAll byte[] bytes) {
        assertThatThrownBy(() -> IncidentEvent.stored(bytes, ChainHead.GENESIS_HASH))
                .isInstanceOf(IOException.class);
    }

    @Property
    void headsSurviveTheirCodec(@ForAll("events") IncidentEvent event) throws IOException {
        assertThat(roundTrip(new ChainHead.ChainHeadCodec(), event.head())).isEqualTo(event.head());
    }

    @Property
    void watchesAndReportsSurviveTheirCodecs(
            @ForAll("events") IncidentEvent event,
            @ForAll ChainReport.Outcome outcome,
            @ForAll int looks,
            @ForAll long lookedAt)
            throws IOException {
        ChainWatch watch =
                new ChainWatch(
                        event.tenant(),
                        event.incidentId(),
                        event.head(),
                        event.eventTimeMillis(),
                        looks,
                        lookedAt);
        ChainReport report =
                new ChainReport(
                        watch, outcome, java.util.Collections.nCopies(looks & 3, event.cause()));

        assertThat(roundTrip(new ChainWatch.ChainWatchCodec(), watch)).isEqualTo(watch);
        assertThat(roundTrip(new ChainReport.ChainReportCodec(), report)).isEqualTo(report);
    }

    @Property
    void fatesSurviveTheirCodec(@ForAll("fates") AlertFate fate) throws IOException {
        assertThat(roundTrip(new AlertFate.AlertFateCodec(), fate)).isEqualTo(fate);
    }

    @Property
    void deltasAndLedgersSurviveTheirCodecs(@ForAll("deltas") LedgerDelta delta)
            throws IOException {
        Ledger ledger = Ledger.empty().plus(delta).plus(delta);

        assertThat(roundTrip(new LedgerDelta.LedgerDeltaCodec(), delta)).isEqualTo(delta);
        assertThat(roundTrip(new Ledger.LedgerCodec(), ledger)).isEqualTo(ledger);
    }

    @Provide
    Arbitrary<Incident> incidents() {
        return AuditSamples.incidents();
    }

    @Provide
    Arbitrary<IncidentEvent> events() {
        return AuditSamples.events();
    }

    @Provide
    Arbitrary<AlertFate> fates() {
        Arbitrary<AlertFate> plain =
                Combinators.combine(
                                AuditSamples.alertIds(),
                                Arbitraries.of(Disposition.class),
                                AuditSamples.texts(),
                                AuditSamples.texts())
                        .as(AlertFate::of);
        Arbitrary<AlertId> representatives = AuditSamples.alertIds();
        Arbitrary<AlertFate> represented =
                Combinators.combine(plain, representatives).as(AlertFate::representedBy);
        Arbitrary<AlertFate> grouped =
                Combinators.combine(Arbitraries.oneOf(plain, represented), AuditSamples.texts())
                        .as(AlertFate::inIncident);
        Arbitrary<AlertFate> saying =
                Combinators.combine(grouped, AuditSamples.texts()).as(AlertFate::saying);
        return Arbitraries.oneOf(plain, represented, grouped, saying);
    }

    @Provide
    Arbitrary<LedgerDelta> deltas() {
        return Combinators.combine(
                        AuditSamples.texts(),
                        AuditSamples.texts(),
                        Arbitraries.of(RecordOutcome.class),
                        Arbitraries.of(Disposition.class).filter(d -> d != Disposition.PENDING),
                        Arbitraries.longs().between(-1000, 1000))
                .as(
                        (stage, source, outcome, disposition, n) -> {
                            LedgerCounters counters = new LedgerCounters(stage);
                            counters.add(source, outcome, n);
                            counters.add(source + "2", disposition, n + 1);
                            counters.addAlerts(source, n + 2);
                            return counters.drain();
                        });
    }

    private static <T> T roundTrip(Codec<T> codec, T value) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        codec.write(value, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        T read = codec.read(in);
        assertThat(in.available()).isZero();
        return read;
    }
}
