// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.ChainReport;
import io.incidentcommander.model.audit.ChainReport.Outcome;
import io.incidentcommander.model.audit.ChainWatch;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.udfs.audit.ChainCopy;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TableInspectorTest {
    private static final List<IncidentEvent> EVENTS = Chains.of("aa", 6);
    private static final List<IncidentEvent> OTHER = Chains.of("aa", "another story", 6);

    @Test
    void oneCopyThatIsBehindTheOtherIsNoFinding() {
        assertThat(mending(whole(EVENTS), whole(EVENTS.subList(0, 4))).outcome())
                .isEqualTo(Outcome.WHOLE);
        assertThat(mending(whole(EVENTS.subList(0, 4)), whole(EVENTS)).outcome())
                .isEqualTo(Outcome.WHOLE);
        assertThat(mending(empty(), whole(EVENTS)).outcome()).isEqualTo(Outcome.WHOLE);
    }

    @Test
    void whatIsBrokenIsMendedFromTheOtherCopyIfItMayBe() {
        Chains.InMemory gap = gap();
        assertThat(looking(gap, whole(EVENTS)).outcome()).isEqualTo(Outcome.BROKEN);

        ChainReport report = mending(gap, whole(EVENTS));
        assertThat(report.outcome()).isEqualTo(Outcome.MENDED);
        assertThat(report.findings().get(0)).contains("GAP at 3");
        assertThat(gap.read("aa").events()).isEqualTo(EVENTS);
    }

    @Test
    void whatCannotBeMendedIsBroken() {
        ChainReport lost = mending(gap(), gap());
        assertThat(lost.outcome()).isEqualTo(Outcome.BROKEN);
        assertThat(lost.findings()).anyMatch(line -> line.startsWith("replica: GAP at 3"));

        ChainReport stories = mending(whole(EVENTS), whole(OTHER));
        assertThat(stories.outcome()).isEqualTo(Outcome.BROKEN);
        assertThat(stories.findings().get(0)).contains("different stories");
    }

    @Test
    void aHistoryThatTheJobDidNotWriteIsFoundWithoutAnyCopy() {
        ChainReport report =
                TableInspector.looking(whole(OTHER), Optional.empty(), List.of())
                        .inspect(watch(EVENTS.get(4).head()));

        assertThat(report.outcome()).isEqualTo(Outcome.BROKEN);
        assertThat(report.findings().get(0))
                .contains("CONTRADICTS_ANCHOR at 5: the job wrote " + EVENTS.get(4).hash());
    }

    @Test
    void whatTheJobWroteLongAgoHasToBeThere() {
        ChainWatch third = new ChainWatch("acme", "aa", EVENTS.get(5).head(), 0, 3, 0);
        AtomicLong nanos = new AtomicLong();
        TableInspector alone =
                TableInspector.looking(whole(EVENTS.subList(0, 4)), Optional.empty(), List.of())
                        .by(nanos::get);
        Chains.InMemory gone = empty();
        TableInspector mending =
                TableInspector.mending(gone, Optional.of(whole(EVENTS)), List.of()).by(nanos::get);

        // A job that catches up comes to the third look before its checkpoint is complete.
        assertThat(alone.inspect(third).outcome()).isEqualTo(Outcome.WHOLE);
        assertThat(mending.inspect(third).outcome()).isEqualTo(Outcome.WHOLE);
        nanos.addAndGet(Duration.ofMinutes(10).toNanos() - 1);
        assertThat(alone.inspect(third).outcome()).isEqualTo(Outcome.WHOLE);

        nanos.addAndGet(1);
        ChainReport report = alone.inspect(third);
        assertThat(report.outcome()).isEqualTo(Outcome.BROKEN);
        assertThat(report.findings())
                .containsExactly("CUT_OFF at 5: the job wrote events up to 6, here they end at 4");
        assertThat(mending.inspect(third).outcome()).isEqualTo(Outcome.MENDED);
        assertThat(gone.read("aa").events()).isEqualTo(EVENTS);
    }

    @Test
    void whatCameAfterAllIsNotMissedAnyLonger() throws Exception {
        AtomicLong nanos = new AtomicLong();
        Iterator<List<IncidentEvent>> stored =
                List.of(EVENTS.subList(0, 4), EVENTS, EVENTS.subList(0, 4)).iterator();
        ChainStore store =
                new Reading(
                        () -> {
                            List<IncidentEvent> events = stored.next();
                            return new ChainCopy(events, Chains.head(events), List.of());
                        });
        TableInspector inspector =
                TableInspector.looking(store, Optional.empty(), List.of()).by(nanos::get);
        ChainWatch third = new ChainWatch("acme", "aa", EVENTS.get(5).head(), 0, 3, 0);
        for (int look = 0; look < 3; look++) {
            assertThat(inspector.inspect(third).outcome()).isEqualTo(Outcome.WHOLE);
            nanos.addAndGet(Duration.ofMinutes(9).toNanos());
        }
    }

    @Test
    void whatIsInTheMiddleOfBeingWrittenIsLookedAtAgain() {
        Iterator<ChainCopy> reads =
                List.of(
                                new ChainCopy(EVENTS, Optional.of(EVENTS.get(4).head()), List.of()),
                                new ChainCopy(EVENTS, Chains.head(EVENTS), List.of()))
                        .iterator();
        ChainStore moving = new Reading(reads::next);

        assertThat(
                        TableInspector.looking(moving, Optional.empty(), List.of())
                                .inspect(watch(EVENTS.get(5).head()))
                                .outcome())
                .isEqualTo(Outcome.WHOLE);
    }

    @Test
    void aStoreThatDoesNotAnswerSaysNothingOfTheChain() {
        List<String> closed = new ArrayList<>();
        ChainStore away =
                new Reading(
                        () -> {
                            throw new IOException("refused");
                        });
        TableInspector inspector =
                TableInspector.looking(away, Optional.empty(), List.of(() -> closed.add("it")));

        ChainReport report = inspector.inspect(watch(EVENTS.get(5).head()));

        assertThat(report.outcome()).isEqualTo(Outcome.UNREACHABLE);
        assertThat(report.findings().get(0)).contains("refused");
        inspector.close();
        assertThat(closed).hasSize(1);
    }

    private static ChainReport mending(ChainStore primary, ChainStore replica) {
        return TableInspector.mending(primary, Optional.of(replica), List.of())
                .inspect(watch(EVENTS.get(5).head()));
    }

    private static ChainReport looking(ChainStore primary, ChainStore replica) {
        return TableInspector.looking(primary, Optional.of(replica), List.of())
                .inspect(watch(EVENTS.get(5).head()));
    }

    private static ChainWatch watch(ChainHead head) {
        return new ChainWatch("acme", "aa", head, 0, 1, 0);
    }

    private static Chains.InMemory whole(List<IncidentEvent> events) {
        return new Chains.InMemory(events, Chains.head(events));
    }

    private static Chains.InMemory empty() {
        return new Chains.InMemory(List.of(), Optional.empty());
    }

    private static Chains.InMemory gap() {
        List<IncidentEvent> events = new ArrayList<>(EVENTS);
        events.remove(2);
        return new Chains.InMemory(events, Chains.head(EVENTS));
    }

    /** Gives what it is told to. */
    private static final class Reading implements ChainStore {
        private final Read read;

        private Reading(Read read) {
            this.read = read;
        }

        @Override
        public ChainCopy read(String incidentId) throws IOException {
            return read.next();
        }

        @Override
        public int mend(List<IncidentEvent> chain) {
            throw new AssertionError("only looks");
        }

        @Override
        public String label() {
            return "memory";
        }

        private interface Read {
            ChainCopy next() throws IOException;
        }
    }
}
