// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.integration.faults.Fault.Moment;
import io.incidentcommander.integration.faults.WatchedSinks.Watch;
import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.audit.RecordOutcome;
import io.incidentcommander.model.ingest.DeadLetter;
import io.incidentcommander.model.ingest.RawRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a source may do to the job: poison in the middle, repetitions, disorder. */
class SourceFaultsITCase {
    private static final long SEED = 11;
    private static final int RECORDS = 4_000;
    private static final int DISORDER_MILLIS = 240;
    private static final long REPEATED_AFTER_MILLIS = 5_000;

    private static Cluster cluster;
    private static List<RawRecord> storm;
    private static Outcome undisturbed;

    @BeforeAll
    static void start() throws Exception {
        cluster = Cluster.start(1, 2);
        storm = Storms.records(SEED, RECORDS, 2);
        undisturbed = run(TopologyJob.recorded(), storm);
        undisturbed.accountsFor(Map.of(Storms.SOURCE, (long) RECORDS));
        assertThat(undisturbed.events()).hasSizeGreaterThan(50);
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
    }

    @Test
    void poisonInTheMiddleBecomesDeadLettersAndNothingElseChanges() throws Exception {
        List<RawRecord> poison = Poison.records(Storms.SOURCE, "p1", Storms.EPOCH + 20_000);
        List<RawRecord> records = new ArrayList<>(storm);
        records.addAll(RECORDS / 2, poison);
        Fault[] faults = {
            Fault.taskFails(Moment.RECORD, RECORDS / 2 + 5),
            Fault.taskFails(Moment.BEFORE_CHECKPOINT, 2)
        };
        try (Observation seen = new Observation(faults)) {
            Outcome outcome = Outcome.of(cluster, job(TopologyJob.recorded(), records), seen);

            outcome.accountsFor(Map.of(Storms.SOURCE, (long) records.size()));
            assertThat(outcome.events()).as("seed %d", SEED).isEqualTo(undisturbed.events());
            assertThat(dead(outcome)).isEqualTo(dead(undisturbed) + poison.size());
            Map<Long, DeadLetter> letters =
                    seen.deadLetters().stream()
                            .filter(l -> l.offset() >= Poison.FIRST_OFFSET)
                            .collect(Collectors.toMap(DeadLetter::offset, l -> l, (a, b) -> a));
            assertThat(letters).hasSameSizeAs(poison);
            assertThat(letters.values())
                    .allMatch(l -> !l.reason().isBlank())
                    .allMatch(l -> l.head().length <= DeadLetter.HEAD_BYTES);
        }
    }

    @ParameterizedTest(name = "shuffle {0}")
    @ValueSource(longs = {1, 2})
    void aRecordingInAnyOrderIsTheSameStory(long shuffle) throws Exception {
        List<RawRecord> shuffled = new ArrayList<>(storm);
        Collections.shuffle(shuffled, new Random(shuffle));

        assertThat(run(TopologyJob.recorded(), shuffled))
                .as("seed %d, shuffle %d", SEED, shuffle)
                .isEqualTo(undisturbed);
    }

    @Test
    void disorderThatIsAllowedForChangesNothingLive() throws Exception {
        Outcome inOrder = run(TopologyJob.live(), storm);
        Random random = new Random(SEED);
        List<RawRecord> delayed = new ArrayList<>();
        for (RawRecord r : storm) {
            long arrival = r.arrivalMillis() + random.nextInt(DISORDER_MILLIS);
            delayed.add(RawRecord.of(r.source(), r.partition(), r.offset(), arrival, r.bytes()));
        }
        delayed.sort(Comparator.comparingLong(RawRecord::arrivalMillis));
        assertThat(delayed.stream().map(RawRecord::offset).toList())
                .isNotEqualTo(storm.stream().map(RawRecord::offset).toList());

        Watch watch = Watch.only();
        TopologyJob watched = TopologyJob.live().sinks(o -> WatchedSinks.of(o, watch));
        assertThat(run(watched, delayed)).as("seed %d", SEED).isEqualTo(inOrder);
        assertThat(watch.late()).as("seed %d: behind the watermark", SEED).isEmpty();
    }

