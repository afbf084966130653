// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks the stubs and the mail server, about once a second, what people were told. A service that
 * does not answer leaves the picture as it was. Thread safe.
 */
final class ToldWatch implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long BETWEEN_MILLIS = 1_000;
    private static final Pattern COUNT = Pattern.compile("MESSAGES (\\d+)");

    private final ChannelAddresses addresses;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final ObjectMapper json = new ObjectMapper();
    private final Thread thread = new Thread(this::watch, "told-watch");
    private volatile RunTold told = RunTold.nothing();

    private ToldWatch(ChannelAddresses addresses) {
        this.addresses = addresses;
    }

    static ToldWatch start(ChannelAddresses addresses) {
        ToldWatch watch = new ToldWatch(addresses);
        watch.thread.setDaemon(true);
        if (addresses.areThere()) {
            watch.thread.start();
        }
        return watch;
    }

    /** As of the last look. */
    RunTold told() {
        return told;
    }

    /** Looks now. */
    RunTold look() throws InterruptedException {
        if (addresses.areThere()) {
            try {
                List<RunTold.Channel> channels = new ArrayList<>();
                channels.add(stub("slack", addresses.slack()));
                channels.add(stub("pagerduty", addresses.pagerDuty()));
                channels.add(new RunTold.Channel("email", false, mails(), 0, ""));
                told = new RunTold(channels);
            } catch (IOException e) {
                // As it was; the next look may find it better.
            }
        }
        return told;
    }

    private void watch() {
        try {
            while (!thread.isInterrupted()) {
                look();
                Thread.sleep(BETWEEN_MILLIS);
            }
        } catch (InterruptedException e) {
            // That is the end.
        }
    }

    private RunTold.Channel stub(String name, String address)
            throws IOException, InterruptedException {
        JsonNode answer =
                json.readTree(
                        http.send(
                                        HttpRequest.newBuilder(URI.create(address + "/stub/told"))
                                                .timeout(PATIENCE)
                                                .build(),
                                        HttpResponse.BodyHandlers.ofString())
                                .body());
        return new RunTold.Channel(
                name,
                true,
                answer.path("messages").asLong(),
                answer.path("updates").asLong(),
                firstLine(answer.path("last").asText()));
    }

    /** As a person reads it: Slack's three escapes undone. */
    private static String firstLine(String text) {
        return text.lines()
                .findFirst()
                .orElse("")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    private long mails() throws IOException {
        long mails = 0;
        for (String mailbox : RunRouting.MAILBOXES) {
            mails += mails(mailbox);
        }
        return mails;
    }

    /** RFC 3501: LOGIN and STATUS. */
    private long mails(String mailbox) throws IOException {
        try (Socket socket = new Socket(HOST, addresses.imapPort())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            OutputStream out = socket.getOutputStream();
            BufferedReader in =
                    new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.US_ASCII));
            String commands =
                    "a LOGIN \""
                            + mailbox
                            + "\" \""
                            + mailbox
                            + "\"\r\nb STATUS INBOX (MESSAGES)\r\nc LOGOUT\r\n";
            out.write(commands.getBytes(StandardCharsets.US_ASCII));
            out.flush();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                Matcher count = COUNT.matcher(line);
                if (count.find()) {
                    return Long.parseLong(count.group(1));
                }
            }
        }
        throw new IOException("The mail server says nothing of " + mailbox);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
