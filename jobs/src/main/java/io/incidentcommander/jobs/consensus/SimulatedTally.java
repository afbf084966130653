// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.consensus;

import io.incidentcommander.model.consensus.Deliberation;
import io.incidentcommander.model.consensus.Question;
import io.incidentcommander.udfs.consensus.Deliberator;
import io.incidentcommander.udfs.consensus.RoundPolicy;
import io.incidentcommander.udfs.consensus.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The real deliberator with what it keeps of one deliberation and of its agents. In a bad network
 * that is lost now and then: read back from the last snapshot, and what came since comes again.
 * {@link Invariants} hold after each step.
 */
final class SimulatedTally {
    private static final int SNAPSHOT_IN = 8;
    private static final int DEATH_IN = 12;

    private final Deliberation.DeliberationCodec codec = new Deliberation.DeliberationCodec();
    private final Deliberator deliberator = new Deliberator(RoundPolicy.DEFAULT);
    private final AgentBook book;
    private final Network network;
    private final Random random;
    private final Faults faults;
    private final Invariants invariants;
    private final List<Delivery> sinceSnapshot = new ArrayList<>();
    private Deliberation deliberation;
    private byte[] snapshot;
    private AgentBook.Memory bookThen;

    SimulatedTally(
            AgentBook book, Network network, Random random, Faults faults, Invariants invariants) {
        this.book = book;
        this.network = network;
        this.random = random;
        this.faults = faults;
        this.invariants = invariants;
    }

    Step open(Question question, long nowMillis) {
        Step step = deliberator.open(question, nowMillis, book);
        take(step);
        invariants.check(step, nowMillis);
        store();
        return step;
    }

    Step deliver(Delivery delivery) {
        Step step = step(delivery);
        take(step);
        invariants.check(step, delivery.atMillis());
        if (network == Network.BAD) {
            sinceSnapshot.add(delivery);
            if (random.nextInt(SNAPSHOT_IN) == 0) {
                store();
            } else if (random.nextInt(DEATH_IN) == 0) {
                restore();
            }
        }
        return step;
    }

    private Step step(Delivery delivery) {
        return delivery.vote().isPresent()
                ? deliberator.vote(deliberation, delivery.vote().get(), delivery.atMillis(), book)
                : deliberator.onTime(deliberation, delivery.atMillis(), book);
    }

    private void take(Step step) {
        deliberation = step.deliberation();
        step.findings().forEach(book::found);
        if (step.decision().isPresent()) {
            book.ended(deliberation.ballots());
        }
    }

    private void store() {
        try {
            DataOutputSerializer out = new DataOutputSerializer(1024);
            codec.write(deliberation, out);
            snapshot = out.getCopyOfBuffer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        bookThen = book.remember();
        sinceSnapshot.clear();
    }

    private void restore() {
        faults.addRestore();
        Deliberation before = deliberation;
        AgentBook.Memory bookBefore = book.remember();
        try {
            deliberation = codec.read(new DataInputDeserializer(snapshot));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        book.recall(bookThen);
        for (Delivery again : sinceSnapshot) {
            Step step = step(again);
            take(step);
            invariants.checkAgain(step);
        }
        invariants.checkRestored(before.equals(deliberation) && bookBefore.equals(book.remember()));
    }

    Optional<Long> wakeUpAt(long nowMillis) {
        return deliberator.wakeUpAt(deliberation, nowMillis);
    }

    Deliberation deliberation() {
        return deliberation;
    }
}
