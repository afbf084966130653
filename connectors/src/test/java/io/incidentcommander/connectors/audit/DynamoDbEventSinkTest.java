// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import static io.incidentcommander.connectors.audit.EventSamples.chain;
import static io.incidentcommander.connectors.audit.EventSamples.next;
import static io.incidentcommander.connectors.audit.FaultyDynamoDb.FINE;
import static io.incidentcommander.connectors.audit.FaultyDynamoDb.HANGS;
import static io.incidentcommander.connectors.audit.FaultyDynamoDb.answerLost;
import static io.incidentcommander.connectors.audit.FaultyDynamoDb.failsWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.incidentcommander.connectors.audit.EventRejection.Reason;
import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.IncidentEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

@Timeout(180)
class DynamoDbEventSinkTest {
    /** With patience: an answer that is late on a busy machine would be asked for again. */
    private static final EventSinkOptions OPTIONS =
            EventSinkOptions.defaults()
                    .withMaxPredecessorWaits(5)
                    .withRequestTimeout(Duration.ofMinutes(1));

    private static final List<Throwable> TRANSIENT =
            List.of(
                    ProvisionedThroughputExceededException.builder().message("slow down").build(),
                    DynamoDbException.builder().statusCode(500).message("internal").build(),
                    DynamoDbException.builder().statusCode(503).message("unavailable").build(),
                    ApiCallTimeoutException.create(5_000),
                    SdkClientException.create("connection refused"),
                    cancelled("ThrottlingError"),
                    cancelled("TransactionConflict"));

    private final LocalDynamoDb dynamoDb = new LocalDynamoDb();

    @AfterEach
    void close() {
        dynamoDb.close();
    }

    @Test
    void storesEveryEventAndTheHeadOfEveryIncident() throws Exception {
        WriterRig rig = new WriterRig(dynamoDb.client(), OPTIONS);
        for (String id : List.of("aa", "bb", "cc")) {
            rig.write(chain(id, 20));
        }
        rig.drain();

        for (String id : List.of("aa", "bb", "cc")) {
            assertStored(id, chain(id, 20));
        }
        assertThat(rig.appended).isEqualTo(60);
    }

    @Test
    void neitherLosesNorDoublesNorReordersWhenEveryOtherCallFails() throws Exception {
        IntFunction<FaultyDynamoDb.Fate> fates =
                call -> {
                    Throwable failure = TRANSIENT.get(call / 2 % TRANSIENT.size());
                    return call % 2 == 0
                            ? FINE
                            : call % 3 == 0 ? answerLost(failure) : failsWith(failure);
                };
        FaultyDynamoDb faulty = new FaultyDynamoDb(dynamoDb.client(), fates);
        WriterRig rig = new WriterRig(faulty, OPTIONS);
        for (int incident = 0; incident < 10; incident++) {
            rig.write(chain("incident-" + incident, 10));
        }
        rig.drain();

        for (int incident = 0; incident < 10; incident++) {
            assertStored("incident-" + incident, chain("incident-" + incident, 10));
        }
        assertThat(rig.rejections).isEmpty();
        assertThat(rig.appended + rig.redelivered).isEqualTo(100);
        assertThat(rig.redelivered).isPositive();
        assertThat(rig.retried).isPositive();
        assertThat(faulty.overlaps()).isEmpty();
    }

    @Test
    void whatAnOutageKeptUnwrittenIsWrittenAfterTheRestore() throws Exception {
        List<IncidentEvent> events = chain("aa", 10);
        Throwable lost = ApiCallTimeoutException.create(5_000);
        FaultyDynamoDb outage =
                new FaultyDynamoDb(
                        dynamoDb.client(),
                        call -> call <= 3 ? FINE : call == 4 ? answerLost(lost) : failsWith(lost));
        WriterRig before = new WriterRig(outage, OPTIONS).write(events);
        while (outage.calls() < 6) {
            before.step();
        }
        before.writer().flush(false);
        List<IncidentEvent> state = throughSerializer(before.writer().snapshotState(1));
        before.writer().close();
        assertThat(outage.isClosed()).isTrue();
        assertThat(state).isEqualTo(events.subList(3, 10));

        WriterRig after = new WriterRig(dynamoDb.client(), OPTIONS, state).drain();

        assertStored("aa", events);
        assertThat(after.redelivered).isEqualTo(1);
        assertThat(after.appended).isEqualTo(6);
    }

