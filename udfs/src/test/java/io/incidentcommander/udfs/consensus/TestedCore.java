// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.consensus;

import io.incidentcommander.model.consensus.Deliberation;
import io.incidentcommander.model.consensus.Question;
import io.incidentcommander.model.consensus.SignedRecommendation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * What {@link BadNetwork} tries: the deliberator, and how its state is kept. A test breaks one of
 * it, to see that it would be noticed.
 */
class TestedCore {
    private static final Deliberation.DeliberationCodec CODEC =
            new Deliberation.DeliberationCodec();

    private final Deliberator deliberator = new Deliberator(RoundPolicy.DEFAULT);

    static TestedCore real() {
        return new TestedCore();
    }

    Step open(Question question, long now, Circumstances circumstances) {
        return deliberator.open(question, now, circumstances);
    }

    Step vote(
            Deliberation before, SignedRecommendation vote, long now, Circumstances circumstances) {
        return deliberator.vote(before, vote, now, circumstances);
    }

    Step onTime(Deliberation before, long now, Circumstances circumstances) {
        return deliberator.onTime(before, now, circumstances);
    }

    Optional<Long> wakeUpAt(Deliberation deliberation, long now) {
        return deliberator.wakeUpAt(deliberation, now);
    }

    byte[] bytes(Deliberation state) {
        try {
            DataOutputSerializer out = new DataOutputSerializer(4096);
            CODEC.write(state, out);
            return out.getCopyOfBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Deliberation read(byte[] bytes) {
        try {
            return CODEC.read(new DataInputDeserializer(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
