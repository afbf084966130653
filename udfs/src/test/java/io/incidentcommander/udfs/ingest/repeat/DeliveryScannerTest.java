// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest.repeat;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.udfs.ingest.VolatileFields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryScannerTest {
    private static final VolatilePaths PATHS =
            VolatilePaths.of(
                    VolatileFields.timedBy(
                            "time",
                            "v",
                            "detail/state/timestamp",
                            "detail/state/reasonData",
                            "notes/*",
                            "message/@json/at",
                            "message/@json/list/at",
                            "message/@json/late/at",
                            "message/@json/reason"));

    private final DeliveryScanner scanner = new DeliveryScanner();

    @Test
    void findsScalarsAtVolatilePathsOnly() {
        assertThat(
                        spans(
                                "{\"time\":\"T\",\"x\":{\"time\":\"no\",\"v\":1},\"v\":12.5,\"detail\":"
                                    + "{\"time\":\"no\",\"state\":{\"timestamp\":\"S\",\"other\":2,"
                                    + "\"reasonData\":\"{\\\"time\\\":1}\"}},\"state\":"
                                    + "{\"timestamp\":\"no\"}}"))
                .containsExactly("T", "12.5", "S", "{\\\"time\\\":1}");
    }

    @Test
    void whiteSpaceMayStandAnywhere() {
        assertThat(spans(" {\r\n\t\"time\" \t:\n \"T\" , \"v\" : 1 } ")).containsExactly("T", "1");
    }

    @Test
    void elementsOfAnArrayShareItsPath() {
        assertThat(
                        spans(
                                "{\"time\":1,\"detail\":[{\"a\":[]},{\"state\":[[{\"timestamp\":2}],"
                                    + "{\"timestamp\":3}]},7,{\"state\":{\"timestamp\":4}}]}"))
                .containsExactly("1", "2", "3", "4");
    }

    @Test
    void whatOnlyLooksLikeAVolatileKeyIsNone() {
        assertThat(
                        spans(
                                "{\"time\":1,\"a\\\"v\":2,\"\\\\v\":3,\"xv\":4,\"\\u0076\":5,\"V\":6,\"v"
                                    + " \":7,\"s\":\"\\\"v\\\":8\",\"detail/state/timestamp\":9}"))
                .containsExactly("1");
    }

    @Test
    void valuesAreFoundAtEveryOffsetFromAWordOrBlock() {
        for (int pad = 0; pad < 140; pad++) {
            for (String value : new String[] {"", "7", "eight888", "\\\\", "\\\"", "a\\\""}) {
                String json =
                        "{\"p\":\""
                                + "p".repeat(pad)
                                + "\",\"v\":\""
                                + value
                                + "\",\"time\":"
                                + 1
                                + "}";
                assertThat(spans(json)).as(json).containsExactly(value, "1");
            }
        }
    }

    @Test
    void theShortestRecordsAreRead() {
        assertThat(spans("{}")).isEmpty();
        assertThat(spans("{\"v\":1}")).containsExactly("1");
        assertThat(spans("{\"v\":\"\"}")).containsExactly("");
    }

    @Test
    void theTimeIsToldApart() {
        String json = "{\"v\":\"12\",\"time\":\"345\"}";
        spans(json);
        Spans found = scanner.spans();
        assertThat(found.timeCount()).isEqualTo(1);
        int time = found.ofTime(0);
        assertThat(json.substring(found.from(time), found.to(time))).isEqualTo("345");
        spans("{\"v\":\"12\"}");
        assertThat(scanner.spans().timeCount()).isZero();
    }

    @Test
    void theDigestIgnoresVolatileValuesAlone() {
        long digest = digest("{\"time\":\"1\",\"v\":2,\"name\":\"a\"}");
        assertThat(digest("{\"time\":\"a much longer value\",\"v\":-1.5e3,\"name\":\"a\"}"))
                .isEqualTo(digest);
        assertThat(digest("{\"time\":\"1\",\"v\":2,\"name\":\"b\"}")).isNotEqualTo(digest);
        assertThat(digest("{\"time\":\"1\",\"v\":2,\"name\":\"a\"} ")).isNotEqualTo(digest);
        assertThat(digest("{\"time\":\"1\",\"v\":\"2\",\"name\":\"a\"}")).isNotEqualTo(digest);
        assertThat(digest("{\"v\":2,\"time\":\"1\",\"name\":\"a\"}")).isNotEqualTo(digest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "7",
                "\"v\"",
                "[{\"v\":1}]",
                "\uFEFF{\"v\":1}",
                "{\"v\":",
                "{\"v\"",
                "{\"v\":1",
                "{\"v\":\"1}",
                "{\"v\":1}}"
            })
    void whatIsOddIsLeftToTheReader(String json) {
        byte[] b = json.getBytes(StandardCharsets.UTF_8);
        assertThat(scanner.scan(b, PATHS)).isEqualTo(DeliveryScanner.Result.UNSURE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"v\":true}",
                "{\"v\":null}",
                "{\"v\":{}}",
                "{\"v\":[\"a\"]}",
                "{\"v\":}",
                "{\"v\":\"\\ud800\"}",
                "{\"v\":1e999}",
                "{\"detail\":[{\"state\":{\"timestamp\":[1]}}]}"
            })
    void whatIsNoSimpleScalarIsAmongTheBytesThatCount(String json) {
        assertThat(spans(json)).isEmpty();
    }

    @Test
    void anyKeyMayBeVolatile() {
        assertThat(
                        spans(
                                "{\"notes\":{\"a\":\"A\",\"\\u0062\":2,\"c\":{\"d\":3},\"\":\"E\"},"
                                        + "\"list\":[{\"notes\":{\"a\":4}}]}"))
                .containsExactly("A", "2", "E");
    }

    @Test
    void jsonWithinAStringIsLookedInto() {
        String inner =
                "{\n"
                    + " \"name\" : \"a\\\"at\\\":\\\"no\\\"\", \"at\":\"T\", \"x\":{\"at\":\"no\"},"
                    + " \"reason\": \"with \\\\ in it\", \"list\":[{\"at\":\"L\"},\"at\"],"
                    + " \"n\":null, \"late\":{\"at\":\"\"}}";
        String json = "{\"message\":" + quoted(inner) + ",\"v\":7}";
        assertThat(spans(json)).containsExactly("T", "L", "", "7");
        assertThat(scanner.spans().timeCount()).isZero();
    }

    /** Also where the inner document ends early, has no quotes or is none at all. */
    @Test
    void anyTextMayStandWhereJsonIsLookedFor() {
        String inner = "{\"a\":\"\\\\\\\"\",\"at\":\"T\"}";
        for (int i = 0; i <= inner.length(); i++) {
            assertThat(spans("{\"message\":" + quoted(inner.substring(0, i)) + ",\"v\":7}"))
                    .last()
                    .isEqualTo("7");
        }
        assertThat(spans("{\"message\":\"{\\u0022at\\u0022:\\u0022T\\u0022}\"}")).isEmpty();
        assertThat(spans("{\"message\":\"{\\\"a\\\":\\\"\\u005c\\\",\\\"at\\\":\\\"T\\\"}\"}"))
                .isEmpty();
        assertThat(spans("{\"message\":\"{\\\"a\\\":\\\"\\u00e9\\\",\\\"at\\\":\\\"T\\\"}\"}"))
                .containsExactly("T");
        assertThat(spans("{\"message\":{\"at\":\"no\"}}")).isEmpty();
    }

    @Test
    void depthAndNumberOfSpansAreBounded() {
        int deepest = DeliveryScanner.MAX_DEPTH - 1;
        assertThat(result("{\"a\":" + "[".repeat(deepest) + "]".repeat(deepest) + "}"))
                .isEqualTo(DeliveryScanner.Result.READ);
        assertThat(result("{\"a\":" + "[".repeat(deepest + 1) + "]".repeat(deepest + 1) + "}"))
                .isEqualTo(DeliveryScanner.Result.UNSURE);
        String span = "{\"state\":{\"timestamp\":1}},";
        assertThat(result("{\"detail\":[" + span.repeat(Spans.MAX) + "1]}"))
                .isEqualTo(DeliveryScanner.Result.READ);
        assertThat(result("{\"detail\":[" + span.repeat(Spans.MAX + 1) + "1]}"))
                .isEqualTo(DeliveryScanner.Result.UNSURE);
    }

    @Test
    void withoutVolatilePathsEveryByteCounts() {
        VolatilePaths none = VolatilePaths.of(VolatileFields.none());
        byte[] b = "no JSON at all".getBytes(StandardCharsets.UTF_8);
        assertThat(scanner.scan(b, none)).isEqualTo(DeliveryScanner.Result.READ);
        assertThat(scanner.spans().count()).isZero();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private DeliveryScanner.Result result(String json) {
        return scanner.scan(json.getBytes(StandardCharsets.UTF_8), PATHS);
    }

    private long digest(String json) {
        assertThat(result(json)).isEqualTo(DeliveryScanner.Result.READ);
        return scanner.digest();
    }

    private List<String> spans(String json) {
        byte[] b = json.getBytes(StandardCharsets.UTF_8);
        assertThat(scanner.scan(b, PATHS)).as(json).isEqualTo(DeliveryScanner.Result.READ);
        List<String> spans = new ArrayList<>();
        Spans found = scanner.spans();
        for (int i = 0; i < found.count(); i++) {
            int from = found.from(i);
            spans.add(new String(b, from, found.to(i) - from, StandardCharsets.UTF_8));
        }
        return spans;
    }
}
