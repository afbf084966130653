// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.AuditSamples;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.correlation.OpenIncident;
import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Severity;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** What goes over the network and into state comes back equal, by the type Flink extracts. */
class SamplingCodecProperties {
    @Property(tries = 300)
    void runs(@ForAll("runs") AlertRun run) throws IOException {
        assertSurvives(run, AlertRun.class);
    }

    @Property(tries = 300)
    void notables(@ForAll("notables") NotableAlert notable) throws IOException {
        assertSurvives(notable, NotableAlert.class);
    }

    @Property(tries = 300)
    void knownAlerts(
            @ForAll AlertStatus status,
            @ForAll Severity peak,
            @ForAll long number,
            @ForAll("ids") AlertId representative)
            throws IOException {
        assertSurvives(
                new KnownAlert(
                        status,
                        peak,
                        number,
                        number ^ 1,
                        number ^ 2,
                        number ^ 3,
                        number ^ 4,
                        representative,
                        (int) number),
                KnownAlert.class);
    }

    @Property(tries = 100)
    void serviceSeconds(@ForAll("seconds") ServiceSecond second) throws IOException {
        assertSurvives(second, ServiceSecond.class);
    }

    @Property(tries = 300)
    void thresholds(@ForAll int kept, @ForAll("notables") NotableAlert last) throws IOException {
        assertSurvives(new SampleThreshold(kept), SampleThreshold.class);
        assertSurvives(
                new SampleThreshold(kept).closedAt(last.alert()).plusOne(), SampleThreshold.class);
    }

    @Property(tries = 100)
    void openIncidents(@ForAll("events") IncidentEvent event, @ForAll long number)
            throws IOException {
        assertSurvives(
                new OpenIncident(event.incident(), event.head(), number, number ^ 1, number / 3.0),
                OpenIncident.class);
    }

    @Example
    void noTypeIsLeftToAGenericSerializer() {
        for (Class<?> type :
                List.of(
                        AlertRun.class,
                        NotableAlert.class,
                        KnownAlert.class,
                        ServiceSecond.class,
                        SampleThreshold.class,
                        OpenIncident.class)) {
            assertThat(TypeInformation.of(type)).isInstanceOf(CodecTypeInfo.class);
        }
    }

    @Property(tries = 100)
    void secondsAddUpInAnyOrder(
            @ForAll("seconds") ServiceSecond one, @ForAll("seconds") ServiceSecond other) {
        ServiceSecond sum = one.plus(other);

        assertThat(sum.candidates())
                .containsExactlyInAnyOrderElementsOf(other.plus(one).candidates())
                .hasSize(one.candidates().size() + other.candidates().size());
        for (Severity severity : Severity.values()) {
            assertThat(sum.leftOut(severity))
                    .isEqualTo(one.leftOut(severity) + other.leftOut(severity))
                    .isEqualTo(other.plus(one).leftOut(severity));
        }
    }

    @Provide
    Arbitrary<AlertRun> runs() {
        return SamplingSamples.runs();
    }

    @Provide
    Arbitrary<NotableAlert> notables() {
        return SamplingSamples.notables();
    }

    @Provide
    Arbitrary<AlertId> ids() {
        return AuditSamples.alertIds();
    }

    @Provide
    Arbitrary<IncidentEvent> events() {
        return AuditSamples.events();
    }

    @Provide
    Arbitrary<ServiceSecond> seconds() {
        Arbitrary<long[]> counts =
                Arbitraries.longs()
                        .between(0, 1_000)
                        .array(long[].class)
                        .ofSize(Severity.values().length);
        return Combinators.combine(
                        AuditSamples.texts(),
                        AuditSamples.texts(),
                        Arbitraries.longs(),
                        SamplingSamples.notables().list().ofMaxSize(5),
                        counts)
                .as(ServiceSecond::new);
    }

    private static <T> void assertSurvives(T value, Class<T> type) throws IOException {
        TypeSerializer<T> serializer =
                TypeInformation.of(type).createSerializer(new SerializerConfigImpl());
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(value, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        T read = serializer.deserialize(in);
        assertThat(in.available()).isZero();
        assertThat(read).isEqualTo(value).hasSameHashCodeAs(value).hasToString(value.toString());
    }
}