    @ParameterizedTest(name = "live {0}")
    @ValueSource(booleans = {false, true})
    void whatIsDeliveredTwiceIsCountedTwiceAndToldOnce(boolean live) throws Exception {
        Outcome once = live ? run(TopologyJob.live(), storm) : undisturbed;
        Random random = new Random(SEED);
        List<RawRecord> twice = new ArrayList<>();
        int repeated = 0;
        for (RawRecord record : storm) {
            twice.add(record);
            if (random.nextInt(3) == 0) {
                // As an acknowledgement that was lost makes it: at once, under another offset.
                twice.add(
                        RawRecord.of(
                                record.source(),
                                record.partition(),
                                Poison.FIRST_OFFSET + repeated++,
                                record.arrivalMillis(),
                                record.bytes()));
            }
        }

        Outcome outcome = run(live ? TopologyJob.live() : TopologyJob.recorded(), twice);

        outcome.accountsFor(Map.of(Storms.SOURCE, (long) twice.size()));
        long more = outcome.counts(Storms.SOURCE).alerts() - once.counts(Storms.SOURCE).alerts();
        assertThat(more).isGreaterThan(repeated / 2);
        assertThat(count(outcome, Disposition.DUPLICATE))
                .isEqualTo(count(once, Disposition.DUPLICATE) + more);
        assertThat(outcome.events()).as("seed %d", SEED).isEqualTo(once.events());
    }

    /** As a producer that starts again from an older position makes it, slices later. */
    @ParameterizedTest(name = "live {0}")
    @ValueSource(booleans = {false, true})
    void whatIsDeliveredAgainSecondsLaterIsCountedAndToldOnce(boolean live) throws Exception {
        Outcome once = live ? run(TopologyJob.live(), storm) : undisturbed;
        List<RawRecord> again = new ArrayList<>(storm);
        int from = RECORDS / 4;
        int repeated = RECORDS / 8;
        for (int i = 0; i < repeated; i++) {
            RawRecord record = storm.get(from + i);
            again.add(
                    RawRecord.of(
                            record.source(),
                            record.partition(),
                            Poison.FIRST_OFFSET + i,
                            record.arrivalMillis() + REPEATED_AFTER_MILLIS,
                            record.bytes()));
        }
        again.sort(Comparator.comparingLong(RawRecord::arrivalMillis));

        Outcome outcome = run(live ? TopologyJob.live() : TopologyJob.recorded(), again);

        outcome.accountsFor(Map.of(Storms.SOURCE, (long) again.size()));
        long more = outcome.counts(Storms.SOURCE).alerts() - once.counts(Storms.SOURCE).alerts();
        assertThat(more).isGreaterThan(repeated / 2);
        assertThat(count(outcome, Disposition.DUPLICATE) + count(outcome, Disposition.LATE))
                .as("%s after %s", outcome.ledger(), once.ledger())
                .isEqualTo(
                        count(once, Disposition.DUPLICATE) + count(once, Disposition.LATE) + more);
        assertThat(outcome.events()).as("seed %d", SEED).isEqualTo(once.events());
    }

    private static long count(Outcome outcome, Disposition disposition) {
        return outcome.counts(Storms.SOURCE).alerts(disposition);
    }

    private static long dead(Outcome outcome) {
        return outcome.counts(Storms.SOURCE).records(RecordOutcome.DEAD_LETTER);
    }

    private static Outcome run(TopologyJob job, List<RawRecord> records) throws Exception {
        try (Observation seen = new Observation()) {
            return Outcome.of(cluster, job(job, records), seen);
        }
    }

    private static TopologyJob job(TopologyJob job, List<RawRecord> records) {
        ScriptedSource source = ScriptedSource.of(records);
        // A live job completes no checkpoint once the first of its readers has ended.
        return job.source(
                Storms.SOURCE,
                job.isLive() ? source : PacedSource.byCheckpoints(source, RECORDS / 8));
    }
}
