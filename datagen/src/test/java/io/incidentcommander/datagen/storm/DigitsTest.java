// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class DigitsTest {
    @Property
    void hexadecimalIsAsTheLibraryWritesIt(@ForAll long value) {
        byte[] out = new byte[18];
        Digits.hex16(out, 1, value);
        assertThat(text(out, 1, 16)).isEqualTo(String.format("%016x", value));
    }

    @Property
    void uuidIsAsTheLibraryWritesIt(@ForAll long high, @ForAll long low) {
        byte[] out = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx".getBytes(StandardCharsets.US_ASCII);
        Digits.uuid(out, 0, high, low);
        assertThat(text(out, 0, 36)).isEqualTo(new UUID(high, low).toString());
    }

    @Property
    void valuesHaveTwoPlacesAndNoLeadingZero(@ForAll long random) {
        byte[] out = "00.00".getBytes(StandardCharsets.US_ASCII);
        Digits.value(out, 0, random);
        assertThat(text(out, 0, 5)).matches("[1-9][0-9]\\.[0-9]{2}");
    }

    @Property
    void decimalsAreDigits(@ForAll long random) {
        byte[] out = new byte[18];
        Digits.decimal18(out, 0, random);
        assertThat(text(out, 0, 18)).matches("[0-9]{18}");
    }

    @Property
    void timeIsAsTheLibraryWritesIt(
            @ForAll @LongRange(min = 1_000_000_000_000L, max = 9_999_999_998_999L) long first,
            @ForAll @LongRange(min = 0, max = 1_000) long step) {
        TimeText time = new TimeText();
        time.set(first);
        time.set(first + step);
        assertThat(Instant.parse(text(time.iso(), 0, 23) + "Z").toEpochMilli())
                .isEqualTo(first + step);
        assertThat(text(time.epochMillis(), 0, 13)).isEqualTo(Long.toString(first + step));
    }

    private static String text(byte[] bytes, int from, int length) {
        return new String(bytes, from, length, StandardCharsets.US_ASCII);
    }
}
