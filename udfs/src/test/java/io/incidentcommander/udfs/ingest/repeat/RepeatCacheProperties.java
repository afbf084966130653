// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest.repeat;

import static io.incidentcommander.udfs.ingest.repeat.RepeatCacheTest.MAX_BYTES;
import static io.incidentcommander.udfs.ingest.repeat.RepeatCacheTest.MAX_ENTRIES;
import static io.incidentcommander.udfs.ingest.repeat.RepeatCacheTest.template;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RepeatCacheProperties {
    @Property
    void neverHoldsMoreThanItsBounds(
            @ForAll @Size(max = 200) List<@IntRange(max = 2_500) Integer> sizes) {
        RepeatCache<String> bounded = new RepeatCache<>(MAX_ENTRIES, MAX_BYTES);
        for (int i = 0; i < sizes.size(); i++) {
            long digest = sizes.get(i) % 17;
            bounded.put(digest, template(sizes.get(i)));
            long old = sizes.get(sizes.size() - 1 - i) % 17;
            Template<String> found = bounded.find(old);
            if (found != null) {
                found.mark();
            }
            assertThat(bounded.size()).isLessThanOrEqualTo(MAX_ENTRIES);
            assertThat(bounded.bytes()).isBetween(0L, MAX_BYTES);
            assertThat(bounded.bytes()).isEqualTo(held(bounded));
        }
    }

    private static long held(RepeatCache<String> bounded) {
        long held = 0;
        for (long digest = 0; digest < 17; digest++) {
            Template<String> template = bounded.find(digest);
            held += template == null ? 0 : template.weight();
        }
        return held;
    }
}
