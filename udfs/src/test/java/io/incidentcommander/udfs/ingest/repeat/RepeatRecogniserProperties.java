// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest.repeat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.udfs.ingest.AlertDecoder;
import io.incidentcommander.udfs.ingest.DecodeOutcome;
import io.incidentcommander.udfs.ingest.VolatileFields;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/**
 * Safety: what is called a repeat decodes as it was said to. Liveness: what is a repeat is called
 * one. Over every format whose decoder is registered and of which a sample is at hand.
 */
class RepeatRecogniserProperties {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> SAMPLES = Samples.alertBearing();

    @Property(tries = 6000)
    void whatIsCalledARepeatDecodesAsWasSaid(@ForAll("samples") String sample, @ForAll long seed)
            throws IOException {
        Random random = new Random(seed);
        Mutation mutation = new Mutation(random, fieldsOf(sample));
        RawRecord learnt = Repeats.record(sample);
        RawRecord mutated = Repeats.record(mutation.ofAnything(learnt.bytes()));
        assertRepeatsHold(Repeats.recogniser(), learnt, mutated);
        assertRepeatsHold(Repeats.colliding(), mutated, learnt);
        Verdict verdict = assertRepeatsHold(Repeats.colliding(), learnt, mutated);
        Statistics.collect(verdict);
        Statistics.coverage(c -> c.check(Verdict.REPEAT).percentage(p -> p > 5));
        Statistics.coverage(c -> c.check(Verdict.UNKNOWN).percentage(p -> p > 5));
        Statistics.coverage(c -> c.check(Verdict.UNSURE).percentage(p -> p > 5));
    }

    @Property(tries = 2000)
    void aRecordThatDiffersInVolatileScalarsAloneIsRecognised(
            @ForAll("samples") String sample, @ForAll long seed) throws IOException {
        RepeatRecogniser<DecodeOutcome> recogniser = Repeats.recogniser();
        RawRecord learnt = Repeats.record(sample);
        Mutation mutation = new Mutation(new Random(seed), fieldsOf(sample));
        Repeats.learn(recogniser, learnt);
        Statistics.collect(recogniser.size());
        Statistics.coverage(c -> c.check(1).percentage(p -> p > 40));
        if (recogniser.size() == 1) {
            RawRecord repeat = Repeats.record(mutation.ofVolatileScalars(learnt.bytes()));
            assertThat(Repeats.verify(recogniser, repeat)).isEqualTo(Verdict.REPEAT);
            RawRecord next = Repeats.record(mutation.ofVolatileScalars(learnt.bytes()));
            assertThat(Repeats.verify(recogniser, next)).isEqualTo(Verdict.REPEAT);
        }
    }

    /** Which decoder is asked must not depend on a volatile value, or a repeat might change it. */
    @Property(tries = 2000)
    void detectionDoesNotLookAtVolatileValues(@ForAll("samples") String sample, @ForAll long seed)
            throws IOException {
        byte[] bytes = Repeats.record(sample).bytes();
        Mutation mutation = new Mutation(new Random(seed), fieldsOf(sample));
        JsonNode before = JSON.readTree(bytes);
        JsonNode after = JSON.readTree(mutation.ofVolatileScalars(bytes));
        for (AlertDecoder decoder : Repeats.DECODER.decoders()) {
            assertThat(decoder.recognises(after))
                    .as("%s of %s", decoder.format(), after)
                    .isEqualTo(decoder.recognises(before));
        }
    }

    @Provide
    Arbitrary<String> samples() {
        return Arbitraries.of(SAMPLES);
    }

    private static Verdict assertRepeatsHold(
            RepeatRecogniser<DecodeOutcome> recogniser, RawRecord learnt, RawRecord asked) {
        Repeats.learn(recogniser, learnt);
        Verdict first = Repeats.verify(recogniser, asked);
        // Now that it has seen a repeat it guesses where the volatile values stand.
        Repeats.verify(recogniser, learnt);
        Repeats.verify(recogniser, learnt);
        assertThat(Repeats.verify(recogniser, asked)).isEqualTo(first);
        return first;
    }

    private static VolatileFields fieldsOf(String sample) {
        return Repeats.DECODER.volatileFields(
                Repeats.decode(Repeats.record(sample)).format().orElseThrow());
    }
}
