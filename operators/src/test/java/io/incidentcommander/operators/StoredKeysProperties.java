// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.LongStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.flink.api.java.tuple.Tuple3;

class StoredKeysProperties {
    @Property
    void noKeyThatWasStoredIsMissed(
            @ForAll Set<Long> keys, @ForAll @IntRange(min = 1, max = 1000) int expected) {
        StoredKeys stored = StoredKeys.of(expected, false);
        keys.forEach(stored::add);
        assertThat(keys).allMatch(stored::mayHold);
    }

    @Example
    void ofTenThousandThatWereExpectedFewOthersAreTakenForStored() {
        StoredKeys stored = StoredKeys.of(10_000, false);
        LongStream.range(0, 10_000)
                .mapToObj(StoredKeysProperties::fingerprint)
                .forEach(stored::add);
        long mistaken =
                LongStream.range(10_000, 20_000)
                        .mapToObj(StoredKeysProperties::fingerprint)
                        .filter(stored::mayHold)
                        .count();
        assertThat(mistaken).isBetween(1L, 100L);
    }

    @Example
    void afterARestoreAnyKeyMayBeStored() {
        assertThat(StoredKeys.of(10, true).mayHold("never seen")).isTrue();
    }

    private static Tuple3<String, Long, Long> fingerprint(long number) {
        return Tuple3.of("acme", number * 0x9E3779B97F4A7C15L, number);
    }
}
