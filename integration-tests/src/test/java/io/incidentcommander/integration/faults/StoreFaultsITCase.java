// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.embedded.EmbeddedProcess;
import io.incidentcommander.embedded.ServiceName;
import io.incidentcommander.integration.faults.Fault.Moment;
import io.incidentcommander.integration.faults.FaultyHttp.Fate;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.ingest.RawRecord;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.apache.flink.api.common.JobID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Real stores behind bad roads: slow, failing, partly failing, gone for a while. Most of the time
 * is waits between attempts, so tests run beside each other.
 */
class StoreFaultsITCase {
    private static final long SEED = 5;
    private static final int RECORDS = 1_500;
    private static final Map<String, Long> READ = Map.of(Storms.SOURCE, (long) RECORDS);
    private static final AtomicInteger NAMES = new AtomicInteger();

    @TempDir static Path directory;
    private static EmbeddedProcess services;
    private static Cluster cluster;
    private static List<RawRecord> storm;
    private static Outcome undisturbed;
    private static SortedMap<String, Long> last;

    @BeforeAll
    static void start() throws Exception {
        services =
                EmbeddedProcess.start(
                        directory, Set.of(ServiceName.DYNAMODB, ServiceName.OPENSEARCH));
        cluster = Cluster.start(1, 4);
        storm = Storms.records(SEED, RECORDS, 2);
        try (Observation seen = new Observation()) {
            undisturbed = Outcome.of(cluster, job(), seen).accountsFor(READ);
            last = new TreeMap<>();
            for (IncidentEvent event : seen.incidents().events()) {
                last.merge(event.incidentId(), event.sequence(), Math::max);
            }
        }
        assertThat(undisturbed.events()).hasSizeGreaterThan(50);
    }

    @AfterAll
    static void stop() throws Exception {
        cluster.close();
        services.close();
    }

    @ParameterizedTest(name = "seed {0}")
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(longs = {1, 2})
    void storesThatFailInPartLoseAndDoubleNothing(long seed) throws Exception {
        Fault[] kills = {
            Fault.taskFails(Moment.AFTER_CHECKPOINT, 2),
            Fault.taskFails(Moment.DURING_CHECKPOINT, 5)
        };
        List<Fate> ofDynamoDb = StoreFates.dynamoDb();
        List<Fate> ofOpenSearch = StoreFates.openSearch();
        run(
                StoreFates.someOf(seed, 4, ofDynamoDb),
                StoreFates.someOf(seed + 1, 4, ofOpenSearch),
                new Least(ofDynamoDb.size(), ofOpenSearch.size()),
                kills);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void slowStoresOnlyTakeLonger() throws Exception {
        Fate slow = StoreFates.slow();
        run(request -> slow, request -> slow, new Least(1, 1));
    }

    /** How many requests met a fault, or else the test says nothing. */
    private record Least(int ofDynamoDb, int ofOpenSearch) {}

    private static void run(
            IntFunction<Fate> ofDynamoDb,
            IntFunction<Fate> ofOpenSearch,
            Least faults,
            Fault... kills)
            throws Exception {
        Stores stores = stores();
        try (FaultyHttp dynamoDb = FaultyHttp.before(dynamoDb(), ofDynamoDb);
                FaultyHttp openSearch = FaultyHttp.before(openSearch(), ofOpenSearch);
                Observation seen = new Observation(kills)) {
            Outcome outcome =
                    Outcome.of(
                            cluster,
                            job().sinks(o -> stores.sinks(o, dynamoDb.url(), openSearch.url())),
                            seen);

            assertThat(outcome.ledger()).isEqualTo(undisturbed.ledger());
            assertThat(dynamoDb.faults()).isGreaterThan(dynamoDb.requests() / 4);
            assertThat(dynamoDb.faults()).isGreaterThanOrEqualTo(faults.ofDynamoDb);
            assertThat(openSearch.faults()).isGreaterThanOrEqualTo(faults.ofOpenSearch);
            assertThatNothingIsLostOrDoubled(stores);
        }
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void whileTheStoresAreGoneCheckpointsGoOnAndAfterwardsNothingIsMissing() throws Exception {
        Stores stores = stores();
        AtomicBoolean gone = new AtomicBoolean(true);
        IntFunction<Fate> fates = request -> gone.get() ? Fate.REFUSED : Fate.FINE;
        Gate end = new Gate();
        ScriptedSource.Script script = ScriptedSource.script().emit(storm).await(end);
        try (FaultyHttp dynamoDb = FaultyHttp.before(dynamoDb(), fates);
                FaultyHttp openSearch = FaultyHttp.before(openSearch(), fates);
                Observation seen = new Observation()) {
            JobID job = cluster.submit(live(script, stores, dynamoDb, openSearch), seen);
            seen.await(
                    "all records in a completed checkpoint while the stores are gone",
                    Duration.ofSeconds(180),
                    o ->
                            o.counts(Storms.SOURCE).recordsIn() == RECORDS
                                    && dynamoDb.faults() > 0
                                    && openSearch.faults() > 0);
            assertThat(stores.items()).isZero();
            // What is not written yet is nowhere but in the state: another job writes it.
            Path savepoint = cluster.stop(job, directory.resolve("savepoints"));
            assertThat(stores.items()).isZero();
            gone.set(false);
            end.open();
            cluster.run(live(script, stores, dynamoDb, openSearch).from(savepoint), seen);

            Outcome.of(seen).accountsFor(READ);
            Stores reference = stores();
            cluster.run(
                    options(TopologyJob.live())
                            .source(
                                    Storms.SOURCE,
                                    ScriptedSource.of(ScriptedSource.script().emit(storm)))
                            .parallelism(1)
                            .sinks(
                                    o ->
                                            reference.sinks(
                                                    o,
                                                    dynamoDb().toString(),
                                                    openSearch().toString())),
                    seen);
            assertThat(stores.documents()).isNotEmpty().isEqualTo(reference.documents());
            Set<String> incidents = reference.documents().keySet();
            assertThat(stores.events(incidents)).isEqualTo(reference.events(incidents));
            assertThat(stores.items()).isEqualTo(reference.items());
        }
    }

    private static TopologyJob live(
            ScriptedSource.Script script,
            Stores stores,
            FaultyHttp dynamoDb,
            FaultyHttp openSearch) {
        return options(TopologyJob.live())
                .source(Storms.SOURCE, ScriptedSource.of(script))
                .parallelism(1)
                .sinks(o -> stores.sinks(o, dynamoDb.url(), openSearch.url()));
    }

    private static void assertThatNothingIsLostOrDoubled(Stores stores) throws Exception {
        assertThat(stores.events(last.keySet())).isEqualTo(undisturbed.events());
        assertThat(stores.items()).isEqualTo(undisturbed.events().size() + last.size());
        assertThat(stores.documents()).isEqualTo(last);
        assertThat(stores.anchors()).isEqualTo(last);
    }

    private static TopologyJob job() {
        return options(TopologyJob.recorded())
                .source(
                        Storms.SOURCE,
                        PacedSource.byCheckpoints(ScriptedSource.of(storm), RECORDS / 10));
    }

    /** Short incidents, so that there are many. */
    private static TopologyJob options(TopologyJob job) {
        return job.option("correlation.gap", "1 s");
    }

    private static Stores stores() throws Exception {
        return Stores.create("faults-" + NAMES.incrementAndGet(), dynamoDb(), openSearch());
    }

    private static URI dynamoDb() {
        return services.endpoints().dynamoDb();
    }

    private static URI openSearch() {
        return services.endpoints().openSearch();
    }
}
