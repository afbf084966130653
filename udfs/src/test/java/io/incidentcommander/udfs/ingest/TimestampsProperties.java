// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;

class TimestampsProperties {
    private static final long MIN = 631_152_000_000L;
    private static final long MAX = 4_133_980_799_999L;

    @Property(seed = "4711", tries = 2000)
    void isoTextRoundTrips(@ForAll @LongRange(min = MIN, max = MAX) long millis) {
        assertThat(Timestamps.parse(Instant.ofEpochMilli(millis).toString())).isEqualTo(millis);
    }

    @Property(seed = "4711", tries = 2000)
    void everyUnitOfTheSameInstantReadsTheSame(
            @ForAll @LongRange(min = MIN, max = MAX) long millis,
            @ForAll @IntRange(max = 999_999) int nanos) {
        assertThat(Timestamps.ofEpoch(millis)).isEqualTo(millis);
        assertThat(Timestamps.ofEpoch(millis / 1000)).isEqualTo(millis / 1000 * 1000);
        assertThat(Timestamps.ofEpoch(millis * 1000 + nanos / 1000)).isEqualTo(millis);
        assertThat(Timestamps.ofEpoch(millis * 1_000_000 + nanos)).isEqualTo(millis);
        assertThat(Timestamps.parse(Long.toString(millis * 1_000_000 + nanos))).isEqualTo(millis);
        String decimal = String.format("%d.%03d%06d", millis / 1000, millis % 1000, nanos);
        assertThat(Timestamps.parse(decimal)).isEqualTo(millis);
    }

    @Property(seed = "4711", tries = 5000)
    void bytesAndTextAgree(
            @ForAll @CharRange(from = ' ', to = '\u0100') @StringLength(max = 40) String noise,
            @ForAll @LongRange(min = MIN, max = MAX) long millis,
            @ForAll @IntRange(max = 30) int at) {
        StringBuilder iso = new StringBuilder(Instant.ofEpochMilli(millis).toString());
        if (!noise.isEmpty()) {
            iso.setCharAt(Math.min(at, iso.length() - 1), noise.charAt(0));
        }
        assertAgree(noise);
        assertAgree(iso.toString());
        assertAgree(millis + noise);
    }

    private static void assertAgree(String text) {
        byte[] framed = ("\"" + text + "\"").getBytes(StandardCharsets.UTF_8);
        assertThat(Timestamps.parse(framed, 1, framed.length - 1))
                .isEqualTo(
                        text.chars().allMatch(c -> c < 128)
                                ? Timestamps.parse(text)
                                : Timestamps.INVALID);
    }
}