    @Test
    void aWholeStreamDeliveredAgainChangesNothing() throws Exception {
        List<IncidentEvent> events = chain("aa", 10);
        new WriterRig(dynamoDb.client(), OPTIONS).write(events).drain();

        WriterRig again = new WriterRig(dynamoDb.client(), OPTIONS).write(events).drain();

        assertStored("aa", events);
        assertThat(again.redelivered).isEqualTo(10);
        assertThat(again.rejections).isEmpty();
    }

    @Test
    void anEventThatContradictsAStoredOneIsRejectedWithBothHashes() throws Exception {
        List<IncidentEvent> events = chain("aa", 3);
        new WriterRig(dynamoDb.client(), OPTIONS).write(events).drain();
        IncidentEvent other = next("aa", events.get(0).head(), "another story");
        IncidentEvent onTop = next("aa", other.head(), "which goes on");

        WriterRig rig =
                new WriterRig(dynamoDb.client(), OPTIONS)
                        .write(List.of(other, onTop))
                        .write(chain("bb", 2))
                        .drain();

        assertStored("aa", events);
        assertStored("bb", chain("bb", 2));
        assertThat(rig.rejections)
                .extracting(EventRejection::reason)
                .containsExactly(Reason.CONFLICT, Reason.PREDECESSOR_REJECTED);
        assertThat(rig.rejections.get(0).toString())
                .contains(other.hash())
                .contains(events.get(1).hash());
        assertThat(rig.rejectedByReason).containsEntry(Reason.CONFLICT, 1);
    }

    @Test
    void keysThatCameBackUnreadAreReadAgainBeforeAnythingIsSaidOfThem() throws Exception {
        List<IncidentEvent> events = chain("aa", 3);
        new WriterRig(dynamoDb.client(), OPTIONS).write(events).drain();
        IncidentEvent other = next("aa", events.get(1).head(), "another story");
        FaultyDynamoDb busy = new FaultyDynamoDb(dynamoDb.client(), call -> FINE).leavingUnread(2);

        WriterRig rig = new WriterRig(busy, OPTIONS).write(List.of(other)).drain();

        assertStored("aa", events);
        assertThat(rig.redelivered).isZero();
        assertThat(rig.rejections)
                .extracting(EventRejection::reason)
                .containsExactly(Reason.CONFLICT);
        assertThat(rig.retried).isEqualTo(2);
    }

    @Test
    void twoAgentsThatWriteOneSequenceMeetAtTheHead() throws Exception {
        IncidentEvent first = chain("aa", 1).get(0);
        IncidentEvent one =
                next(EventSamples.incident("aa", "t"), first.head(), "mine", "lifecycle");
        IncidentEvent other =
                next(EventSamples.incident("aa", "t"), first.head(), "mine", "diagnosis/model");
        assertThat(EventItems.partition("aa", one.agent()))
                .isNotEqualTo(EventItems.partition("aa", other.agent()));
        new WriterRig(dynamoDb.client(), OPTIONS).write(List.of(first, one)).drain();

        WriterRig rig = new WriterRig(dynamoDb.client(), OPTIONS).write(List.of(other)).drain();

        assertStored("aa", List.of(first, one));
        assertThat(rig.rejections)
                .extracting(EventRejection::reason)
                .containsExactly(Reason.CONFLICT);
    }

