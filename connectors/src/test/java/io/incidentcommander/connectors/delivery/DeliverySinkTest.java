// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.incidentcommander.connectors.kafka.KafkaCluster;
import io.incidentcommander.model.ingest.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.api.common.TaskInfoImpl;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Elements are a key (or none), a severity's ordinal and a number, as in {@code k/4/17}. */
@Timeout(120)
class DeliverySinkTest {
    private static final int MOST = 6;

    private final List<String> arrived = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private final MemorySpillStore place = new MemorySpillStore();

    /** The receiver says nothing before. */
    private CompletableFuture<Void> answers = CompletableFuture.completedFuture(null);

    private int refusesBatchesOver = Integer.MAX_VALUE;

    /** What becomes of a parcel; by default it arrives. */
    private Function<String, Receipt> receiver = text -> Receipt.taken();

    @Test
    void whileTheReceiverIsAwayACheckpointWaitsForNothingAndLaterTheWorstArriveFirst()
            throws Exception {
        away();
        DeliveryRig<String, Parcel> rig = rig(10_000, List.of());
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 2_500; i++) {
            sent.add("k" + i % 50 + "/" + i % 5 + "/" + i);
        }
        rig.write(sent.toArray(String[]::new));
        List<Parcel> state = rig.checkpoint();
        assertThat(texts(state)).containsExactlyInAnyOrderElementsOf(sent);

        back();
        rig.drain();

