// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.benchmarks;

import io.incidentcommander.benchmarks.audit.AppendBench;
import io.incidentcommander.benchmarks.communication.HangingSlackBench;
import io.incidentcommander.benchmarks.diagnosis.MemoryBench;
import io.incidentcommander.benchmarks.resolution.EmergencyStopBench;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * {@code ./commander bench [NAME]}: the benchmarks whose class or method contains NAME, quickly,
 * and how they compare with their references. Progress goes to standard error, the table to
 * standard output. {@code Memory}, {@code Append}, {@code HangingSlack} and {@code EmergencyStop}
 * are no micro benchmarks, and run only when they are named in full.
 */
public final class BenchCommand {
    private static final String THOROUGH = "--thorough";

    private BenchCommand() {}

    public static void main(String[] args) throws Exception {
        boolean thorough = false;
        String name = "";
        for (String arg : args) {
            if (arg.equals(THOROUGH)) {
                thorough = true;
            } else if (arg.startsWith("-") || !name.isEmpty()) {
                System.err.println("Usage: ./commander bench [NAME] [" + THOROUGH + "]");
                System.exit(2);
            } else {
                name = arg;
            }
        }
        System.exit(run(name, thorough));
    }

    private static int run(String name, boolean thorough) throws Exception {
        if (name.equalsIgnoreCase(MemoryBench.NAME)) {
            return MemoryBench.run(thorough);
        }
        if (name.equalsIgnoreCase(AppendBench.NAME)) {
            return AppendBench.run(thorough);
        }
        if (name.equalsIgnoreCase(HangingSlackBench.NAME)) {
            return HangingSlackBench.run(thorough);
        }
        if (name.equalsIgnoreCase(EmergencyStopBench.NAME)) {
            return EmergencyStopBench.run(thorough);
        }
        System.err.println(
                "Measuring"
                        + (name.isEmpty() ? " all" : " what contains '" + name + "'")
                        + (thorough ? "" : ", quickly: add " + THOROUGH + " for narrower errors"));
        try {
            Collection<RunResult> results = new Runner(options(name, thorough).build()).run();
            System.out.print(new BenchTable(results).text());
            return results.isEmpty() ? 1 : 0;
        } catch (NoBenchmarksException none) {
            System.err.println("No benchmark contains '" + name + "'.");
            return 2;
        }
    }

    /** Quick: six seconds for each case, in one process of its own. */
    private static ChainedOptionsBuilder options(String name, boolean thorough) {
        ChainedOptionsBuilder options =
                new OptionsBuilder()
                        .include(Pattern.quote(name))
                        .verbosity(VerboseMode.SILENT)
                        .jvmArgsAppend("-Xmx1g", "-XX:+UseSerialGC")
                        .shouldFailOnError(true);
        if (!thorough) {
            options.forks(1)
                    .warmupIterations(3)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(3)
                    .measurementTime(new TimeValue(1, TimeUnit.SECONDS));
        }
        return options;
    }
}
