// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest.repeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.incidentcommander.udfs.ingest.VolatileFields;
import org.junit.jupiter.api.Test;

class RepeatCacheTest {
    static final int MAX_ENTRIES = 10;
    static final long MAX_BYTES = 4_000;

    private final RepeatCache<String> cache = new RepeatCache<>(MAX_ENTRIES, MAX_BYTES);

    @Test
    void aTemplateInUseOutlivesThoseThatAreNot() {
        cache.put(-1, template(1));
        cache.put(-2, template(1));
        for (int i = 0; i < 100; i++) {
            cache.put(i, template(1));
            cache.used(-1, cache.find(-1));
        }
        assertThat(cache.find(-1)).isNotNull();
        assertThat(cache.find(-2)).isNull();
    }

    @Test
    void theLatestTemplateOfADigestReplacesTheOther() {
        Template<String> latest = template(2);
        cache.put(1, template(1));
        cache.put(1, latest);
        assertThat(cache.find(1)).isSameAs(latest);
        assertThat(cache.size()).isEqualTo(1);
        assertThat(cache.bytes()).isEqualTo(latest.weight());
    }

    @Test
    void whatWouldFillAGenerationIsLeftOut() {
        cache.put(1, template((int) MAX_BYTES / 2));
        assertThat(cache.find(1)).isNull();
        assertThat(cache.bytes()).isZero();
    }

    @Test
    void forgetsAllWhenCleared() {
        cache.put(1, template(1));
        cache.clear();
        assertThat(cache.find(1)).isNull();
        assertThat(cache.size()).isZero();
        assertThat(cache.bytes()).isZero();
    }

    @Test
    void needsRoomForTwo() {
        assertThatThrownBy(() -> new RepeatCache<>(1, MAX_BYTES))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RepeatCache<>(2, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    static Template<String> template(int size) {
        DeliveryScanner scanner = new DeliveryScanner();
        byte[] bytes = new byte[size];
        scanner.scan(bytes, VolatilePaths.of(VolatileFields.none()));
        return new Template<>("s", 0, bytes, scanner.spans(), "value");
    }
}