        assertThat(arrived).containsExactlyInAnyOrderElementsOf(sent);
        assertInOrderByKey(arrived);
        List<Integer> severities = severities(arrived.subList(1, arrived.size()));
        assertThat(severities)
                .as("all but the one that was on its way when the receiver went")
                .isSortedAccordingTo(Collections.reverseOrder());
        // Who starts from that checkpoint says it all once more.
        arrived.clear();
        rig(10_000, state).drain();
        assertThat(arrived).containsExactlyInAnyOrderElementsOf(sent);
    }

    @Test
    void pastTheBoundTheLeastLieOutsideAndAllArriveInOrder() throws Exception {
        away();
        DeliveryRig<String, Parcel> rig = rig(MOST, List.of());
        List<String> sent =
                IntStream.range(0, 60)
                        .mapToObj(i -> (i % 4 == 0 ? "" : "k" + i % 7) + "/" + i % 7 % 5 + "/" + i)
                        .collect(Collectors.toList());
        for (String element : sent) {
            inTime(rig, element);
        }
        rig.settlePuts();
        assertThat(rig.waiting()).isEqualTo(MOST);
        assertThat(place.objects).hasSize(60 - MOST);
        List<Parcel> state = rig.checkpoint();
        assertThat(state).hasSize(MOST);
        rig.close();

        back();
        DeliveryRig<String, Parcel> next = rig(MOST, state);
        inTime(next, "k1/1/60");
        next.drain();

        sent.add("k1/1/60");
        assertThat(arrived).containsExactlyInAnyOrderElementsOf(sent);
        assertInOrderByKey(arrived);
        assertThat(place.objects).isEmpty();
        assertThat(rig.spilled).isEqualTo(60 - MOST);
        assertThat(next.drained + next.spilled).isGreaterThanOrEqualTo(60 - MOST);
    }

    @Test
    void whatASubtaskLaidAsideThatIsNoMoreArrivesToo() throws Exception {
        away();
        List<String> sent = new ArrayList<>();
        List<Parcel> state = new ArrayList<>();
        for (int subtask = 0; subtask < 5; subtask++) {
            try (DeliveryRig<String, Parcel> rig = rig(subtask, 5, List.of())) {
                for (int i = 0; i < 150; i++) {
                    String element = "k" + subtask + "/" + i % 5 + "/" + (1_000 * subtask + i);
                    sent.add(element);
                    inTime(rig, element);
                }
                rig.settlePuts();
                state.addAll(rig.checkpoint());
            }
        }
        assertThat(place.objects).hasSize(5 * (150 - MOST));

        back();
        try (DeliveryRig<String, Parcel> first = rig(0, 2, state);
                DeliveryRig<String, Parcel> second = rig(1, 2, List.of())) {
            while (!place.objects.isEmpty()) {
                first.step();
                second.step();
            }
            first.drain();
            second.drain();
        }
        assertThat(arrived).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(place.objects).isEmpty();
    }

    @Test
    void whatGoesInNoOrderDoesNotQueueBehindWhatLiesOutside() throws Exception {
        away();
        DeliveryRig<String, Parcel> rig = rig(MOST, List.of());
        for (int i = 0; i < 20; i++) {
            inTime(rig, "/0/" + i);
        }
        rig.settlePuts();
        assertThat(place.objects).hasSize(14);
        back();
        while (rig.waiting() > 0) {
            rig.step();
        }
        int spilled = rig.spilled;
        rig.write("/0/20");
        assertThat(rig.spilled).isEqualTo(spilled);
        rig.drain();
        assertThat(arrived).hasSize(21).doesNotHaveDuplicates();
    }

    @Test
    void withoutAPlaceWhoeverWritesIsHeldUpAndItIsCounted() throws Exception {
        answers = new CompletableFuture<>();
        DeliveryRig<String, Parcel> rig =
                new DeliveryRig<>(sink(), MOST, Optional.empty(), List.of());
        int taken = 0;
        while (rig.hasRoomFor(parcel("k/0/" + taken))) {
            rig.write("k/0/" + taken++);
        }
        assertThat(taken).isEqualTo(MOST);
        assertThat(rig.heldUp).isZero();

        answers.complete(null); // heard only by a writer that waits
        rig.write("k/0/" + taken);

        assertThat(rig.heldUp).isEqualTo(1);
        rig.drain();
        assertThat(arrived).hasSize(MOST + 1);
        assertInOrderByKey(arrived);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void nothingIsLostWhateverFailsAndHoweverOftenItStartsAnew(long seed) throws Exception {
        Random random = new Random(seed);
        boolean[] calm = {false};
        boolean[] outage = {true};
        MemorySpillStore flaky = new MemorySpillStore(() -> !calm[0] && random.nextInt(4) == 0);
        receiver =
                text ->
                        !calm[0] && (outage[0] || random.nextInt(3) == 0)
                                ? Receipt.retry("away")
                                : Receipt.taken();
        List<String> input = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            int key = random.nextInt(6);
            input.add((key == 0 ? "" : "k" + key) + "/" + key % 5 + "/" + i);
        }
        int saved = 0;
        int at = 0;
        List<Parcel> state = List.of();
        DeliveryRig<String, Parcel> rig =
                new DeliveryRig<>(sink(), MOST, Optional.of(flaky), state);
        while (at < input.size()) {
            switch (random.nextInt(12)) {
                case 0:
                    state = rig.checkpoint();
                    saved = at;
                    break;
                case 1:
                    rig.close();
                    rig = new DeliveryRig<>(sink(), MOST, Optional.of(flaky), state);
                    at = saved;
                    break;
                case 2:
                    outage[0] = random.nextInt(3) > 0;
                    break;
                case 3:
                    rig.stepIfAny();
                    break;
                default:
                    inTime(rig, input.get(at++));
            }
        }
        calm[0] = true;
        rig.drain();

        assertThat(new HashSet<>(arrived)).isEqualTo(new HashSet<>(input));
        assertThat(flaky.objects).isEmpty();
    }

    @Test
    void aBatchThatIsRefusedAsOneGoesInPartsAndWhatIsNeverTakenIsTold() throws Exception {
        receiver = text -> text.endsWith("7") ? Receipt.refused("unwanted") : Receipt.taken();
        DeliveryRig<String, Parcel> rig = rig(100, List.of());
        refusesBatchesOver = 3;
        for (int i = 0; i < 20; i++) {
            rig.write("k" + i + "/0/" + i);
        }
        rig.drain();
        assertThat(arrived).hasSize(18);
        assertThat(refusals).hasSize(2).allMatch(line -> line.endsWith("unwanted"));
        assertThat(rig.refused).isEqualTo(2);
    }

    @Test
    void whatSomebodyHasToMendFailsTheJobAndSaysSo() throws Exception {
        receiver = text -> Receipt.broken("no such stream");
        DeliveryRig<String, Parcel> rig = rig(100, List.of());
        rig.write("k/0/1");
        assertThatThrownBy(rig::drain)
                .hasRootCauseInstanceOf(IOException.class)
                .hasStackTraceContaining("sink cannot be written (no such stream). Mend");
    }

    @Test
    void aParcelComesBackFromStateAsItWasAndAnothersStateIsRefused() throws Exception {
        WaitingParcels form = new WaitingParcels();
        for (Parcel parcel :
                List.of(
                        Parcel.of("t", new byte[] {0, -1}),
                        Parcel.of("t", new byte[0])
                                .keyed("key/\u00e4")
                                .at(OptionalLong.of(5))
                                .mattering(Severity.CRITICAL)
                                .header("a", "1")
                                .header("b", "")
                                .placed(1L << 60))) {
            Parcel read = form.deserialize(2, form.serialize(parcel));
            assertThat(read).isEqualTo(parcel);
            assertThat(form.id(read)).isEqualTo(form.id(parcel)).doesNotContain("-");
        }
        assertThatThrownBy(() -> form.deserialize(1, new byte[] {1}))
                .hasMessageContaining("version 1");
    }

    @Test
    void sinksTravelToTheirTasks() throws Exception {
        DeliverySink<String, Parcel> sink =
                new KafkaResults(
                                KafkaCluster.at("localhost:1"),
                                Optional.of(SpillPlace.at("/tmp/x", "", "")))
                        .<String>into(
                                "sink",
                                "topic",
                                text -> text,
                                text -> text.getBytes(StandardCharsets.UTF_8));
        assertThat(InstantiationUtil.clone(sink).name()).isEqualTo("sink");
    }

    private void away() {
        receiver = text -> Receipt.retry("away");
    }

    private void back() {
        receiver = text -> Receipt.taken();
    }

    private DeliveryRig<String, Parcel> rig(int most, List<Parcel> restored) throws Exception {
        return new DeliveryRig<>(sink(), most, Optional.of(place), restored);
    }

    private DeliveryRig<String, Parcel> rig(int subtask, int of, List<Parcel> restored)
            throws Exception {
        return new DeliveryRig<>(
                sink(),
                MOST,
                Optional.of(place),
                restored,
                new TaskInfoImpl("sink", 128, subtask, of, 0));
    }

    private DeliverySink<String, Parcel> sink() {
        return new DeliverySink<>(
                "sink",
                (element, time, at) -> parcel(element).placed(at),
                new WaitingParcels(),
                Receiver::new,
                (parcel, reason) -> refusals.add(text(parcel) + " " + reason));
    }

    private static Parcel parcel(String element) {
        String[] parts = element.split("/");
        Parcel parcel =
                Parcel.of("topic", element.getBytes(StandardCharsets.UTF_8))
                        .mattering(Severity.values()[Integer.parseInt(parts[1])]);
        return parts[0].isEmpty() ? parcel : parcel.keyed(parts[0]);
    }

    /** As the clock goes on while the writer holds up whoever writes. */
    private static void inTime(DeliveryRig<String, Parcel> rig, String element) throws Exception {
        while (!rig.hasRoomFor(parcel(element))) {
            rig.step();
        }
        rig.write(element);
    }

    private static String text(Parcel parcel) {
        return new String(parcel.value(), StandardCharsets.UTF_8);
    }

    private static List<String> texts(List<Parcel> parcels) {
        return parcels.stream().map(DeliverySinkTest::text).collect(Collectors.toList());
    }

    private static List<Integer> severities(List<String> elements) {
        return elements.stream()
                .map(element -> Integer.parseInt(element.split("/")[1]))
                .collect(Collectors.toList());
    }

    private static void assertInOrderByKey(List<String> elements) {
        Map<String, Integer> last = new HashMap<>();
        for (String element : elements) {
            String[] parts = element.split("/");
            int number = Integer.parseInt(parts[2]);
            Integer before = last.put(parts[0], number);
            assertThat(parts[0].isEmpty() || before == null || before < number)
                    .as("%s after %s", element, before)
                    .isTrue();
        }
    }

    /** Takes ten at a time, of each key one. */
    private final class Receiver implements Courier<Parcel> {
        @Override
        public CompletableFuture<List<Receipt>> send(List<Parcel> batch) {
            Set<String> keys = new HashSet<>();
            for (Parcel parcel : batch) {
                assertThat(parcel.key().isEmpty() || keys.add(parcel.keyText())).isTrue();
            }
            if (batch.size() > refusesBatchesOver) {
                return CompletableFuture.failedFuture(new IOException("too many"));
            }
            return answers.thenApply(now -> receive(batch));
        }

        private List<Receipt> receive(List<Parcel> batch) {
            List<Receipt> receipts = new ArrayList<>();
            for (Parcel parcel : batch) {
                Receipt receipt = receiver.apply(text(parcel));
                if (receipt.kind() == Receipt.Kind.TAKEN) {
                    arrived.add(text(parcel));
                }
                receipts.add(receipt);
            }
            return receipts;
        }

        @Override
        public Receipt receiptOf(Throwable failure) {
            return Receipt.refused(failure.toString());
        }

        @Override
        public int mostThings() {
            return 10;
        }

        @Override
        public long mostBytes() {
            return Long.MAX_VALUE;
        }

        @Override
        public int mostUnderWay() {
            return 1;
        }

        @Override
        public void close() {}
    }
}
