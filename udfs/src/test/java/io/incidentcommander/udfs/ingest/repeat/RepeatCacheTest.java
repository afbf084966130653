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
            cache.find(-1).mark();
        }
        assertThat(cache.find(-1)).isNotNull();
        assertThat(cache.find(-2)).isNull();
    }

    @Test
    void allOfTheRoomServes() {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < MAX_ENTRIES; i++) {
                Template<String> known = cache.find(i);
                assertThat(known == null).isEqualTo(round == 0);
                if (known == null) {
                    cache.put(i, template(1));
                } else {
                    known.mark();
                }
            }
        }
        assertThat(cache.size()).isEqualTo(MAX_ENTRIES);
    }

    @Test
    void oneThatWasOfUseOnceLeavesAfterAllOthersOfItsTime() {
        for (int i = 0; i < MAX_ENTRIES; i++) {
            cache.put(i, template(1));
        }
        cache.find(0).mark();
        for (int i = 1; i < MAX_ENTRIES; i++) {
            cache.put(100 + i, template(1));
            assertThat(cache.find(0)).isNotNull();
            assertThat(cache.find(i)).isNull();
        }
        for (int i = 0; i < 2; i++) {
            cache.put(200 + i, template(1));
        }
        assertThat(cache.find(0)).isNull();
    }

    @Test
    void whatComesOnceIsNotLetInOnceThereIsNoRoom() {
        for (long digest = 1; digest <= MAX_ENTRIES; digest++) {
            assertThat(cache.admits(digest, 1)).isTrue();
            cache.put(digest, template(1));
        }
        assertThat(cache.admits(1, 1)).as("a digest that is here").isTrue();
        assertThat(cache.admits(100, 1)).as("a new one, once").isFalse();
        assertThat(cache.admits(101, 1)).as("another, once").isFalse();
        assertThat(cache.admits(101, 1)).as("the other again").isTrue();
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
    void whatWouldTakeHalfOfTheRoomIsLeftOut() {
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
