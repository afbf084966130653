// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.communication;

import io.incidentcommander.model.communication.OutboundMessage;
import io.incidentcommander.model.ingest.EchoMarks;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Mail by SMTP, plain text and HTML. The Message-ID is the message's id: a server or a reader that
 * gets one twice can tell. Four connections at most; five seconds a step. Thread safe.
 */
public final class SmtpClient implements ChannelClient {
    /** Under which {@link ChannelSecrets} has user and password; without a user nobody logs in. */
    public static final String USER = "smtp.user";

    public static final String PASSWORD = "smtp.password";

    private static final int CONNECTIONS = 4;
    private static final String TIMEOUT = "5000";

    private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    private final Session session;
    private final InternetAddress from;
    private final ChannelSecrets secrets;

    private SmtpClient(Session session, InternetAddress from, ChannelSecrets secrets) {
        this.session = session;
        this.from = from;
        this.secrets = secrets;
    }

    /**
     * @param from the sender's address
     * @param startTls whether a server without TLS is refused
     */
    public static ChannelClientProvider at(
            String host, int port, String from, StartTls startTls, ChannelSecrets secrets) {
        return () -> {
            Properties settings = new Properties();
            settings.setProperty("mail.smtp.host", host);
            settings.setProperty("mail.smtp.port", Integer.toString(port));
            settings.setProperty("mail.smtp.connectiontimeout", TIMEOUT);
            settings.setProperty("mail.smtp.timeout", TIMEOUT);
            settings.setProperty("mail.smtp.writetimeout", TIMEOUT);
            boolean tls = startTls == StartTls.REQUIRED;
            settings.setProperty("mail.smtp.starttls.required", Boolean.toString(tls));
            settings.setProperty("mail.smtp.starttls.enable", Boolean.toString(tls));
            settings.setProperty("mail.smtp.auth", Boolean.toString(secrets.of(USER).isPresent()));
            return new SmtpClient(Session.getInstance(settings), address(from), secrets);
        };
    }

    /** Whether mail goes in the clear. */
    public enum StartTls {
        REQUIRED,
        /** For a server on this machine. */
        NEVER
    }

    @Override
    public CompletableFuture<SendOutcome> send(
            OutboundMessage message, String handle, int attempt) {
        return CompletableFuture.supplyAsync(() -> deliver(message), threads);
    }

    private SendOutcome deliver(OutboundMessage message) {
        InternetAddress to;
        try {
            to = new InternetAddress(message.address(), true);
        } catch (AddressException e) {
            return SendOutcome.refused("no mail address: " + e.getMessage());
        }
        try {
            MimeMessage mail = mail(message, to);
            try (Transport transport = session.getTransport("smtp")) {
                transport.connect(secrets.of(USER).orElse(null), secrets.of(PASSWORD).orElse(null));
                transport.sendMessage(mail, new InternetAddress[] {to});
            }
            return SendOutcome.sent(mail.getMessageID());
        } catch (SendFailedException e) {
            boolean forGood = e.getInvalidAddresses() != null && e.getInvalidAddresses().length > 0;
            return forGood
                    ? SendOutcome.refused("the server refuses the address: " + e.getMessage())
                    : SendOutcome.failed(String.valueOf(e.getMessage()));
        } catch (MessagingException e) {
            return SendOutcome.failed(String.valueOf(e.getMessage()));
        }
    }

    private MimeMessage mail(OutboundMessage message, InternetAddress to)
            throws MessagingException {
        String id = "<" + message.id() + "@incident-commander>";
        MimeMessage mail =
                new MimeMessage(session) {
                    @Override
                    protected void updateMessageID() throws MessagingException {
                        setHeader("Message-ID", id);
                    }
                };
        String charset = StandardCharsets.UTF_8.name();
        mail.setFrom(from);
        mail.setRecipient(Message.RecipientType.TO, to);
        mail.setSubject(message.text().summary(), charset);
        mail.setSentDate(new Date(message.plannedAtMillis()));
        mail.setHeader("X-" + EchoMarks.FIELD, message.id());
        mail.setHeader("Auto-Submitted", "auto-generated");
        MimeBodyPart plain = new MimeBodyPart();
        plain.setText(message.text().body(), charset, "plain");
        MimeBodyPart html = new MimeBodyPart();
        html.setText(message.text().html(), charset, "html");
        mail.setContent(new MimeMultipart("alternative", plain, html));
        mail.saveChanges();
        return mail;
    }

    private static InternetAddress address(String text) {
        try {
            return new InternetAddress(text, true);
        } catch (AddressException e) {
            throw new IllegalArgumentException("'" + text + "' is no mail address", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
