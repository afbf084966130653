// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.integration.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.connectors.audit.DynamoDbClientProvider;
import io.incidentcommander.connectors.audit.EventStoreCare;
import io.incidentcommander.connectors.audit.EventTable;
import io.incidentcommander.embedded.EmbeddedProcess;
import io.incidentcommander.embedded.ServiceName;
import io.incidentcommander.jobs.CommanderCli;
import io.incidentcommander.model.audit.ChainHead;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.IncidentEventKind;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import io.incidentcommander.udfs.audit.IncidentEventChain;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@code events} on Amazon's own engine, with somebody at the items in between. */
class EventsCommandITCase {
    private static final long T0 = 1_700_000_000_000L;
    private static final String PRIMARY = "events-here";
    private static final String REPLICA = "events-there";

    @TempDir static Path directory;
    private static EmbeddedProcess services;
    private static String endpoint;
    private static DynamoDbAsyncClient client;

    private final StringWriter out = new StringWriter();

    @BeforeAll
    static void start() throws Exception {
        services = EmbeddedProcess.start(directory, Set.of(ServiceName.DYNAMODB));
        endpoint = services.endpoints().dynamoDb().toString();
        client = DynamoDbClientProvider.at(endpoint, Duration.ofSeconds(60)).create();
        EventTable.createIfAbsent(client, PRIMARY);
        EventTable.createIfAbsent(client, REPLICA);
    }

    @AfterAll
    static void stop() throws Exception {
        client.close();
        services.close();
    }

    @Test
    void whatSomebodyDidToTheTableIsFoundAndMendedFromTheReplica() {
        store("tampered", PRIMARY);
        store("tampered", REPLICA);
        assertThat(events("verify", "tampered")).as(out.toString()).isZero();

        Map<String, AttributeValue> third = item(PRIMARY, "tampered", 3);
        Map<String, AttributeValue> changed = new HashMap<>(third);
        changed.put("hash", AttributeValue.fromS("0".repeat(64)));
        put(PRIMARY, changed);
        delete(PRIMARY, item(PRIMARY, "tampered", 4));

        assertThat(events("verify", "tampered")).isEqualTo(1);
        assertThat(out.toString()).contains("CHANGED_CONTENT at 3").contains("GAP at 4");
        assertThat(events("replay", "tampered")).isEqualTo(1);
        assertThat(events("verify", "tampered", "--repair")).as(out.toString()).isZero();
        assertThat(events("verify", "tampered")).isZero();
        assertThat(item(PRIMARY, "tampered", 3)).isEqualTo(third);
        assertThat(events("replay", "tampered")).isZero();
        assertThat(out.toString()).contains("alert 5");
    }

    @Test
    void whatBothHaveLostIsSaidAndNotMadeUp() {
        for (String table : List.of(PRIMARY, REPLICA)) {
            store("lost", table);
            delete(table, item(table, "lost", 2));
        }

        assertThat(events("verify", "lost", "--repair")).isEqualTo(1);
        assertThat(out.toString()).contains("the other copy is broken too").contains("GAP at 2");
    }

    @Test
    void aTailThatSomebodyCutOffWithItsHeadIsFoundByTheAnchorAndMended() {
        store("cut", PRIMARY);
        store("cut", REPLICA);
        Map<String, AttributeValue> fourth = item(PRIMARY, "cut", 4);
        Map<String, AttributeValue> anchor = new HashMap<>();
        anchor.put("pk", AttributeValue.fromS("cut#ANCHOR"));
        for (String name : List.of("sk", "incident_id", "sequence", "hash")) {
            anchor.put(name, fourth.get(name));
        }
        put(PRIMARY, anchor);
        assertThat(events("verify", "cut")).as(out.toString()).isZero();

        Map<String, AttributeValue> head = new HashMap<>(item(PRIMARY, "cut", 2));
        head.keySet().retainAll(List.of("incident_id", "tenant", "sequence", "hash"));
        head.put("pk", AttributeValue.fromS("cut#HEAD"));
        head.put("sk", AttributeValue.fromS("HEAD"));
        put(PRIMARY, head);
        for (int sequence = 3; sequence <= 6; sequence++) {
            delete(PRIMARY, event(PRIMARY, "cut", sequence));
        }

        assertThat(events("verify", "cut")).isEqualTo(1);
        assertThat(out.toString()).contains("CUT_OFF at 3");
        assertThat(events("verify", "cut", "--repair")).as(out.toString()).isZero();
        assertThat(events("verify", "cut")).isZero();
    }

    private int events(String verb, String id, String... more) {
        out.getBuffer().setLength(0);
        List<String> args = new ArrayList<>(List.of("events", verb, id));
        Map.of(
                        "sink.dynamodb.table", PRIMARY,
                        "sink.dynamodb.endpoint", endpoint,
                        "sink.dynamodb.replica.table", REPLICA,
                        "sink.dynamodb.replica.endpoint", endpoint)
                .forEach((key, value) -> args.addAll(List.of("--set", key + "=" + value)));
        args.addAll(List.of(more));
        return CommanderCli.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(args.toArray(new String[0]));
    }

    private static void store(String id, String table) {
        List<IncidentEvent> events = new ArrayList<>();
        ChainHead head = ChainHead.genesis();
        for (int i = 0; i < 6; i++) {
            IncidentEvent event =
                    IncidentEventChain.next(
                            head,
                            i == 0 ? IncidentEventKind.OPENED : IncidentEventKind.UPDATED,
                            Incident.builder()
                                    .incidentId(id)
                                    .tenant("acme")
                                    .severity(Severity.HIGH)
                                    .openedAtMillis(T0)
                                    .updatedAtMillis(T0 + i)
                                    .build(),
                            T0 + i,
                            "correlation",
                            "alert " + i,
                            List.of());
            events.add(event);
            head = event.head();
        }
        EventStoreCare care = new EventStoreCare(client, table);
        care.mend(care.read(id), events);
    }

    private static Map<String, AttributeValue> item(String table, String id, int sequence) {
        return items(table, id, sequence).get(0);
    }

    /** Not the anchor of that sequence. */
    private static Map<String, AttributeValue> event(String table, String id, int sequence) {
        return items(table, id, sequence).stream()
                .filter(item -> item.containsKey("canonical"))
                .findFirst()
                .orElseThrow();
    }

    private static List<Map<String, AttributeValue>> items(String table, String id, int sequence) {
        return client.scan(
                        s ->
                                s.tableName(table)
                                        .filterExpression("incident_id = :id AND sk = :sk")
                                        .expressionAttributeValues(
                                                Map.of(
                                                        ":id",
                                                        AttributeValue.fromS(id),
                                                        ":sk",
                                                        AttributeValue.fromS(
                                                                String.format("%019d", sequence)))))
                .join()
                .items();
    }

    private static void put(String table, Map<String, AttributeValue> item) {
        client.putItem(p -> p.tableName(table).item(item)).join();
    }

    private static void delete(String table, Map<String, AttributeValue> item) {
        client.deleteItem(
                        d ->
                                d.tableName(table)
                                        .key(Map.of("pk", item.get("pk"), "sk", item.get("sk"))))
                .join();
    }
}