    @Test
    void anEventWaitsForAPredecessorThatAnotherWriterHolds() throws Exception {
        List<IncidentEvent> events = chain("aa", 4);
        WriterRig later = new WriterRig(dynamoDb.client(), OPTIONS, events.subList(2, 4));
        while (later.retried < 2) {
            later.step();
        }
        new WriterRig(dynamoDb.client(), OPTIONS, events.subList(0, 2)).drain();
        later.drain();

        assertStored("aa", events);
        assertThat(later.rejections).isEmpty();
    }

    @Test
    void anEventWhosePredecessorNeverComesIsToldNotKeptForEver() throws Exception {
        WriterRig rig =
                new WriterRig(dynamoDb.client(), OPTIONS)
                        .write(chain("aa", 3).subList(1, 3))
                        .drain();

        assertThat(dynamoDb.events("aa")).isEmpty();
        assertThat(rig.rejections)
                .extracting(EventRejection::reason)
                .containsExactly(Reason.PREDECESSOR_NEVER_CAME, Reason.PREDECESSOR_REJECTED);
        assertThat(rig.retried).isEqualTo(5);
    }

    @Test
    void anEventOverTheItemLimitIsRejectedAndTheRestGoesOn() throws Exception {
        IncidentEvent huge =
                next(
                        EventSamples.incident("aa", "x".repeat(410_000)),
                        ChainHead.genesis(),
                        "big",
                        "lifecycle");

        WriterRig rig =
                new WriterRig(dynamoDb.client(), OPTIONS)
                        .write(List.of(huge))
                        .write(chain("bb", 1))
                        .drain();

        assertThat(rig.rejections)
                .extracting(EventRejection::reason)
                .containsExactly(Reason.TOO_LARGE);
        assertStored("bb", chain("bb", 1));
    }

    @Test
    void anEventJustUnderOurLimitFitsTheRealStore() throws Exception {
        IncidentEvent large =
                next(
                        EventSamples.incident("aa", "x".repeat(398_000)),
                        ChainHead.genesis(),
                        "big",
                        "lifecycle");

        new WriterRig(dynamoDb.client(), OPTIONS).write(List.of(large)).drain();

        assertStored("aa", List.of(large));
    }

    @Test
    void neverHoldsMoreThanItsBound() throws Exception {
        WriterRig rig = new WriterRig(dynamoDb.client(), OPTIONS.withMaxPending(5, 1 << 20));
        for (IncidentEvent event : chain("aa", 30)) {
            rig.write(List.of(event));
            assertThat(rig.writer().room().size()).isLessThanOrEqualTo(5);
        }
        rig.drain();

        assertStored("aa", chain("aa", 30));
    }

    @Test
    void aCallThatHangsIsTriedAgainAfterItsTimeOut() throws Exception {
        FaultyDynamoDb faulty =
                new FaultyDynamoDb(dynamoDb.client(), call -> call == 1 ? HANGS : FINE);
        WriterRig rig =
                new WriterRig(faulty, OPTIONS.withRequestTimeout(Duration.ofSeconds(1)))
                        .write(chain("aa", 2))
                        .drain();

        assertStored("aa", chain("aa", 2));
        assertThat(rig.retried).isPositive();
    }

    @Test
    void aMissingTableFailsTheJobWithAMessageThatSaysWhatToDo() throws Exception {
        FaultyDynamoDb faulty =
                new FaultyDynamoDb(
                        dynamoDb.client(),
                        call ->
                                failsWith(
                                        ResourceNotFoundException.builder()
                                                .statusCode(400)
                                                .message("no such table")
                                                .build()));
        WriterRig rig = new WriterRig(faulty, OPTIONS).write(chain("aa", 1));

        assertThatThrownBy(rig::drain).hasStackTraceContaining("Mend table, region or permissions");
        assertThat(rig.writer().snapshotState(1)).isEqualTo(chain("aa", 1));
    }

