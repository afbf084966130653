// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.diagnosis.logs.LogSlice;
import io.incidentcommander.model.diagnosis.logs.LogTemplate;
import io.incidentcommander.model.diagnosis.logs.LogWindow;
import io.incidentcommander.model.ingest.LogRecord;
import io.incidentcommander.model.ingest.Severity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateMinerTest {
    private static final long T0 = LogLines.T0;
    private static final LogPolicy SMALL = LogPolicy.defaults().withRoom(8, 6);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "took 15 ms for order 4711|took <*> ms for order <*>",
                "connect to 10.0.0.1:5432 failed|connect to <*> failed",
                "pool-3-thread-7 died|pool-<*>-thread-<*> died",
                "at 2026-11-21T16:50:15.123Z|at <*>",
                "user=42 id=7b0f7d4e-9a3c-4f0e-b1d2-aaaaaaaaaaaa|user=<*> id=<*>",
                "request deadbeefcafe00112233445566 done|request <*> done",
                "HTTP/1.1 GET /orders/17/items|HTTP/<*> GET /orders/<*>/items",
            })
    void masksWhatVaries(String text, String signature) {
        assertThat(LogTokens.signature(text)).isEqualTo(signature);
    }

    @Test
    void onlyTheFirstLineOfAStackTraceCounts() {
        assertThat(LogTokens.signature("\n boom at X\n\tat a.B.c(D.java:12)"))
                .isEqualTo("boom at X");
    }

    @Test
    void entriesThatDifferInAWordShareATemplate() {
        LogWindow window =
                mined(
                        LogPolicy.defaults(),
                        LogLines.entry(1, Severity.HIGH, T0, "login of alice to shop failed"),
                        LogLines.entry(2, Severity.HIGH, T0, "login of bob to shop failed"),
                        LogLines.entry(3, Severity.INFO, T0, "login of carol to shop failed"));

        assertThat(window.templates())
                .extracting(LogTemplate::text)
                .containsExactlyInAnyOrder(
                        "login of <*> to shop failed", "login of carol to shop failed");
    }

    @Test
    void wordsOfOppositeMeaningStayApartByTheirSeverityAndShortOnesByTheirSimilarity() {
        LogWindow window =
                mined(
                        LogPolicy.defaults(),
                        LogLines.entry(1, Severity.HIGH, T0, "connection pool exhausted"),
                        LogLines.entry(2, Severity.INFO, T0, "connection pool restored"),
                        LogLines.entry(3, Severity.HIGH, T0, "connection refused"),
                        LogLines.entry(4, Severity.HIGH, T0, "connection reset"));

        assertThat(window.templates()).hasSize(4);
    }

    @Property(tries = 100)
    void theOrderOfArrivalAndTheDivisionOfWorkPlayNoPart(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int workers) {
        List<LogRecord> entries = entries(seed, 300);
        List<LogSlice> alone = reduced(entries, 1);
        Collections.shuffle(entries, new Random(seed + 1));

        assertThat(reduced(entries, workers)).isEqualTo(alone);
    }

    @Property(tries = 100)
    void nothingIsLostBeyondWhatIsSaid(@ForAll long seed) {
        List<LogSlice> slices = reduced(entries(seed, 300), 1);
        TemplateMiner miner = new TemplateMiner(LogWindow.empty(), SMALL.templates());
        long given = 0;
        for (LogSlice slice : slices) {
            miner.add(slice);
            given += slice.groups().stream().mapToLong(g -> g.count()).sum();
            assertThat(miner.window().templates().size()).isLessThanOrEqualTo(SMALL.templates());
        }
        LogWindow window = miner.window();
        long counted = window.templates().stream().mapToLong(t -> t.counts().total()).sum();
        assertThat(counted + window.forgotten()).isEqualTo(given);
        assertThat(window.entries()).isEqualTo(300);

        miner.forgetBefore(Long.MAX_VALUE);
        assertThat(miner.window()).isEqualTo(LogWindow.empty());
    }

    @Property(tries = 100)
    void aWindowThatWasPutAwayGoesOnAsIfItHadNot(@ForAll long seed) {
        TemplateMiner through = new TemplateMiner(LogWindow.empty(), SMALL.templates());
        LogWindow kept = LogWindow.empty();
        for (LogSlice slice : reduced(entries(seed, 300), 1)) {
            through.add(slice);
            through.forgetBefore(slice.startMillis() - 60_000);
            TemplateMiner again = new TemplateMiner(kept, SMALL.templates());
            again.add(slice);
            again.forgetBefore(slice.startMillis() - 60_000);
            kept = again.window();
        }
        assertThat(kept).isEqualTo(through.window());
    }

    private static LogWindow mined(LogPolicy policy, LogRecord... entries) {
        SliceReducer reducer = new SliceReducer(policy);
        for (LogRecord entry : entries) {
            reducer.add(entry);
        }
        TemplateMiner miner = new TemplateMiner(LogWindow.empty(), policy.templates());
        reducer.flush(miner::add);
        return miner.window();
    }

    /** Added up as the keyed stage does, parts in the order of the workers. */
    private static List<LogSlice> reduced(List<LogRecord> entries, int workers) {
        TreeMap<Long, LogSlice> slices = new TreeMap<>();
        List<SliceReducer> reducers = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            reducers.add(new SliceReducer(SMALL));
        }
        for (int i = 0; i < entries.size(); i++) {
            reducers.get(i % workers).add(entries.get(i));
            if (workers > 1 && i % 97 == 0) { // A checkpoint: parts of parts.
                reducers.forEach(r -> r.flush(part -> addTo(slices, part)));
            }
        }
        reducers.forEach(r -> r.flush(part -> addTo(slices, part)));
        return new ArrayList<>(slices.values());
    }

    private static void addTo(TreeMap<Long, LogSlice> slices, LogSlice part) {
        slices.merge(part.startMillis(), part, (a, b) -> a.plus(b, SMALL.groupsPerSlice()));
    }

    private static List<LogRecord> entries(long seed, int count) {
        Random random = new Random(seed);
        String[] verbs = {"reads", "writes", "drops", "loses", "finds"};
        String[] things = {"order", "cart", "user", "lock", "lease", "page"};
        List<LogRecord> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String text =
                    "worker "
                            + verbs[random.nextInt(verbs.length)]
                            + " "
                            + things[random.nextInt(things.length)]
                            + (random.nextBoolean() ? " slowly" : "")
                            + (random.nextInt(3) == 0 ? " again " + random.nextInt(100) : "");
            Severity severity = Severity.values()[random.nextInt(5)];
            entries.add(LogLines.entry(i, severity, T0 + random.nextInt(60_000), text));
        }
        return entries;
    }
}
