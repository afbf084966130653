// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

class TitanEmbeddingsTest {
    /** A token is a byte or more, so so many bytes are never more tokens than the model takes. */
    @Property(tries = 200)
    void noTextHasMoreBytesThanTheModelTakesTokensAndNoCharacterIsSplit(
            @ForAll @StringLength(min = 1, max = 40) String text,
            @ForAll @IntRange(min = 0, max = 4_000) int times) {
        String whole = text.repeat(times).replaceAll("[\\ud800-\\udfff]", "\uD83D\uDE00");
        String cut = TitanEmbeddings.cut(whole);

        int bytes = cut.getBytes(StandardCharsets.UTF_8).length;
        assertThat(bytes).isLessThanOrEqualTo(TitanEmbeddings.MOST_BYTES);
        assertThat(whole).startsWith(cut);
        if (cut.length() < whole.length()) {
            assertThat(bytes).isGreaterThan(TitanEmbeddings.MOST_BYTES - 4);
            assertThat(Character.isHighSurrogate(cut.charAt(cut.length() - 1))).isFalse();
        }
    }
}
