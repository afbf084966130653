// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.model.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class SharedTextsProperties {
    @Property
    void bytesAreTheTextThatTheyEncode(@ForAll List<byte[]> texts) {
        SharedTexts shared = new SharedTexts();
        for (int round = 0; round < 2; round++) {
            for (byte[] utf8 : texts) {
                assertThat(shared.text(utf8.clone()))
                        .isEqualTo(new String(utf8, StandardCharsets.UTF_8));
            }
        }
    }

    @Example
    void aShortTextThatIsReadAgainIsTheSameObject() {
        SharedTexts shared = new SharedTexts();
        String first = shared.text(utf8("checkout-api"));
        assertThat(shared.text(utf8("checkout-api"))).isSameAs(first);
    }

    @Example
    void aLongTextIsNotKept() {
        SharedTexts shared = new SharedTexts();
        String text = "x".repeat(SharedTexts.LONGEST + 1);
        assertThat(shared.text(utf8(text))).isEqualTo(text).isNotSameAs(shared.text(utf8(text)));
    }

    @Example
    void manyTextsPushEachOtherOutAndAreReadAllTheSame() {
        SharedTexts shared = new SharedTexts();
        for (int i = 0; i < 4 * SharedTexts.PLACES; i++) {
            String text = "text " + i % (2 * SharedTexts.PLACES);
            assertThat(shared.text(utf8(text))).isEqualTo(text);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
