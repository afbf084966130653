// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest.repeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.incidentcommander.udfs.ingest.VolatileFields;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/** The scanner finds what a JSON reader finds, and takes whatever bytes it is given. */
class DeliveryScannerProperties {
    private static final VolatileFields FIELDS =
            VolatileFields.timedByAny(
                    List.of("time", "d/t", "j/@json/d/t"),
                    "v",
                    "d/s/t",
                    "d/v",
                    "a_longer_key",
                    "w/*",
                    "s/*",
                    "j/@json/v",
                    "j/@json/w/*",
                    "d/j/@json/t");

    private final DeliveryScanner scanner = new DeliveryScanner();
    private final VolatilePaths paths = VolatilePaths.of(FIELDS);

    @Property(tries = 3000)
    void findsTheSpansAReaderFinds(@ForAll("objects") String json) throws IOException {
        byte[] b = json.getBytes(StandardCharsets.UTF_8);
        ReferenceSpans reference = ReferenceSpans.of(b, FIELDS);
        assertThat(scanner.scan(b, paths)).isEqualTo(DeliveryScanner.Result.READ);
        Statistics.label("spans").collect(reference.spans().isEmpty() ? "none" : "some");
        Statistics.label("spans").coverage(c -> c.check("some").percentage(p -> p > 20));
        boolean within = json.contains("\\\"v\\\"") || json.contains("\\\"w\\\"");
        Statistics.label("embedded").collect(within);
        Statistics.label("embedded").coverage(c -> c.check(true).percentage(p -> p > 10));
        Statistics.label("well-formed").collect(reference.isWellFormed());
        Statistics.label("well-formed").coverage(c -> c.check(true).percentage(p -> p > 30));
        if (!reference.isWellFormed()) {
            return;
        }
        assertThat(spans()).isEqualTo(reference.spans().stream().map(Arrays::toString).toList());
        assertThat(scanner.spans().timeCount()).isEqualTo(reference.timeCount());
        for (int i = 0; i < scanner.spans().timeCount(); i++) {
            assertThat(reference.isTime(scanner.spans().ofTime(i))).isTrue();
        }
    }

    @Example
    void keysWithEscapesAndEmptyOnesAreKeysLikeOthers() throws IOException {
        for (String key : List.of("a\\\\\\\"v", "", "\\\\\\\\")) {
            String json = "{\"j\":\"{\\\"w\\\":{\\\"" + key + "\\\":\\\"12\\\"}}\"}";
            byte[] b = json.getBytes(StandardCharsets.UTF_8);
            assertThat(scanner.scan(b, paths)).isEqualTo(DeliveryScanner.Result.READ);
            List<String> expected =
                    ReferenceSpans.of(b, FIELDS).spans().stream().map(Arrays::toString).toList();
            assertThat(expected).hasSize(1);
            assertThat(spans()).as(json).isEqualTo(expected);
        }
    }

    @Property(tries = 3000)
    void takesAnyBytes(@ForAll("soup") String soup) {
        byte[] b = soup.getBytes(StandardCharsets.ISO_8859_1);
        assertThatCode(() -> scanner.scan(b, paths)).doesNotThrowAnyException();
        int before = 0;
        for (int i = 0; i < scanner.spans().count(); i++) {
            assertThat(scanner.spans().from(i)).isBetween(before, b.length);
            assertThat(scanner.spans().to(i)).isBetween(scanner.spans().from(i), b.length);
            before = scanner.spans().to(i);
        }
    }

    @Provide
    Arbitrary<String> objects() {
        return object(4);
    }

    @Provide
    Arbitrary<String> soup() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        ":",
                        ",",
                        "\"",
                        "\\",
                        "\"v\"",
                        "\"v\":1",
                        "\"j\":\"{",
                        "\\\"v\\\":\\\"",
                        "\\\"",
                        "\\\\",
                        "\\u0022",
                        "\"d\":{",
                        "\"time\":\"",
                        "1",
                        " ",
                        "Y",
                        "_",
                        "\u00fc",
                        "\u0000",
                        "aaaaaaaa")
                .list()
                .ofMaxSize(60)
                .map(parts -> "{" + String.join("", parts));
    }

    private Arbitrary<String> object(int depth) {
        Arbitrary<String> key =
                Arbitraries.of(
                        "time",
                        "v",
                        "d",
                        "j",
                        "w",
                        "s",
                        "t",
                        "d/v",
                        "a_longer_key",
                        "xa_longer_key",
                        "a\\\"v",
                        "\\\\v",
                        "other",
                        "");
        Arbitrary<String> space = Arbitraries.of("", "", "", " ", "\n\t");
        return Combinators.combine(key, space, value(depth - 1), space)
                .as((k, before, v, after) -> '"' + k + '"' + before + ':' + after + v)
                .list()
                .ofMaxSize(5)
                .map(members -> "{" + String.join(",", members) + "}");
    }

    private Arbitrary<String> value(int depth) {
        Arbitrary<String> scalar =
                Arbitraries.frequencyOf(
                        Tuple.of(
                                4,
                                Arbitraries.of(
                                                "a",
                                                "\\\"",
                                                "\\\\",
                                                ":",
                                                "{",
                                                "\\\"v\\\":1",
                                                "}",
                                                "\\u0041",
                                                "12345678")
                                        .list()
                                        .ofMaxSize(12)
                                        .map(parts -> '"' + String.join("", parts) + '"')),
                        Tuple.of(2, Arbitraries.of("0", "-1.5e3", "17", "12345678")),
                        Tuple.of(1, Arbitraries.of("true", "null", "{}", "[]")));
        if (depth == 0) {
            return scalar;
        }
        Arbitrary<String> embedded =
                Arbitraries.lazy(() -> object(depth))
                        .map(
                                json ->
                                        '"'
                                                + json.replace("\\", "\\\\")
                                                        .replace("\"", "\\\"")
                                                        .replace("\n", "\\n")
                                                        .replace("\t", "\\t")
                                                + '"');
        Arbitrary<String> array =
                Arbitraries.lazy(() -> value(depth - 1))
                        .list()
                        .ofMaxSize(3)
                        .map(elements -> "[" + String.join(" ,", elements) + "]");
        return Arbitraries.frequencyOf(
                Tuple.of(4, scalar),
                Tuple.of(2, Arbitraries.lazy(() -> object(depth))),
                Tuple.of(2, embedded),
                Tuple.of(1, array));
    }

    private List<String> spans() {
        List<String> spans = new ArrayList<>();
        for (int i = 0; i < scanner.spans().count(); i++) {
            spans.add(Arrays.toString(new int[] {scanner.spans().from(i), scanner.spans().to(i)}));
        }
        return spans;
    }
}
