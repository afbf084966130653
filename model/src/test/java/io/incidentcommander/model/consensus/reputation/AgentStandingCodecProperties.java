// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.consensus.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.codec.CodecTypeInfo;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/** A standing comes back from state as it went, by the type Flink extracts. */
class AgentStandingCodecProperties {
    @Property(tries = 300)
    void standings(
            @ForAll String agent,
            @ForAll("outcomes") List<JudgedOutcome> outcomes,
            @ForAll("evidence") List<Evidence> evidence,
            @ForAll TrustPhase phase,
            @ForAll long since,
            @ForAll long until,
            @ForAll int offences)
            throws IOException {
        AgentStanding standing =
                new AgentStanding(
                        agent, outcomes, evidence, phase, since, until, since ^ until, offences);
        TypeInformation<AgentStanding> type = TypeInformation.of(AgentStanding.class);
        assertThat(type).isInstanceOf(CodecTypeInfo.class);
        TypeSerializer<AgentStanding> serializer =
                type.createSerializer(new SerializerConfigImpl());
        DataOutputSerializer out = new DataOutputSerializer(256);
        serializer.serialize(standing, out);
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        assertThat(serializer.deserialize(in)).isEqualTo(standing);
        assertThat(in.available()).isZero();
    }

    @Provide
    Arbitrary<List<JudgedOutcome>> outcomes() {
        return Combinators.combine(
                        Arbitraries.strings(),
                        Arbitraries.of(OutcomeVerdict.class),
                        Arbitraries.longs(),
                        Arbitraries.longs())
                .as(JudgedOutcome::new)
                .list()
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<List<Evidence>> evidence() {
        return Combinators.combine(
                        Arbitraries.strings(),
                        Arbitraries.strings(),
                        Arbitraries.doubles().between(0.01, 100),
                        Arbitraries.longs())
                .as(Evidence::new)
                .list()
                .ofMaxSize(8);
    }
}
