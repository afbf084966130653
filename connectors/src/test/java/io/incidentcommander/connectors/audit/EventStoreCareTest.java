// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import static io.incidentcommander.connectors.audit.EventSamples.chain;
import static io.incidentcommander.connectors.audit.EventSamples.next;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.incidentcommander.model.audit.IncidentEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@Timeout(180)
class EventStoreCareTest {
    private static final String ID = "aa";
    private static final List<IncidentEvent> EVENTS = chain(ID, 6);

    private final LocalDynamoDb dynamoDb = new LocalDynamoDb();
    private final EventStoreCare care = new EventStoreCare(dynamoDb.client(), LocalDynamoDb.TABLE);

    @BeforeEach
    void store() {
        DynamoDbEventStore store = new DynamoDbEventStore(dynamoDb.client(), LocalDynamoDb.TABLE);
        EVENTS.forEach(event -> store.append(event).join());
    }

    @AfterEach
    void close() {
        dynamoDb.close();
    }

    @Test
    void whatTheSinkWroteIsNotDamaged() {
        StoredChain stored = care.read(ID);

        assertThat(stored.events()).isEqualTo(EVENTS);
        assertThat(stored.head()).contains(EVENTS.get(5).head());
        assertThat(stored.damaged()).isEmpty();
        assertThat(care.mend(stored, EVENTS)).isZero();
    }

    @Test
    void anIncidentThatIsNotThereIsEmpty() {
        StoredChain stored = care.read("nobody");

        assertThat(stored.events()).isEmpty();
        assertThat(stored.head()).isEmpty();
        assertThat(stored.damaged()).isEmpty();
    }

    @Test
    void aReadableAttributeThatWasChangedIsNamed() {
        Map<String, AttributeValue> item = itemOf(3);
        item.put("severity", EventItems.text("LOW"));
        put(item);

        StoredChain stored = care.read(ID);

        assertThat(stored.events()).isEqualTo(EVENTS);
        assertThat(stored.damaged()).hasSize(1);
        assertThat(stored.damaged().get(0).isReadable()).isTrue();
        assertThat(stored.damaged().get(0).sequence()).isEqualTo(3);
        assertThat(stored.damaged().get(0).detail()).contains("[severity]");
    }

    @Test
    void bytesThatAreNoEventDoNotStopTheReader() {
        Map<String, AttributeValue> cut = itemOf(2);
        cut.put("canonical", AttributeValue.fromB(SdkBytes.fromByteArray(new byte[] {1, 2, 3})));
        put(cut);
        Map<String, AttributeValue> bare = itemOf(4);
        bare.remove("hash");
        put(bare);

        StoredChain stored = care.read(ID);

        assertThat(stored.events())
                .extracting(IncidentEvent::sequence)
                .containsExactly(1L, 3L, 5L, 6L);
        assertThat(stored.damaged())
                .extracting(DamagedItem::sequence)
                .containsExactlyInAnyOrder(2L, 4L);
        assertThat(stored.damaged()).noneMatch(DamagedItem::isReadable);
    }

    @Test
    void mendsEveryKindOfDamageAndKeepsWhatItReplaces() {
        Map<String, AttributeValue> changed = itemOf(2);
        changed.put("cause", EventItems.text("somebody else"));
        put(changed);
        delete(itemOf(3));
        Map<String, AttributeValue> stray = itemOf(4);
        delete(itemOf(4));
        stray.put("pk", EventItems.text(EventItems.partition(ID, strayShard(4))));
        put(stray);
        Map<String, AttributeValue> head = new HashMap<>(EventItems.head(EVENTS.get(1)));
        put(head);
        StoredChain broken = care.read(ID);

        assertThat(care.mend(broken, EVENTS)).isEqualTo(5);

        StoredChain mended = care.read(ID);
        assertThat(mended.events()).isEqualTo(EVENTS);
        assertThat(mended.head()).contains(EVENTS.get(5).head());
        assertThat(mended.damaged()).isEmpty();
        assertThat(replaced()).hasSize(3).anyMatch(item -> "somebody else".equals(cause(item)));
    }

    @Test
    void aHeadThatCannotBeReadIsDamageAndIsMended() {
        Map<String, AttributeValue> head = new HashMap<>(EventItems.head(EVENTS.get(5)));
        head.put("hash", EventItems.text("no hash"));
        put(head);
        StoredChain broken = care.read(ID);

        assertThat(broken.head()).isEmpty();
        assertThat(broken.damaged()).hasSize(1);
        care.mend(broken, EVENTS);
        assertThat(care.read(ID).head()).contains(EVENTS.get(5).head());
    }

    @Test
    void aChainThatGoesOnMeanwhileKeepsItsHead() {
        put(EventItems.head(EVENTS.get(1)));
        StoredChain broken = care.read(ID);
        IncidentEvent more = next(ID, EVENTS.get(5).head(), "one more");
        put(EventItems.head(more));

        assertThatThrownBy(() -> care.mend(broken, EVENTS)).hasMessageContaining("went on");

        assertThat(dynamoDb.head(ID)).isEqualTo(more.head());
    }

    private static int strayShard(int sequence) {
        String proper = itemOf(sequence).get("pk").s();
        return proper.endsWith("#0") ? 1 : 0;
    }

    private static Map<String, AttributeValue> itemOf(int sequence) {
        return new HashMap<>(EventItems.event(EVENTS.get(sequence - 1)));
    }

    private static String cause(Map<String, AttributeValue> item) {
        return item.containsKey("cause") ? item.get("cause").s() : "";
    }

    private List<Map<String, AttributeValue>> replaced() {
        return dynamoDb.client()
                .query(
                        q ->
                                q.tableName(LocalDynamoDb.TABLE)
                                        .keyConditionExpression("pk = :p")
                                        .expressionAttributeValues(
                                                Map.of(":p", EventItems.text(ID + "#REPLACED"))))
                .join()
                .items();
    }

    private void put(Map<String, AttributeValue> item) {
        dynamoDb.client().putItem(p -> p.tableName(LocalDynamoDb.TABLE).item(item)).join();
    }

    private void delete(Map<String, AttributeValue> item) {
        dynamoDb.client()
                .deleteItem(
                        d ->
                                d.tableName(LocalDynamoDb.TABLE)
                                        .key(Map.of("pk", item.get("pk"), "sk", item.get("sk"))))
                .join();
    }
}
