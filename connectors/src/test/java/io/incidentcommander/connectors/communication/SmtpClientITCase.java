// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.communication;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.embedded.EmbeddedProcess;
import io.incidentcommander.embedded.Endpoint;
import io.incidentcommander.embedded.ServiceName;
import io.incidentcommander.model.communication.ChannelKind;
import io.incidentcommander.model.communication.MessageAction;
import io.incidentcommander.model.communication.MessageText;
import io.incidentcommander.model.communication.OutboundMessage;
import io.incidentcommander.model.ingest.Severity;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real mail server (GreenMail). */
class SmtpClientITCase {
    private static final String ANN = "ann@example.org";

    @TempDir Path directory;

    private static OutboundMessage mail(String address) {
        return new OutboundMessage(
                ChannelKind.EMAIL,
                address,
                Map.of("t/i", 1L, "t/j", 4L),
                MessageAction.ANNOUNCE,
                Severity.HIGH,
                new MessageText("HIGH: é and 1 more", "plain é", "<p>html é</p>", ""),
                1_700_000_000_000L);
    }

    @Test
    void aDigestArrivesInBothShapesUnderItsId() throws Exception {
        try (EmbeddedProcess services =
                EmbeddedProcess.start(directory, Set.of(ServiceName.SMTP))) {
            Endpoint.Mail server = services.endpoints().mail();
            ChannelClient client =
                    SmtpClient.at(
                                    server.host(),
                                    server.port(),
                                    "commander@example.org",
                                    SmtpClient.StartTls.NEVER,
                                    name -> Optional.empty())
                            .create();
            OutboundMessage message = mail(ANN);
            SendOutcome outcome = client.send(message, "", 0).join();
            assertThat(outcome.kind()).as(outcome.toString()).isEqualTo(SendOutcome.Kind.SENT);
            SendOutcome injected =
                    client.send(mail("ann@example.org\r\nBcc: all@example.org"), "", 0).join();
            assertThat(injected.kind()).isEqualTo(SendOutcome.Kind.REFUSED);
            client.close();

            Session session = Session.getInstance(new Properties());
            try (Store store = session.getStore("imap")) {
                store.connect(server.host(), server.imapPort(), ANN, ANN);
                Folder inbox = store.getFolder("INBOX");
                inbox.open(Folder.READ_ONLY);
                assertThat(inbox.getMessageCount()).isEqualTo(1);
                Message received = inbox.getMessage(1);
                assertThat(received.getSubject()).isEqualTo("HIGH: é and 1 more");
                assertThat(received.getHeader("Message-ID"))
                        .containsExactly("<" + message.id() + "@incident-commander>");
                assertThat(received.getHeader("X-incident-commander"))
                        .containsExactly(message.id());
                MimeMultipart parts = (MimeMultipart) received.getContent();
                assertThat(parts.getBodyPart(0).getContent().toString()).contains("plain é");
                assertThat(parts.getBodyPart(1).getContent().toString()).contains("<p>html é</p>");
            }
        }
    }

    @Test
    void aServerThatIsNotThereIsTriedAgain() {
        ChannelClient client =
                SmtpClient.at(
                                "127.0.0.1",
                                1,
                                "commander@example.org",
                                SmtpClient.StartTls.NEVER,
                                name -> Optional.empty())
                        .create();
        assertThat(client.send(mail(ANN), "", 0).join().kind()).isEqualTo(SendOutcome.Kind.FAILED);
        client.close();
    }
}
