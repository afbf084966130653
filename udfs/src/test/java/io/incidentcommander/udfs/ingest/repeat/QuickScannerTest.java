// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest.repeat;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.udfs.ingest.VolatileFields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuickScannerTest {
    private static final VolatileFields FIELDS =
            VolatileFields.timedByAny(
                    List.of("time", "message/@json/at"), "d/id", "notes/*", "message/@json/why");

    private final QuickScanner quick = new QuickScanner(FIELDS);
    private final DeliveryScanner proper = new DeliveryScanner();
    private final Spans guessed = new Spans();

    @Test
    void itGuessesAsTheLastProperScanWas() {
        String json =
                "{\"id\":\"no\",\"d\":{\"id\":%s},\"notes\":{\"a\":\"%s\", \"b\" :"
                        + " 2},\"time\":\"%s\"}";
        assertThat(quick.scan(bytes(String.format(json, 1, "x", "T")), guessed)).isFalse();
        learn(String.format(json, 1, "x", "T"));
        assertThat(guess(String.format(json, 234, "\\\"longer: \\\"", "U")))
                .containsExactly("234", "\\\"longer: \\\"", "2", "U");
        assertThat(guessed.timeCount()).isEqualTo(1);
        assertThat(guessed.ofTime(0)).isEqualTo(3);
    }

    @Test
    void itLooksIntoStringsForTheirKeys() {
        String json =
                "{\"at\":\"no\",\"message\":\"{\\\"at\\\":\\\"%s\\\",\\\"why\\\":"
                        + " \\\"%s\\\"}\",\"why\":\"no\"}";
        learn(String.format(json, "T", "because"));
        assertThat(guess(String.format(json, "later", "[7] \u2265 5")))
                .containsExactly("later", "[7] \u2265 5");
        assertThat(guessed.timeCount()).isEqualTo(1);
    }

    @Test
    void itHasNoGuessForAnotherNumberOfCandidates() {
        learn("{\"time\":1,\"d\":{\"id\":2}}");
        assertThat(quick.scan(bytes("{\"time\":1}"), guessed)).isFalse();
        assertThat(quick.scan(bytes("{\"time\":1,\"d\":{\"id\":2,\"x\":{\"id\":3}}}"), guessed))
                .isFalse();
        String many = "\"id\":1,".repeat(100);
        assertThat(quick.scan(bytes("{" + many + "\"time\":1}"), guessed)).isFalse();
    }

    @Test
    void itGivesUpWhereItIsNeverRightAndTriesAgainNowAndThen() {
        String json = "{\"time\":1}";
        for (int i = 0; i < 100; i++) {
            learn(json);
        }
        int guesses = 0;
        for (int i = 0; i < 4096; i++) {
            guesses += quick.scan(bytes(json), guessed) ? 1 : 0;
        }
        assertThat(guesses).isBetween(1, 8);
        quick.succeeded();
        assertThat(quick.scan(bytes(json), guessed)).isTrue();
    }

    private void learn(String json) {
        byte[] b = bytes(json);
        assertThat(proper.scan(b, VolatilePaths.of(FIELDS))).isEqualTo(DeliveryScanner.Result.READ);
        quick.learn(b, proper.spans());
    }

    private List<String> guess(String json) {
        byte[] b = bytes(json);
        assertThat(quick.scan(b, guessed)).isTrue();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < guessed.count(); i++) {
            int from = guessed.from(i);
            texts.add(new String(b, from, guessed.to(i) - from, StandardCharsets.UTF_8));
        }
        return texts;
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
