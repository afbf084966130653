// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest.repeat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever counts as a simple scalar, a JSON reader takes as one. */
class ScalarValuesProperties {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Property
    void aReaderTakesEverySimpleString(@ForAll("stringSoup") String soup) throws Exception {
        byte[] b = soup.getBytes(StandardCharsets.ISO_8859_1);
        int end = ScalarValues.stringEnd(b, 0);
        if (end != ScalarValues.NONE) {
            ByteBuffer simple = ByteBuffer.wrap(b, 0, end + 1);
            String text = StandardCharsets.UTF_8.newDecoder().decode(simple).toString();
            assertThat(JSON.readTree('"' + text).isTextual()).isTrue();
            assertThat(read('[' + ('"' + text) + ",1]").size()).isEqualTo(2);
        }
    }

    @Property
    void aReaderTakesEverySimpleNumber(@ForAll("numberSoup") String soup) throws Exception {
        int end = ScalarValues.numberEnd(soup.getBytes(StandardCharsets.US_ASCII), 0);
        if (end != ScalarValues.NONE) {
            JsonNode number = read(soup.substring(0, end));
            assertThat(number.isNumber()).isTrue();
            assertThat(number.doubleValue()).isFinite();
        }
    }

    @Provide
    Arbitrary<String> stringSoup() {
        return Arbitraries.strings()
                .withChars("\\\\\\\"u0aFdD8nx/ \n\u0000\u007f\u0080\u00a9\u00c3\u00e2\u00ed\u00ff")
                .ofMinLength(1)
                .ofMaxLength(24);
    }

    @Provide
    Arbitrary<String> numberSoup() {
        return Arbitraries.strings().withChars("0123456789.-+eE, }").ofMinLength(1).ofMaxLength(28);
    }

    private static JsonNode read(String json) throws JsonProcessingException {
        return JSON.readTree(json);
    }
}
