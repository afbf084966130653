// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.benchmarks;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * Processor time for each record as a table, one line for each benchmark and case, how many that
 * are in a second of one core, and its share of that of the {@link Reference} in the same case:
 * 0.25 is four times less.
 */
final class BenchTable {
    private static final double NANOS_A_SECOND = 1e9;
    private static final String LINE = "%-48s %-24s %14s %14s %14s%n";

    private final Map<String, Map<String, Double>> byCase = new TreeMap<>();

    BenchTable(Collection<RunResult> results) {
        for (RunResult result : results) {
            BenchmarkParams params = result.getParams();
            byCase.computeIfAbsent(key(params), k -> new LinkedHashMap<>())
                    .put(methodOf(params.getBenchmark()), nanosEach(result));
        }
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append(
                String.format(
                        LINE, "benchmark", "case", "cpu ns each", "a second", "of reference"));
        byCase.forEach((key, byMethod) -> append(text, key, byMethod));
        return text.toString();
    }

    private static void append(StringBuilder text, String key, Map<String, Double> byMethod) {
        String type = key.substring(0, key.indexOf('\t'));
        String label = key.substring(key.indexOf('\t') + 1);
        String reference = referenceOf(type);
        Double base = byMethod.get(reference);
        byMethod.forEach(
                (method, nanos) -> {
                    String share = base == null ? "-" : number("%.3f", nanos / base);
                    text.append(
                            String.format(
                                    LINE,
                                    type.substring(type.lastIndexOf('.') + 1) + "." + method,
                                    label,
                                    number("%,.0f", nanos),
                                    number("%,.0f", NANOS_A_SECOND / nanos),
                                    method.equals(reference) ? "reference" : share));
                });
    }

    private static double nanosEach(RunResult result) {
        return counter(result, Cost.CPU_NANOS) / counter(result, Cost.RECORDS);
    }

    private static double counter(RunResult result, String name) {
        return result.getSecondaryResults().values().stream()
                .filter(counter -> counter.getLabel().equals(name))
                .mapToDouble(Result::getScore)
                .sum();
    }

    private static String key(BenchmarkParams params) {
        StringBuilder label = new StringBuilder();
        for (String name : params.getParamsKeys()) {
            label.append(label.length() == 0 ? "" : ", ").append(params.getParam(name));
        }
        String benchmark = params.getBenchmark();
        return benchmark.substring(0, benchmark.lastIndexOf('.')) + "\t" + label;
    }

    private static String methodOf(String benchmark) {
        return benchmark.substring(benchmark.lastIndexOf('.') + 1);
    }

    private static String referenceOf(String type) {
        try {
            for (Method method : Class.forName(type).getMethods()) {
                if (method.isAnnotationPresent(Reference.class)) {
                    return method.getName();
                }
            }
            return "";
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("It has just been measured: " + type, e);
        }
    }

    private static String number(String format, double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
    }
}
