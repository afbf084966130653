// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators.consensus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.flink.api.java.tuple.Tuple3;

/** Working values against a plain map: whatever is done, they say the same. */
class WorkingValuesTest {
    private static final int GENERATION = 3;

    /** State by key, and which key is current. */
    private static final class Backend
            implements WorkingValues.CurrentKey, WorkingValues.Store<Integer, String> {
        private final Map<String, Map<Integer, String>> state = new HashMap<>();
        private String key = "";

        private Map<Integer, String> here() {
            return state.computeIfAbsent(key, unseen -> new HashMap<>());
        }

        @Override
        public String get() {
            return key;
        }

        @Override
        public void set(String to) {
            key = to;
        }

        @Override
        public String read(Integer name) {
            return here().get(name);
        }

        @Override
        public void write(Integer name, String value) {
            here().put(name, value);
        }

        @Override
        public void remove(Integer name) {
            here().remove(name);
        }
    }

    /** What to do (get, put, remove, store, restore), of which key, with which name. */
    @Provide
    Arbitrary<List<Tuple3<Integer, Integer, Integer>>> deeds() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 11),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 6))
                .as(Tuple3::of)
                .list()
                .ofMaxSize(80);
    }

    @Property(tries = 500)
    void theySayWhatAMapSays(@ForAll("deeds") List<Tuple3<Integer, Integer, Integer>> deeds)
            throws Exception {
        Backend backend = new Backend();
        WorkingValues<Integer, String> values = new WorkingValues<>(backend, backend, GENERATION);
        Map<String, String> expected = new HashMap<>();
        int count = 0;
        for (Tuple3<Integer, Integer, Integer> deed : deeds) {
            String key = "k" + deed.f1;
            backend.set(key);
            switch (deed.f0) {
                case 0:
                case 1:
                case 2:
                case 3:
                    values.put(deed.f2, "v" + ++count);
                    expected.put(key + deed.f2, "v" + count);
                    break;
                case 4:
                case 5:
                    values.remove(deed.f2);
                    expected.remove(key + deed.f2);
                    break;
                case 6:
                    values.store();
                    break;
                case 7:
                    values.store();
                    values = new WorkingValues<>(backend, backend, GENERATION);
                    break;
                default:
                    assertThat(values.get(deed.f2))
                            .isEqualTo(Optional.ofNullable(expected.get(key + deed.f2)));
                    assertThat(backend.get()).isEqualTo(key);
            }
            assertThat(values.size()).isLessThanOrEqualTo(2 * GENERATION);
        }
        values.store();
        Map<String, String> stored = new HashMap<>();
        backend.state.forEach((key, of) -> of.forEach((name, v) -> stored.put(key + name, v)));
        assertThat(stored).isEqualTo(expected);
    }
}
