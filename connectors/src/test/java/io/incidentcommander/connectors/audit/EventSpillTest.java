// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import static io.incidentcommander.connectors.audit.EventSamples.chain;
import static io.incidentcommander.connectors.audit.FaultyDynamoDb.FINE;
import static io.incidentcommander.connectors.audit.FaultyDynamoDb.answerLost;
import static io.incidentcommander.connectors.audit.FaultyDynamoDb.failsWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.connectors.audit.EventRejection.Reason;
import io.incidentcommander.connectors.delivery.MemorySpillStore;
import io.incidentcommander.connectors.delivery.SpillPlace;
import io.incidentcommander.connectors.delivery.SpillStore;
import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.ingest.Severity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.SdkClientException;

@Timeout(180)
class EventSpillTest {
    private static final EventSinkOptions OPTIONS =
            EventSinkOptions.defaults()
                    .withMaxPredecessorWaits(5)
                    .withMaxPending(6, Long.MAX_VALUE)
                    .withRequestTimeout(Duration.ofMinutes(1));
    private static final Throwable AWAY = SdkClientException.create("connection refused");

    private final LocalDynamoDb dynamoDb = new LocalDynamoDb();
    private final MemorySpillStore place = new MemorySpillStore();
    private boolean away;

    @AfterEach
    void close() {
        dynamoDb.close();
    }

    @Test
    void whatDoesNotFitIntoStateIsLaidAsideAndComesBackInOrder() throws Exception {
        away = true;
        WriterRig rig = rig(List.of());
        for (String id : List.of("aa", "bb", "cc")) {
            rig.write(chain(id, 20));
        }
        assertThat(rig.writer().room().size()).isEqualTo(6);
        settlePuts(rig);
        assertThat(place.objects).hasSize(54);
        assertThat(rig.writer().snapshotState(1)).hasSize(6);

        away = false;
        rig.drain();

        for (String id : List.of("aa", "bb", "cc")) {
            assertStored(id, 20);
        }
        assertThat(place.objects).isEmpty();
        assertThat(rig.spilled).isEqualTo(54);
        assertThat(rig.drained).isEqualTo(54);
        assertThat(rig.rejections).isEmpty();
        assertThat(rig.redelivered).isZero();
        // And the next goes straight to the store again.
        rig.write(chain("aa", 21).subList(20, 21)).drain();
        assertThat(rig.spilled).isEqualTo(54);
        assertStored("aa", 21);
    }

    @Test
    void whoeverComesNextFindsWhatWasLaidAsideBeforeItTakesMore() throws Exception {
        away = true;
        WriterRig rig = rig(List.of()).write(chain("aa", 20));
        settlePuts(rig);
        List<IncidentEvent> state = rig.writer().snapshotState(1);
        assertThat(state).hasSize(6);

        away = false;
        WriterRig next = rig(state).write(chain("aa", 30).subList(20, 30)).drain();

        assertStored("aa", 30);
        assertThat(next.rejections).isEmpty();
        assertThat(place.objects).isEmpty();
    }

