// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.state;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentcommander.integration.faults.Storms;
import io.incidentcommander.model.codec.CodecTypeInfo;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.model.ingest.RawRecord.RawRecordCodec;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;

/**
 * What a storm lacks, so that the later stages have something to keep: a cascade, a crowd,
 * flapping, a leak and a heart that beats, each begun and not ended in the middle; logs; messages
 * of control and of agents.
 */
final class Signals {
    static final String SOURCE = "signals";

    /** How many of them are in the first half, and in all. */
    static final long FIRST = count(first());

    static final long ALL = FIRST + count(second());

    /** Those of the first half come before this many seconds. */
    private static final int MIDDLE = 15;

    private static final int END = 30;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Signals() {}

    /** Held after its first half as the storm is: both have as many records. */
    static Source<RawRecord, ?, ?> source() {
        List<String> lines = new ArrayList<>();
        List<Long> times = new ArrayList<>();
        for (int half = 0; half < 2; half++) {
            int before = lines.size();
            Map<Integer, List<String>> bySecond = half == 0 ? first() : second();
            bySecond.forEach(
                    (second, messages) -> {
                        for (String message : messages) {
                            lines.add(message);
                            times.add(millis(second));
                        }
                    });
            long last = millis(half == 0 ? MIDDLE : END);
            while (lines.size() < before + GoldenSavepoint.HALF) {
                lines.add("");
                times.add(last);
            }
        }
        return source(SOURCE, lines, times);
    }

    /** Messages without a time that matters. */
    static Source<RawRecord, ?, ?> lines(String source, List<String> lines) {
        List<String> all = new ArrayList<>(lines);
        List<Long> times = new ArrayList<>();
        all.add("");
        all.forEach(line -> times.add(millis(0)));
        return source(source, all, times);
    }

    private static Map<Integer, List<String>> first() {
        Map<Integer, List<String>> lines = new TreeMap<>();
        for (int second = 0; second < MIDDLE; second++) {
            add(lines, second, alert("heart", "Beat", "firing", second));
            add(lines, second, metric(second), log(second, second < 10 ? "INFO" : "ERROR"));
            add(
                    lines,
                    second,
                    alert("door", "Open", second % 2 == 0 ? "firing" : "resolved", second));
            for (int i = 0; second >= 13 && i < 6; i++) {
                add(lines, second, alert("cart", "Crowd" + second + "-" + i, "firing", second));
            }
        }
        add(lines, 12, alert("db", "Down", "firing", 12));
        add(lines, 13, alert("web", "Slow", "firing", 13));
        return lines;
    }

    private static Map<Integer, List<String>> second() {
        Map<Integer, List<String>> lines = new TreeMap<>();
        for (int second = MIDDLE; second < END; second++) {
            add(lines, second, metric(second), log(second, "ERROR"));
            add(
                    lines,
                    second,
                    alert("door", "Open", second % 2 == 0 ? "firing" : "resolved", second));
            for (int i = 0; second < 18 && i < 6; i++) {
                add(lines, second, alert("cart", "Crowd" + second + "-" + i, "firing", second));
            }
        }
        add(lines, 16, alert("shop", "Slow", "firing", 16));
        return lines;
    }

    /** A silence that nobody needs, and a call. */
    static List<String> controlUpdates() {
        return List.of(
                "{\"kind\":\"silence\",\"tenant\":\"default\",\"id\":\"s\",\"sequence\":1,"
                        + "\"effective_at\":\""
                        + time(1)
                        + "\",\"author\":\"ann\",\"body\":{\"id\":\"s\",\"matchers\":"
                        + "[\"service=nobody\"],\"starts_at\":\""
                        + time(0)
                        + "\",\"ends_at\":\""
                        + time(3_600)
                        + "\",\"owner\":\"ann\",\"reason\":\"drill\"}}",
                "{\"kind\":\"document\",\"tenant\":\"default\",\"id\":\"d.yaml\",\"sequence\":1,"
                        + "\"effective_at\":\""
                        + time(1)
                        + "\",\"author\":\"ann\",\"body\":{\"topology\":{\"app\":[\"shop\"]}}}");
    }

