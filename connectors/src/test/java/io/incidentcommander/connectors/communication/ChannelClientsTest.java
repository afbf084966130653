// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.communication;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.incidentcommander.embedded.PagerDutyStub;
import io.incidentcommander.embedded.SlackStub;
import io.incidentcommander.embedded.StubBehaviour;
import io.incidentcommander.model.communication.ChannelKind;
import io.incidentcommander.model.communication.MessageAction;
import io.incidentcommander.model.communication.OutboundMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ChannelClientsTest {
    private static ChannelClient slack(SlackStub stub) {
        return SlackClient.at(stub.endpoint() + "/api/", Messages::secret).create();
    }

    private static ChannelClient pagerDuty(PagerDutyStub stub) {
        return PagerDutyClient.at(stub.endpoint() + "/v2/enqueue", Messages::secret).create();
    }

    private static SendOutcome send(ChannelClient client, OutboundMessage message, String handle) {
        return client.send(message, handle, 0).join();
    }

    @Test
    void slackShowsOneMessageAnIncidentAndTheNewsInItsThread() throws Exception {
        try (SlackStub stub = SlackStub.start(0)) {
            ChannelClient client = slack(stub);
            String handle =
                    send(client, Messages.of(ChannelKind.SLACK, "C1", "t/i", 1), "").detail();
            SendOutcome updated =
                    send(client, Messages.of(ChannelKind.SLACK, "C1", "t/i", 2), handle);
            assertThat(updated.detail()).isEqualTo(handle);

            List<SlackStub.Shown> seen = stub.seen("C1");
            assertThat(seen).hasSize(2);
            assertThat(seen.get(0).body()).isEqualTo("body of t/i at 2");
            assertThat(seen.get(0).edits()).isEqualTo(1);
            assertThat(seen.get(0).metadata().path("event_type").asText())
                    .isEqualTo("incident_commander");
            assertThat(seen.get(1).thread()).isEqualTo(seen.get(0).ts());
            assertThat(seen.get(1).text()).isEqualTo("news of t/i at 2");
        }
    }

    @Test
    void slackSaysWhenToComeBack() throws Exception {
        try (SlackStub stub = SlackStub.start(0, () -> 0)) {
            ChannelClient client = slack(stub);
            List<SendOutcome> outcomes = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                outcomes.add(send(client, Messages.of(ChannelKind.SLACK, "C1", "t/i" + i, 1), ""));
            }
            assertThat(outcomes)
                    .filteredOn(o -> o.kind() == SendOutcome.Kind.THROTTLED)
                    .isNotEmpty()
                    .allMatch(o -> o.waitMillis() >= 1_000);
            assertThat(send(client, Messages.of(ChannelKind.SLACK, "C2", "t/i", 1), "").kind())
                    .isEqualTo(SendOutcome.Kind.SENT);
        }
    }

    @Test
    void anAnswerThatWasLostIsFoundInTheHistoryAndNotPostedTwice() throws Exception {
        try (SlackStub stub = SlackStub.start(0)) {
            ChannelClient client = slack(stub);
            OutboundMessage message = Messages.of(ChannelKind.SLACK, "C1", "t/i", 1);
            stub.swallowNextAnswer();
            assertThat(client.send(message, "", 0).join().kind())
                    .isEqualTo(SendOutcome.Kind.FAILED);
            SendOutcome again = client.send(message, "", 1).join();
            assertThat(again.detail()).isEqualTo("C1 " + stub.seen("C1").get(0).ts());
            assertThat(stub.seen("C1")).hasSize(1);
        }
    }

    @Test
    void aReplyWhoseAnswerWasLostIsFoundInItsThreadAndNotPostedTwice() throws Exception {
        try (SlackStub stub = SlackStub.start(0)) {
            ChannelClient client = slack(stub);
            String handle =
                    send(client, Messages.of(ChannelKind.SLACK, "C1", "t/i", 1), "").detail();
            OutboundMessage update = Messages.of(ChannelKind.SLACK, "C1", "t/i", 2);
            stub.swallowNextAnswer();
            assertThat(client.send(update, handle, 0).join().kind())
                    .isEqualTo(SendOutcome.Kind.FAILED);
            assertThat(client.send(update, handle, 1).join()).hasToString("SENT " + handle);
            assertThat(stub.seen("C1"))
                    .extracting(SlackStub.Shown::text)
                    .containsExactly("t/i at 2", "news of t/i at 2");
        }
    }

    @Test
    void aMessageThatSomebodyDeletedIsPostedAnew() throws Exception {
        try (SlackStub stub = SlackStub.start(0)) {
            SendOutcome outcome =
                    send(
                            slack(stub),
                            Messages.of(ChannelKind.SLACK, "C1", "t/i", 2),
                            "C1 1600000000.000001");
            assertThat(outcome.kind()).isEqualTo(SendOutcome.Kind.SENT);
            assertThat(stub.seen("C1")).hasSize(1);
        }
    }

    @Test
    void slackRefusesAndBreaksInItsOwnWords() throws Exception {
        try (SlackStub stub = SlackStub.start(0)) {
            assertThat(send(slack(stub), Messages.of(ChannelKind.SLACK, "", "t/i", 1), ""))
                    .hasToString("REFUSED Slack says channel_not_found");
            stub.behave(StubBehaviour.SERVER_ERROR);
            assertThat(send(slack(stub), Messages.of(ChannelKind.SLACK, "C", "t/i", 1), ""))
                    .hasToString("FAILED status 500");
        }
    }

    @Test
    void pagerDutyOpensAcknowledgesAndResolvesOneIncident() throws Exception {
        try (PagerDutyStub stub = PagerDutyStub.start(0)) {
            ChannelClient client = pagerDuty(stub);
            for (MessageAction action : MessageAction.values()) {
                assertThat(
                                send(
                                                client,
                                                Messages.of(
                                                        ChannelKind.PAGERDUTY,
                                                        "ops",
                                                        "t/i",
                                                        1 + action.ordinal(),
                                                        action),
                                                "")
                                        .kind())
                        .isEqualTo(SendOutcome.Kind.SENT);
            }
            assertThat(stub.seen())
                    .containsOnlyKeys("incident-commander/t/i")
                    .containsValue(
                            new PagerDutyStub.Page(
                                    "resolved",
                                    "t/i at 2",
                                    List.of("trigger", "trigger", "acknowledge", "resolve")));
            assertThat(
                            send(client, Messages.of(ChannelKind.PAGERDUTY, "other", "t/i", 1), "")
                                    .detail())
                    .isEqualTo("no routing key for integration other");
        }
    }

    /** Made by another implementation. */
    @Test
    void aReceiverCanCheckASignatureByWhatIsWritten() {
        byte[] body = "{\"id\":\"m-1\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(WebhookClient.sign("s3", "m-1", body))
                .isEqualTo(
                        "v1=d12fe19606d3c84beb7aeb837002bd69" + "957815d9a2873c2dd609a8e28eda11de");
    }

    @Test
    void webhooksAreSigned() throws Exception {
        List<String> received = new CopyOnWriteArrayList<>();
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    byte[] body = exchange.getRequestBody().readAllBytes();
                    String id = exchange.getRequestHeaders().getFirst(WebhookClient.ID);
                    String signed = exchange.getRequestHeaders().getFirst(WebhookClient.SIGNATURE);
                    received.add(id + " " + signed.equals(WebhookClient.sign("s3", id, body)));
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
        server.start();
        try {
            String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
            ChannelSecrets secrets =
                    name -> Optional.of(name.startsWith("webhook.key.") ? "s3" : address);
            OutboundMessage message = Messages.of(ChannelKind.WEBHOOK, "ours", "t/i", 1);
            assertThat(send(WebhookClient.with(secrets).create(), message, "").kind())
                    .isEqualTo(SendOutcome.Kind.SENT);
            assertThat(received).containsExactly(message.id() + " true");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aLogHasALineAMessageThatItsReaderCanCheck() {
        List<String> lines = new ArrayList<>();
        ChannelSecrets secrets =
                name -> name.equals("log.key.ours") ? Optional.of("s3") : Optional.empty();
        OutboundMessage message = Messages.of(ChannelKind.LOG, "ours", "t/i", 1);
        ChannelClient client = new LogClient(secrets, lines::add);
        assertThat(send(client, message, "").kind()).isEqualTo(SendOutcome.Kind.SENT);
        send(client, Messages.of(ChannelKind.LOG, "open", "t/i", 1), "");

        String[] line = lines.get(0).split(" ", 4);
        assertThat(line).startsWith("ours", message.id());
        assertThat(line[2])
                .isEqualTo(
                        WebhookClient.sign(
                                "s3", message.id(), line[3].getBytes(StandardCharsets.UTF_8)));
        assertThat(line[3]).contains("\"summary\":\"t/i at 1\"").doesNotContain("\n");
        assertThat(lines.get(1)).startsWith("open ").contains(" - {");
    }
}
