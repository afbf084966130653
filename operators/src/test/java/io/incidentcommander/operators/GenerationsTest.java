// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.operators;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GenerationsTest {
    private final List<String> asked = new ArrayList<>();
    private final Set<String> staying = new HashSet<>();
    private final Generations<Integer, String> generations =
            new Generations<>(
                    3,
                    slot -> {
                        asked.add(slot);
                        return !staying.contains(slot);
                    });

    @Test
    void whatWasNotTouchedLeavesWhenTheYoungerOneIsFull() throws Exception {
        add(0, 3);
        add(3, 6);
        assertThat(generations.find(1)).isEqualTo("s1");

        assertThat(asked)
                .as("to make room for the one that was touched")
                .containsExactly("s0", "s2");
        assertThat(generations.find(0)).isNull();
        assertThat(generations.find(4)).isEqualTo("s4");
        assertThat(generations.size()).isEqualTo(4);
    }

    /** Whoever has to stay is asked once a generation, not with each key that comes. */
    @Test
    void thoseThatHaveToStayTakeNoRoom() throws Exception {
        for (int i = 0; i < 9; i++) {
            staying.add("s" + i);
        }
        add(0, 9);
        assertThat(generations.size()).isEqualTo(9);
        asked.clear();

        add(100, 106);

        assertThat(asked).hasSizeLessThanOrEqualTo(18);
        assertThat(generations.size()).isEqualTo(9 + 6);
        staying.clear();
        add(200, 206);
        assertThat(generations.size()).isLessThanOrEqualTo(6);
    }

    @Test
    void whatIsRemovedIsAskedNothing() throws Exception {
        add(0, 4);
        generations.remove(0);
        generations.remove(3);

        assertThat(generations.size()).isEqualTo(2);
        add(10, 20);
        assertThat(asked).doesNotContain("s0", "s3").contains("s1", "s2");
    }

    private void add(int from, int to) throws Exception {
        for (int i = from; i < to; i++) {
            generations.add(i, "s" + i);
        }
    }
}
