// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest.repeat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarValuesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "seven77",
                "eight888",
                "nine99999",
                "\\\"",
                "1234567\\\"",
                "123456\\\\",
                "1234567\\\\",
                "\\u00e9",
                "12345\\u00E9",
                "\\ud83d\\ude00",
                "\\/\\b\\f\\n\\r\\t",
                "~ !#[]{}:,",
                "\u007f"
            })
    void aSimpleStringEndsAtItsQuote(String inner) {
        for (int offset = 0; offset < 9; offset++) {
            byte[] b = ascii("x".repeat(offset) + inner + "\",\"b\"");
            assertThat(ScalarValues.stringEnd(b, offset)).isEqualTo(offset + inner.length());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\",
                "\\x41",
                "\\u12",
                "\\u12g4",
                "\\u 123",
                "\\ud83d",
                "\\ud83dx",
                "\\ud83d\\n",
                "\\ud83d\\u0041",
                "\\ude00\\ud83d",
                "a\nb",
                "1234567\u001f",
                "\u0000"
            })
    void whateverAReaderMightRefuseIsNoSimpleString(String inner) {
        for (int offset = 0; offset < 9; offset++) {
            byte[] b = ("x".repeat(offset) + inner + "\"").getBytes(StandardCharsets.UTF_8);
            assertThat(ScalarValues.stringEnd(b, offset)).isEqualTo(ScalarValues.NONE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\u00e9", "1234567\u00e9", "\u2265 5 %", "\ud83d\ude00", "a\u00e9\\n\u00fc"})
    void anyCharacterMayStandInASimpleString(String inner) {
        for (int offset = 0; offset < 9; offset++) {
            byte[] b = ("x".repeat(offset) + inner + "\"").getBytes(StandardCharsets.UTF_8);
            assertThat(ScalarValues.stringEnd(b, offset)).isEqualTo(b.length - 1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00e9",
                "\u00c3",
                "\u00c0\u0080",
                "\u00ed\u00a0\u0080",
                "\u00f5\u0080\u0080\u0080"
            })
    void whatIsNoUtf8IsNoSimpleString(String latin1) {
        for (int offset = 0; offset < 9; offset++) {
            byte[] b = ("x".repeat(offset) + latin1 + "\"").getBytes(StandardCharsets.ISO_8859_1);
            assertThat(ScalarValues.stringEnd(b, offset)).isEqualTo(ScalarValues.NONE);
        }
    }

    @Test
    void aStringMustEndWithinItsBound() {
        String longest = "a".repeat(ScalarValues.MAX_STRING_BYTES);
        assertThat(ScalarValues.stringEnd(ascii(longest + "\""), 0)).isEqualTo(longest.length());
        assertThat(ScalarValues.stringEnd(ascii(longest + "a\""), 0)).isEqualTo(ScalarValues.NONE);
        for (String open :
                new String[] {"", "a", "eight888", "\\", "\\u", "\\u004", "\\ud83d\\u"}) {
            assertThat(ScalarValues.stringEnd(ascii(open), 0)).isEqualTo(ScalarValues.NONE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "7",
                "-12.50",
                "0.0",
                "1e5",
                "1E+05",
                "2.5e-99",
                "1570035880989",
                "123456789012345678901234"
            })
    void aSimpleNumberEndsBeforeItsDelimiter(String number) {
        for (String delimiter : new String[] {",", "}", "]", " ", "\n", "\r", "\t"}) {
            assertThat(ScalarValues.numberEnd(ascii("x" + number + delimiter), 1))
                    .isEqualTo(1 + number.length());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+1",
                "01",
                "-01",
                "1.",
                ".5",
                "1e",
                "1e+",
                "1e100",
                "1.e5",
                "NaN",
                "true",
                "null",
                "1x",
                "0x10",
                "1:",
                "{",
                "[",
                "1234567890123456789012345"
            })
    void whateverAReaderMightRefuseIsNoSimpleNumber(String text) {
        assertThat(ScalarValues.numberEnd(ascii(text + ","), 0)).isEqualTo(ScalarValues.NONE);
    }

    @Test
    void aNumberMustBeFollowedByItsDelimiter() {
        assertThat(ScalarValues.numberEnd(ascii("123"), 0)).isEqualTo(ScalarValues.NONE);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