    @Test
    void anInvalidEventIsRejectedAndTheRestGoesOn() throws Exception {
        Throwable invalid =
                DynamoDbException.builder()
                        .statusCode(400)
                        .awsErrorDetails(
                                AwsErrorDetails.builder().errorCode("ValidationException").build())
                        .build();
        FaultyDynamoDb faulty =
                new FaultyDynamoDb(
                        dynamoDb.client(), call -> call == 1 ? failsWith(invalid) : FINE);
        WriterRig rig =
                new WriterRig(faulty, OPTIONS).write(chain("aa", 1)).write(chain("bb", 1)).drain();

        assertThat(rig.rejections)
                .extracting(EventRejection::reason)
                .containsExactly(Reason.INVALID);
        assertStored("bb", chain("bb", 1));
    }

    @Test
    void theSinkTravelsToItsTasks() throws Exception {
        DynamoDbEventSink sink =
                new DynamoDbEventSink(
                        "events",
                        DynamoDbClientProvider.at("http://127.0.0.1:8000"),
                        OPTIONS,
                        RejectedEvents.logged());

        assertThat(InstantiationUtil.clone(sink)).isNotSameAs(sink);
    }

    @Test
    void aSpareStoreThatIsAwayNeverHoldsUpTheJobAndStaysWhole() throws Exception {
        List<IncidentEvent> events = chain("aa", 10);
        ResourceNotFoundException gone =
                ResourceNotFoundException.builder().message("no such table").build();
        boolean[] away = {true};
        FaultyDynamoDb faulty =
                new FaultyDynamoDb(dynamoDb.client(), call -> away[0] ? failsWith(gone) : FINE);
        WriterRig rig = new WriterRig(faulty, OPTIONS.withMaxPending(4, Long.MAX_VALUE).asSpare());

        rig.write(events.subList(0, 8));
        for (int i = 0; i < 4; i++) {
            rig.step();
        }

        assertThat(rig.writer().room().size()).isEqualTo(4);
        assertThat(rig.rejectedByReason).containsOnly(Map.entry(Reason.LEFT_OUT, 4));
        away[0] = false;
        rig.drain().write(events.subList(8, 10)).drain();
        assertStored("aa", events.subList(0, 4));
        assertThat(rig.rejectedByReason)
                .containsOnly(
                        Map.entry(Reason.LEFT_OUT, 4), Map.entry(Reason.PREDECESSOR_NEVER_CAME, 2));
    }

    @Test
    void aSpareStoreGoesOnByItselfOnceItIsMended() throws Exception {
        List<IncidentEvent> events = chain("aa", 6);
        WriterRig rig =
                new WriterRig(
                        dynamoDb.client(), OPTIONS.withMaxPending(2, Long.MAX_VALUE).asSpare());
        rig.write(events.subList(0, 4)).drain();
        assertThat(rig.rejectedByReason).containsOnly(Map.entry(Reason.LEFT_OUT, 2));
        EventStoreCare care = new EventStoreCare(dynamoDb.client(), LocalDynamoDb.TABLE);
        care.mend(care.read("aa"), events.subList(0, 4));

        rig.write(events.subList(4, 6)).drain();

        assertStored("aa", events);
    }

    private void assertStored(String incidentId, List<IncidentEvent> expected) {
        assertThat(dynamoDb.events(incidentId)).isEqualTo(expected);
        assertThat(dynamoDb.head(incidentId)).isEqualTo(expected.get(expected.size() - 1).head());
    }

    private static List<IncidentEvent> throughSerializer(List<IncidentEvent> events)
            throws Exception {
        WaitingEvents serializer = new WaitingEvents();
        List<IncidentEvent> read = new ArrayList<>();
        for (IncidentEvent event : events) {
            read.add(serializer.deserialize(serializer.getVersion(), serializer.serialize(event)));
        }
        return read;
    }

    private static Throwable cancelled(String code) {
        return TransactionCanceledException.builder()
                .statusCode(400)
                .cancellationReasons(CancellationReason.builder().code(code).build())
                .build();
    }
}
