// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.flink.api.java.tuple.Tuple3;

/** Against a map, with fingerprints that stand in each other's way, and with many. */
class FingerprintTableProperties {
    @Property
    void findsWhatWasAddedAndNotTakenOut(
            @ForAll @Size(max = 300) List<@IntRange(max = 399) Integer> touched) throws Exception {
        assertLikeAMap(touched, 1);
    }

    @Property(tries = 20)
    void growsWithWhatItHolds(
            @ForAll @Size(min = 1_000, max = 4_000) List<@IntRange(max = 9_999) Integer> touched)
            throws Exception {
        assertLikeAMap(touched, 0x1234_5678_9ABCL);
    }

    /** Each time one is touched it comes, or goes if it is there. */
    private static void assertLikeAMap(List<Integer> touched, long spread) throws Exception {
        FingerprintTable table = new FingerprintTable();
        Map<Integer, FingerprintSlot> expected = new HashMap<>();
        for (int one : touched) {
            FingerprintSlot found = find(table, one, spread);
            assertThat(found).isSameAs(expected.get(one));
            if (found == null) {
                FingerprintSlot fresh = slot(one, spread);
                table.add(fresh);
                expected.put(one, fresh);
            } else {
                table.remove(found);
                expected.remove(one);
            }
            assertThat(table.size()).isEqualTo(expected.size());
        }
        expected.forEach((one, slot) -> assertThat(find(table, one, spread)).isSameAs(slot));
        Map<FingerprintSlot, Boolean> seen = new HashMap<>();
        table.forEach(slot -> seen.put(slot, true));
        assertThat(seen.keySet()).containsExactlyInAnyOrderElementsOf(expected.values());
    }

    /** Ten tenants have each fingerprint, and with a spread of one these lie side by side. */
    private static FingerprintSlot find(FingerprintTable table, int one, long spread) {
        return table.find("tenant-" + one % 10, one / 10 * spread, 0);
    }

    private static FingerprintSlot slot(int one, long spread) {
        return new FingerprintSlot(
                Tuple3.of("tenant-" + one % 10, one / 10 * spread, 0L),
                Optional.empty(),
                List.of());
    }
}
