// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.ingest.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LanesTest {
    private final Lanes<String> newest = new Lanes<>(new Words(true), 100, Long.MAX_VALUE);
    private final Lanes<String> all = new Lanes<>(new Words(false), 100, Long.MAX_VALUE);

    @Test
    void theWorstGoFirstAndOfEqualsThoseThatWaitLongest() {
        add(newest, "a1 LOW", "b1 HIGH", "c1 CRITICAL", "d1 HIGH");
        assertThat(taken(newest, 3)).containsExactly("c1 CRITICAL", "b1 HIGH", "d1 HIGH");
        add(newest, "e1 MEDIUM", "a2 LOW");
        assertThat(taken(newest, 3)).containsExactly("e1 MEDIUM", "a2 LOW");
    }

    @Test
    void whatIsNewerTakesThePlaceInTheQueueOfWhatItReplaces() {
        add(newest, "a1 LOW", "b1 LOW");
        assertThat(newest.add("a2 LOW")).contains("a1 LOW");
        assertThat(newest.add("a1 LOW")).contains("a1 LOW");
        assertThat(newest.size()).isEqualTo(2);
        assertThat(taken(newest, 3)).containsExactly("a2 LOW", "b1 LOW");
        newest.settled("a2 LOW");
        newest.settled("b1 LOW");
        assertThat(newest.isEmpty()).isTrue();
    }

    @Test
    void whatIsPutBackIsNeedlessIfSomethingNewerWaits() {
        add(newest, "a1 CRITICAL");
        assertThat(taken(newest, 1)).containsExactly("a1 CRITICAL");
        add(newest, "a2 LOW", "b1 HIGH");
        assertThat(newest.putBack("a1 CRITICAL")).isTrue();
        assertThat(newest.size()).isEqualTo(2);
        assertThat(taken(newest, 2)).containsExactly("b1 HIGH", "a2 LOW");
        assertThat(newest.putBack("a2 LOW")).isFalse();
        assertThat(newest.snapshot()).containsExactlyInAnyOrder("a2 LOW", "b1 HIGH");
    }

    @Test
    void whereAllCountsALaneGoesOneByOneAndWhatIsInNoOrderDoesNotWait() {
        add(all, "a2 LOW", "a1 LOW", "-1 LOW", "-2 LOW");
        assertThat(taken(all, 5)).containsExactly("a1 LOW", "-1 LOW", "-2 LOW");
        all.settled("a1 LOW");
        assertThat(taken(all, 5)).containsExactly("a2 LOW");
        assertThat(all.size()).isEqualTo(3);
    }

    @Test
    void whatWouldGoLastIsGivenUpFirstWhetherItRestsOrNot() {
        add(all, "a1 LOW", "b1 HIGH", "c1 LOW", "d1 LOW", "c2 LOW");
        assertThat(taken(all, 4)).containsExactly("b1 HIGH", "a1 LOW", "c1 LOW", "d1 LOW");
        assertThat(all.giveUpFor(Severity.CRITICAL, lane -> false)).as("under way").isEmpty();
        all.park("b1 HIGH", 10);
        all.park("a1 LOW", 10);
        all.park("c1 LOW", 5);
        all.putBack("d1 LOW");

        assertThat(all.giveUpFor(Severity.LOW, lane -> false)).isEmpty();
        assertThat(all.giveUpFor(Severity.HIGH, "d"::equals)).containsExactly("c1 LOW", "c2 LOW");
        assertThat(all.giveUpFor(Severity.HIGH, lane -> false)).containsExactly("d1 LOW");
        add(all, "a2 CRITICAL");
        assertThat(all.giveUpFor(Severity.HIGH, lane -> false)).as("worse by now").isEmpty();
        assertThat(all.giveUpFor(Severity.CRITICAL, lane -> false)).containsExactly("b1 HIGH");
        assertThat(all.nextReady(9)).isEmpty();
        assertThat(all.nextReady(10)).hasValue("a1 LOW");
        assertThat(all.size()).isEqualTo(2);
        all.takeReady(10);
        all.settled("a1 LOW");
        all.takeReady(10);
        all.settled("a2 CRITICAL");
        assertThat(all.isEmpty()).isTrue();
    }

    private static void add(Lanes<String> lanes, String... things) {
        for (String thing : things) {
            lanes.add(thing);
        }
    }

    private static List<String> taken(Lanes<String> lanes, int most) {
        List<String> taken = new ArrayList<>();
        Optional<String> next = Optional.empty();
        while (taken.size() < most && (next = lanes.takeReady(0)).isPresent()) {
            taken.add(next.get());
        }
        return taken;
    }

    /** A letter for the lane, none if it is a dash; a digit for the place; a severity. */
    private static final class Words implements Waiting<String> {
        private static final long serialVersionUID = 1L;

        private final boolean newestEnough;

        private Words(boolean newestEnough) {
            this.newestEnough = newestEnough;
        }

        @Override
        public String lane(String thing) {
            return thing.startsWith("-") ? "" : thing.substring(0, 1);
        }

        @Override
        public long place(String thing) {
            return thing.charAt(1) - '0';
        }

        @Override
        public String id(String thing) {
            return thing;
        }

        @Override
        public Severity severity(String thing) {
            return Severity.valueOf(thing.substring(3));
        }

        @Override
        public long bytes(String thing) {
            return 1;
        }

        @Override
        public boolean isNewestEnough() {
            return newestEnough;
        }

        @Override
        public int getVersion() {
            return 1;
        }

        @Override
        public byte[] serialize(String thing) {
            throw new UnsupportedOperationException("nothing is kept");
        }

        @Override
        public String deserialize(int version, byte[] bytes) {
            throw new UnsupportedOperationException("nothing is kept");
        }
    }
}
