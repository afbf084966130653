// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.benchmarks.diagnosis;

import io.incidentcommander.datagen.storm.StormSpec;
import io.incidentcommander.jobs.configuration.ConfigurationLoader;
import io.incidentcommander.jobs.load.LoadDiagnosis;
import io.incidentcommander.jobs.load.LoadPlan;
import io.incidentcommander.jobs.load.LoadResult;
import io.incidentcommander.jobs.load.LoadRun;
import io.incidentcommander.jobs.load.LoadStages;
import io.incidentcommander.jobs.load.LoadTransport;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The whole topology under a paced storm, in this process, for a time: causes are looked for. */
final class JobBeside {
    private static final int RECORDS_PER_SECOND = 20_000;
    private static final Duration WARM_UP = Duration.ofSeconds(40);

    private final CompletableFuture<LoadResult> result;
    private final long warmAtNanos;

    private JobBeside(CompletableFuture<LoadResult> result) {
        this.result = result;
        this.warmAtNanos = System.nanoTime() + WARM_UP.toNanos();
    }

    /**
     * Begins it.
     *
     * @param lasting once it is warm
     * @param directory for its checkpoints
     */
    static JobBeside start(Duration lasting, Path directory) {
        LoadPlan plan =
                new LoadPlan(
                        StormSpec.builder().build(),
                        RECORDS_PER_SECOND,
                        WARM_UP,
                        lasting,
                        Duration.ZERO,
                        new ConfigurationLoader().load(),
                        LoadTransport.GENERATOR,
                        LoadDiagnosis.OFFLINE,
                        LoadStages.ALL);
        return new JobBeside(
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return new LoadRun(plan, directory, System.err::println).run();
                            } catch (Exception failure) {
                                throw new CompletionException(failure);
                            }
                        },
                        task -> new Thread(task, "job-beside").start()));
    }

    boolean isWarm() {
        return System.nanoTime() - warmAtNanos >= 0;
    }

    boolean isRunning() {
        return !result.isDone();
    }

    /** Waits for its end. */
    String result() throws IOException {
        try {
            LoadResult done = result.join();
            if (!done.ledgerExact()) {
                throw new IOException("The ledger of the job beside is not exact");
            }
            return done.json();
        } catch (CompletionException failure) {
            throw new IOException("The job beside failed", failure.getCause());
        }
    }
}