    @Test
    void whatMattersLeastIsLaidAsideFirstAndComesBackLast() throws Exception {
        List<String> order = new ArrayList<>();
        away = true;
        WriterRig rig =
                new WriterRig(
                        new FaultyDynamoDb(
                                dynamoDb.client(),
                                call ->
                                        away
                                                ? failsWith(AWAY)
                                                : (real, request) -> {
                                                    order.add(
                                                            request.transactItems()
                                                                    .get(0)
                                                                    .put()
                                                                    .item()
                                                                    .get("incident_id")
                                                                    .s());
                                                    return real.transactWriteItems(request);
                                                }),
                        OPTIONS.withMaxInFlight(1),
                        List.of(),
                        Optional.of(place));
        Map<String, Severity> severities =
                Map.of(
                        "m", Severity.MEDIUM,
                        "i", Severity.INFO,
                        "l", Severity.LOW,
                        "h", Severity.HIGH,
                        "c", Severity.CRITICAL);
        for (String id : List.of("m", "i", "l", "h", "c")) {
            rig.write(chain(id, severities.get(id), 3));
        }
        settlePuts(rig);
        assertThat(place.objects.keySet())
                .as("least of all that waits, but never a CRITICAL one")
                .allMatch(key -> !key.startsWith("events/0/0"))
                .hasSize(9);

        away = false;
        rig.drain();

        assertThat(order.subList(order.indexOf("c"), order.indexOf("c") + 3)).containsOnly("c");
        assertThat(order.lastIndexOf("h")).isLessThan(order.indexOf("l"));
        assertThat(order.lastIndexOf("l")).isLessThan(order.indexOf("i"));
        assertThat(rig.rejections).isEmpty();
        for (String id : severities.keySet()) {
            assertThat(dynamoDb.events(id)).isEqualTo(chain(id, severities.get(id), 3));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void neitherLosesNorDoublesNorReordersWhateverFailsAndHoweverOftenItStartsAnew(long seed)
            throws Exception {
        Random random = new Random(seed);
        int[] calm = {0};
        MemorySpillStore flaky = new MemorySpillStore(() -> calm[0] == 0 && random.nextInt(4) == 0);
        boolean[] outage = {true};
        FaultyDynamoDb faulty =
                new FaultyDynamoDb(
                        dynamoDb.client(),
                        call ->
                                outage[0]
                                        ? failsWith(AWAY)
                                        : calm[0] > 0 || random.nextInt(3) > 0
                                                ? FINE
                                                : random.nextBoolean()
                                                        ? answerLost(AWAY)
                                                        : failsWith(AWAY));
        List<IncidentEvent> input = new ArrayList<>();
        Map<String, Integer> lengths = new HashMap<>();
        for (int i = 0; i < 80; i++) {
            String id = "incident-" + random.nextInt(6);
            int length = lengths.merge(id, 1, Integer::sum);
            input.add(chain(id, severity(id), length).get(length - 1));
        }
        int saved = 0;
        List<IncidentEvent> state = List.of();
        int at = 0;
        WriterRig rig = new WriterRig(faulty, OPTIONS, state, Optional.of(flaky));
        while (at < input.size()) {
            switch (random.nextInt(12)) {
                case 0:
                    state = List.copyOf(rig.writer().snapshotState(at));
                    saved = at;
                    break;
                case 1:
                    rig = new WriterRig(faulty, OPTIONS, state, Optional.of(flaky));
                    at = saved;
                    break;
                case 2:
                    outage[0] = random.nextInt(3) > 0;
                    break;
                case 3:
                case 4:
                    rig.stepIfAny();
                    break;
                default:
                    rig.writeInTime(input.get(at++));
            }
        }
        outage[0] = false;
        calm[0] = 1;
        rig.drain();

        for (Map.Entry<String, Integer> incident : lengths.entrySet()) {
            String id = incident.getKey();
            assertThat(dynamoDb.events(id)).isEqualTo(chain(id, severity(id), incident.getValue()));
        }
        assertThat(rig.rejections).isEmpty();
        assertThat(flaky.objects).isEmpty();
    }

    @Test
    void aSpareLaysAsideTooAndLeavesOutOnlyWhatThePlaceCannotTake() throws Exception {
        away = true;
        MemorySpillStore gone = new MemorySpillStore(() -> true);
        WriterRig without = new WriterRig(store(), OPTIONS.asSpare(), List.of(), Optional.of(gone));
        without.write(chain("aa", 20));
        assertThat(without.rejectedByReason).containsOnly(Map.entry(Reason.LEFT_OUT, 14));

        WriterRig with = new WriterRig(store(), OPTIONS.asSpare(), List.of(), Optional.of(place));
        with.stepIfAny();
        with.write(chain("bb", 20));
        settlePuts(with);
        assertThat(with.rejections).isEmpty();
        away = false;
        with.drain();
        while (!place.objects.isEmpty()) {
            with.step();
        }
        assertStored("bb", 20);
    }

    @Test
    void anObjectThatIsNoEventIsLeftWhereItIsAndHoldsUpNobodyElse() throws Exception {
        place.objects.put(
                "events/0/0other/0000000000000000001-" + ChainHead.GENESIS_HASH,
                "nonsense".getBytes(StandardCharsets.UTF_8));
        away = true;
        WriterRig rig = rig(List.of()).write(chain("aa", 20));
        settlePuts(rig);
        away = false;
        rig.drain();

        assertStored("aa", 20);
        assertThat(place.objects).hasSize(1);
        assertThat(rig.spillFailures).isEqualTo(1);
    }

    @Test
    void aDirectoryKeepsWhatItIsGiven(@TempDir Path directory) throws Exception {
        try (SpillStore store = SpillPlace.at(directory.toUri().toString(), "", "").open()) {
            keepsWhatItIsGiven(store);
        }
    }

    /** What every place has to do. */
    static void keepsWhatItIsGiven(SpillStore store) {
        assertThat(store.listAll("t/0/").join()).isEmpty();
        for (String key : List.of("t/0/1b/2-x", "t/0/1b/1-y", "t/0/0c/7-z", "t/1/0a/1-x")) {
            store.put(key, key.getBytes(StandardCharsets.UTF_8)).join();
        }
        store.put("t/0/0c/7-z", new byte[] {1}).join();

        assertThat(store.listAll("t/0/").join())
                .containsExactly("t/0/0c/7-z", "t/0/1b/1-y", "t/0/1b/2-x");
        assertThat(store.list("t/0/", 2).join()).containsExactly("t/0/0c/7-z", "t/0/1b/1-y");
        assertThat(store.get("t/0/0c/7-z").join()).containsExactly(1);
        assertThat(store.get("t/0/nothing")).failsWithin(Duration.ofMinutes(1));
        store.delete("t/0/0c/7-z").join();
        store.delete("t/0/0c/7-z").join();
        assertThat(store.list("t/0/", 2).join()).containsExactly("t/0/1b/1-y", "t/0/1b/2-x");
    }

    private static Severity severity(String incidentId) {
        return Severity.values()[incidentId.charAt(incidentId.length() - 1) % 5];
    }

    private WriterRig rig(List<IncidentEvent> state) throws Exception {
        return new WriterRig(store(), OPTIONS, state, Optional.of(place));
    }

    private FaultyDynamoDb store() {
        return new FaultyDynamoDb(dynamoDb.client(), call -> away ? failsWith(AWAY) : FINE);
    }

    /** Until all that was laid aside is safe outside. */
    private static void settlePuts(WriterRig rig) throws Exception {
        while (rig.writer().snapshotState(0).size() > rig.writer().room().size()) {
            rig.step();
        }
    }

    private void assertStored(String incidentId, int length) {
        assertThat(dynamoDb.events(incidentId)).isEqualTo(chain(incidentId, length));
    }
}
