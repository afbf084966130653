// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.state;

import io.incidentcommander.datagen.ingest.GeneratorCheckpoint;
import io.incidentcommander.datagen.ingest.GeneratorSource;
import io.incidentcommander.datagen.ingest.GeneratorSplit;
import io.incidentcommander.datagen.storm.StormSpec;
import io.incidentcommander.integration.faults.Cluster;
import io.incidentcommander.integration.faults.Observation;
import io.incidentcommander.integration.faults.PacedSource;
import io.incidentcommander.integration.faults.Storms;
import io.incidentcommander.integration.faults.TopologyJob;
import io.incidentcommander.model.ingest.RawRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.connector.source.Source;

/**
 * Makes the golden savepoints of a release: {@code GoldenSavepoint <directory> [run...]}. Run once
 * per release, never again for an old one. Three of them, each with the incident events up to it:
 * one in recorded time, whose runs have one result; one of a live run, with short gaps and
 * memories; and one of a live run of all stages, with the uids of its operators and the names of
 * its states.
 */
public final class GoldenSavepoint {
    static final String EVENTS = "events.txt";
    static final String UIDS = "uids.txt";
    static final String STATES = "states.txt";
    static final long RECORDS = 3_000;
    static final long HALF = 1_500;

    private static final List<String> RUNS = List.of("recorded", "live", "whole");

    private GoldenSavepoint() {}

    public static void main(String[] args) throws Exception {
        Path directory = Path.of(args[0]).toAbsolutePath();
        Source<RawRecord, ?, ?> half = PacedSource.heldAfter(storm(), HALF);
        try (Cluster cluster = Cluster.start(1, 1)) {
            for (String run : args.length == 1 ? RUNS : List.of(args).subList(1, args.length)) {
                Path made = directory.resolve(run);
                switch (run) {
                    case "recorded" -> write(cluster, recorded(half, "hashmap"), made);
                    case "live" -> write(cluster, live(half, "hashmap"), made);
                    case "whole" -> whole(cluster, made);
                    default -> throw new IllegalArgumentException(run + " is none of " + RUNS);
                }
            }
        }
    }

    /** Twice: what agents are asked at the first time comes back in at the second. */
    private static void whole(Cluster cluster, Path directory) throws Exception {
        Path work = Files.createTempDirectory("golden-savepoint-");
        Path keys = work.resolve("keys");
        write(
                cluster,
                WholeTopology.of(keys, List.of()).job("hashmap", HALF),
                work.resolve("rehearsal"));
        TopologyJob whole = WholeTopology.of(keys, WholeTopology.asked()).job("hashmap", HALF);
        write(cluster, whole, directory);
        List<String> uids = WholeTopology.uids(whole);
        Files.write(directory.resolve(UIDS), uids);
        Files.write(
                directory.resolve(STATES),
                SavedState.read(GoldenSavepointITCase.savepoint(directory), uids).keySet());
        delete(work);
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void write(Cluster cluster, TopologyJob topology, Path directory)
            throws Exception {
        delete(directory);
        Files.createDirectories(directory);
        try (Observation seen = new Observation()) {
            JobID job = cluster.submit(topology, seen);
            seen.await(
                    "half of the input in a checkpoint",
                    Duration.ofMinutes(5),
                    o ->
                            o.counts(Storms.SOURCE).recordsIn() >= HALF
                                    && (!topology.has(Signals.SOURCE)
                                            || o.counts(Signals.SOURCE).recordsIn()
                                                    == Signals.FIRST));
            cluster.stop(job, directory);
            List<String> lines = new ArrayList<>();
            seen.incidents().hashes().forEach((id, hash) -> lines.add(id + " " + hash));
            Files.write(directory.resolve(EVENTS), lines);
        }
    }

    static TopologyJob recorded(Source<RawRecord, ?, ?> source, String backend) {
        return options(TopologyJob.recorded(), source, backend);
    }

    static TopologyJob live(Source<RawRecord, ?, ?> source, String backend) {
        return options(TopologyJob.live(), source, backend);
    }

    private static TopologyJob options(
            TopologyJob job, Source<RawRecord, ?, ?> source, String backend) {
        return job.withoutFaults()
                .source(Storms.SOURCE, source)
                .parallelism(1)
                .backend(backend)
                .option("correlation.gap", "2 s")
                .option("sampling.dedup.quiet", "4 s")
                .option("sampling.late-memory", "3 s");
    }

    static Source<RawRecord, GeneratorSplit, GeneratorCheckpoint> storm() {
        return GeneratorSource.builder(
                        StormSpec.canonicalOnly(350).toBuilder()
                                .seed(11)
                                .fingerprints(200)
                                .services(20)
                                .hosts(50)
                                .build())
                .sourceId(Storms.SOURCE)
                .rate(100)
                .records(RECORDS)
                .inVirtualTime(Storms.EPOCH)
                .build();
    }
}
