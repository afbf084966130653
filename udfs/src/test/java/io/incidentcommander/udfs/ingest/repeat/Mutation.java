// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest.repeat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.udfs.ingest.Timestamps;
import io.incidentcommander.udfs.ingest.VolatileFields;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Changes a record at random: its volatile values, its bytes, its structure. */
final class Mutation {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] TIMES = {
        "2024-05-01T10:00:07Z",
        "2023-01-31T23:59:60.123456+0530",
        "1714557607",
        "1714557607123.5",
        "2019-10-02 17:04:40,5",
        "1714557607123456"
    };
    private static final String OPEN_END = "0001-01-01T00:00:00.000Z";
    private static final String[] NUMERIC_TIMES = {"1714557607", "1714557607123", "1714557607.125"};
    private static final String[] TEXTS = {
        "",
        "7",
        "-1.5e3",
        "eight888",
        "null",
        "\\\"",
        "\\\\",
        "\\u00e9",
        "\\ud83d\\ude00",
        "x",
        "%s",
        "{\\\"time\\\":1}",
        "'}],",
        "1e99",
        "OK",
        "critical",
        "resolved",
        "Recovered",
        "\u00fc \u2265",
        "https://a/b"
    };
    private static final String[] NUMBERS = {
        "0", "-0", "7", "-1.5e3", "1E+99", "0.000001", "1e-99"
    };
    private static final String[] ODDITIES = {
        "\",\"severity\":\"low",
        "\\",
        "\\u12",
        "\\ud83d",
        "\u00e9",
        "\n",
        "\",\"time\":\"1",
        "01",
        "1e999",
        "true",
        "null",
        "{}",
        "[1]",
        "1,\"a\":2",
        "\"",
        "}",
        "\u0000",
        "1 2",
        "\"2024-05-01T10:00:00Z\""
    };

    private final Random random;
    private final VolatileFields fields;

    Mutation(Random random, VolatileFields fields) {
        this.random = random;
        this.fields = fields;
    }

    /** Another delivery of the same: each volatile scalar is another one of its kind. */
    byte[] ofVolatileScalars(byte[] json) throws IOException {
        ReferenceSpans found = ReferenceSpans.of(json, fields);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int from = 0;
        for (int i = 0; i < found.spans().size(); i++) {
            int[] span = found.spans().get(i);
            out.write(json, from, span[0] - from);
            out.writeBytes(scalar(json, span, found.isTime(i)).getBytes(StandardCharsets.UTF_8));
            from = span[1];
        }
        out.write(json, from, json.length - from);
        return out.toByteArray();
    }

    /** One to three changes of any kind; well-formed or not. */
    byte[] ofAnything(byte[] json) throws IOException {
        byte[] changed = random.nextInt(3) == 0 ? ofVolatileScalars(json) : json;
        for (int i = random.nextInt(3); i >= 0; i--) {
            changed = once(changed);
        }
        return changed;
    }

    private byte[] once(byte[] json) throws IOException {
        switch (random.nextInt(9)) {
            case 0:
                return isRead(json) ? ofVolatileScalars(json) : json;
            case 1:
                return splice(json, at(json), 0, oddity());
            case 2:
                return isRead(json) ? withOddVolatileValue(json) : json;
            case 3:
                return Arrays.copyOf(json, at(json));
            case 4:
                return flipped(json);
            case 5:
                return splice(json, at(json), 1 + random.nextInt(4), "");
            case 6:
                return isRead(json) ? reordered(json) : json;
            case 7:
                return splice(json, at(json), 0, " ");
            default:
                return isRead(json) ? withEscapedCharacter(json) : json;
        }
    }

    private byte[] withOddVolatileValue(byte[] json) throws IOException {
        List<int[]> spans = ReferenceSpans.of(json, fields).spans();
        if (spans.isEmpty()) {
            return json;
        }
        int[] span = spans.get(random.nextInt(spans.size()));
        boolean alsoQuotes = json[span[0] - 1] == '"' && random.nextBoolean();
        int from = alsoQuotes ? span[0] - 1 : span[0];
        int to = alsoQuotes ? span[1] + 1 : span[1];
        return splice(json, from, to - from, oddity());
    }

    private byte[] reordered(byte[] json) throws IOException {
        JsonNode document = JSON.readTree(json);
        if (!document.isObject()) {
            return json;
        }
        List<String> keys = new ArrayList<>();
        document.fieldNames().forEachRemaining(keys::add);
        Collections.shuffle(keys, random);
        ObjectNode shuffled = JSON.createObjectNode();
        keys.forEach(key -> shuffled.set(key, document.get(key)));
        return JSON.writeValueAsBytes(shuffled);
    }

    /** A letter written as an escape: in a value or a key, the same to a reader. */
    private byte[] withEscapedCharacter(byte[] json) {
        int at = at(json);
        return Character.isLetter((char) json[at])
                ? splice(json, at, 1, String.format("\\u%04x", (int) json[at]))
                : json;
    }

    private byte[] flipped(byte[] json) {
        byte[] changed = json.clone();
        if (changed.length > 0) {
            changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return changed;
    }

    private String scalar(byte[] json, int[] span, boolean isTime) {
        boolean quoted = json[span[0] - 1] == '"';
        if (isTime) {
            return Timestamps.isOpenEnd(Timestamps.parse(json, span[0], span[1]))
                    ? OPEN_END
                    : quoted ? pick(TIMES) : pick(NUMERIC_TIMES);
        }
        boolean embedded = quoted && span[0] > 1 && json[span[0] - 2] == '\\';
        return embedded
                ? text().replace("\\", "").replace("\"", "")
                : quoted ? text() : pick(NUMBERS);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            text.append(pick(TEXTS));
        }
        return random.nextInt(20) == 0 ? text.toString().repeat(20) : text.toString();
    }

    private String oddity() {
        return pick(random.nextBoolean() ? ODDITIES : TEXTS);
    }

    private String pick(String[] of) {
        return of[random.nextInt(of.length)];
    }

    private int at(byte[] json) {
        return json.length == 0 ? 0 : random.nextInt(json.length);
    }

    private static boolean isRead(byte[] json) {
        try {
            JSON.readTree(json);
            ReferenceSpans.of(json, VolatileFields.none());
            return json.length > 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static byte[] splice(byte[] json, int at, int length, String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(json, 0, at);
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        int after = Math.min(json.length, at + length);
        out.write(json, after, json.length - after);
        return out.toByteArray();
    }
}