    /** One that takes part from elsewhere. The key is that of RFC 8032, 7.1, test 1. */
    static String agent() {
        return "{\"type\":\"incident-commander/agent\",\"version\":1,\"tenant\":\"default\","
                + "\"agent\":\"prediction/external\",\"role\":\"prediction\",\"family\":\"arima\","
                + "\"key_epoch\":1,\"public_key\":"
                + "\"d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a\","
                + "\"revoked_up_to\":0}";
    }

    /** The first candidate of each was right. */
    static List<String> outcomes(List<String> requests) {
        List<String> outcomes = new ArrayList<>();
        for (String request : requests) {
            JsonNode terms = json(request).get("terms");
            outcomes.add(
                    "{\"type\":\"incident-commander/outcome\",\"version\":1,\"tenant\":\""
                            + terms.get("tenant").asText()
                            + "\",\"incident_id\":\""
                            + terms.get("incident_id").asText()
                            + "\",\"attempt\":"
                            + terms.get("attempt").asInt()
                            + ",\"right\":\""
                            + terms.get("candidates").get(0).get("id").asText()
                            + "\",\"verified_at_ms\":"
                            + millis(MIDDLE)
                            + "}");
        }
        return outcomes;
    }

    private static long count(Map<Integer, List<String>> lines) {
        return lines.values().stream().mapToLong(List::size).sum();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    private static void add(Map<Integer, List<String>> lines, int second, String... messages) {
        lines.computeIfAbsent(second, s -> new ArrayList<>()).addAll(List.of(messages));
    }

    private static String alert(String service, String name, String status, int second) {
        return String.format(
                "{\"name\":\"%s\",\"service\":\"%s\",\"host\":\"h\",\"severity\":\"high\","
                        + "\"status\":\"%s\",\"time\":\"%s\"}",
                name, service, status, time(second));
    }

    /** It only rises. */
    private static String metric(int second) {
        return "{\"resourceMetrics\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\","
                + "\"value\":{\"stringValue\":\"web\"}}]},\"scopeMetrics\":[{\"metrics\":[{"
                + "\"name\":\"heap.used\",\"gauge\":{\"dataPoints\":[{\"asDouble\":"
                + (100 + 10 * second)
                + ",\"timeUnixNano\":\""
                + millis(second)
                + "000000\"}]}}]}]}]}";
    }

    private static String log(int second, String severity) {
        return "{\"resourceLogs\":[{\"resource\":{\"attributes\":[{\"key\":\"service.name\","
                + "\"value\":{\"stringValue\":\"web\"}}]},\"scopeLogs\":[{\"logRecords\":[{"
                + "\"timeUnixNano\":\""
                + millis(second)
                + "000000\",\"severityText\":\""
                + severity
                + "\",\"body\":{\"stringValue\":\"took "
                + second
                + " ms to answer\"}}]}]}]}";
    }

    private static Instant time(int second) {
        return Instant.ofEpochMilli(millis(second));
    }

    private static long millis(int second) {
        return Storms.EPOCH + 1_000L * second;
    }

    private static Source<RawRecord, ?, ?> source(
            String source, List<String> lines, List<Long> times) {
        return new DataGeneratorSource<>(
                new Lines(source, lines, times),
                lines.size(),
                CodecTypeInfo.of(new RawRecordCodec()));
    }

    /** A line each; an empty one is a heartbeat. */
    private static final class Lines implements GeneratorFunction<Long, RawRecord> {
        private static final long serialVersionUID = 1L;

        private final String source;
        private final ArrayList<String> lines;
        private final ArrayList<Long> times;

        Lines(String source, List<String> lines, List<Long> times) {
            this.source = source;
            this.lines = new ArrayList<>(lines);
            this.times = new ArrayList<>(times);
        }

        @Override
        public RawRecord map(Long index) {
            int i = Math.toIntExact(index);
            String line = lines.get(i);
            return line.isEmpty()
                    ? RawRecord.heartbeat(source, times.get(i))
                    : RawRecord.of(source, "p", index, times.get(i), line.getBytes(UTF_8));
        }
    }
}
