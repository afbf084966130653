// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.communication.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.model.communication.ChannelKind;
import io.incidentcommander.model.communication.IncidentBrief;
import io.incidentcommander.model.communication.MessageAction;
import io.incidentcommander.model.communication.MessageText;
import io.incidentcommander.model.communication.OutboundMessage;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.IncidentState;
import io.incidentcommander.udfs.communication.plan.Departures;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MessageTemplatesTest {
    private static final IncidentBrief FIRST =
            IncidentBrief.of("acme", "inc-7f3a", 1)
                    .severity(Severity.CRITICAL)
                    .broken("Connections of orders-db are exhausted")
                    .services(List.of("checkout", "orders", "orders-db"))
                    .sinceMillis(1_768_212_345_000L)
                    .owner("team-orders")
                    .changed(
                            "checkout deployment v42 by ann, 4 min before; orders-db schema 17 by"
                                    + " bob, 40 min before")
                    .impact("12,400 users, 20,000 USD a minute")
                    .cause("The pool of orders does not give connections back")
                    .confidence(0.83)
                    .nextStep("roll back orders to 2.13.2, waits for approval")
                    .runbook("https://runbooks.example.org/orders-db?tab=pool&v=2")
                    .links(List.of("https://grafana.example.org/d/orders"))
                    .news("Opened by 41 alerts of 3 services")
                    .build();

    private static final IncidentBrief BARE =
            IncidentBrief.of("acme", "inc-9", 1).broken("p99 of search").build();

    private static final IncidentBrief DONE =
            FIRST.toBuilder()
                    .sequence(9)
                    .state(IncidentState.RESOLVED)
                    .acknowledgedBy("ann")
                    .nextStep("")
                    .news("Rolled back; signals are normal for 5 min")
                    .build();

    @Example
    void firstMessagesSayWhatIsAskedFirst() throws IOException {
        for (ChannelKind kind : ChannelKind.values()) {
            assertGolden("first-" + kind.word(), Departures.write(kind, FIRST));
            assertGolden("bare-" + kind.word(), Departures.write(kind, BARE));
        }
    }

    @Example
    void endsAndDigestsReadWell() throws IOException {
        assertGolden("resolved-slack", Departures.write(ChannelKind.SLACK, FIRST, DONE));
        assertGolden("resolved-pagerduty", Departures.write(ChannelKind.PAGERDUTY, FIRST, DONE));
        assertGolden("digest-email", Departures.digest(FIRST, BARE));
    }

    @Example
    void actionsFollowTheIncident() {
        IncidentBrief had = FIRST.toBuilder().sequence(2).acknowledgedBy("ann").build();
        IncidentBrief worse = FIRST.toBuilder().sequence(3).impact("more").build();
        ChannelKind kind = ChannelKind.PAGERDUTY;
        assertThat(Departures.write(kind, FIRST).action()).isEqualTo(MessageAction.ANNOUNCE);
        assertThat(Departures.write(kind, FIRST, worse).action()).isEqualTo(MessageAction.UPDATE);
        assertThat(Departures.write(kind, FIRST, had).action())
                .isEqualTo(MessageAction.ACKNOWLEDGE);
        assertThat(Departures.write(kind, FIRST, DONE).action()).isEqualTo(MessageAction.RESOLVE);
        IncidentBrief again = FIRST.toBuilder().sequence(12).build();
        assertThat(Departures.write(kind, FIRST, DONE, again).action())
                .isEqualTo(MessageAction.ANNOUNCE);
    }

    @Example
    void hostileTextIsTextAlone() throws IOException {
        String evil =
                "</b><script>alert(1)</script> <!channel> *Next step:* \r\nBcc: all@example.org"
                        + " \u202Egnp.exe `rm` \"onload='x' & <@U123|boss>";
        IncidentBrief brief =
                BARE.toBuilder()
                        .broken(evil)
                        .owner(evil)
                        .cause(evil)
                        .runbook("javascript:alert(1)")
                        .links(List.of("https://x.example.org/|<!here>", "data:text/html,x"))
                        .news(evil)
                        .build();
        assertGolden("hostile-slack", Departures.write(ChannelKind.SLACK, brief));
        assertGolden("hostile-email", Departures.write(ChannelKind.EMAIL, brief));
    }

    @Property(tries = 300)
    void whateverIsSaidStaysWithinBoundsAndLines(@ForAll("texts") String text) {
        IncidentBrief brief =
                IncidentBrief.of("t", "i", 1)
                        .broken(text)
                        .services(List.of(text, text))
                        .owner(text)
                        .acknowledgedBy(text)
                        .changed(text)
                        .impact(text)
                        .cause(text)
                        .nextStep(text)
                        .runbook("https://r.example.org/" + text)
                        .links(List.of(text, "https://r.example.org/" + text, text))
                        .news(text)
                        .build();
        MessageText slack = Departures.write(ChannelKind.SLACK, brief).text();
        assertThat(slack.body()).hasSizeLessThanOrEqualTo(MessageTemplates.MOST_SLACK);
        assertThat(slack.thread()).hasSizeLessThanOrEqualTo(MessageTemplates.MOST_SLACK);
        assertThat(slack.body().lines().count()).isEqualTo(11);
        assertThat(slack.body().replaceAll("<https?://[^\\s<>|]+>", "")).doesNotContain("<", ">");
        assertThat(slack.body().replaceAll("&(amp|lt|gt);", "")).doesNotContain("&");

        MessageText page =
                Departures.write(
                                ChannelKind.PAGERDUTY, brief.toBuilder().acknowledgedBy("").build())
                        .text();
        assertThat(page.summary()).hasSizeLessThanOrEqualTo(MessageTemplates.MOST_SUMMARY);

        MessageText mail = Departures.digest(brief, BARE).text();
        assertThat(mail.summary()).hasSizeLessThanOrEqualTo(MessageTemplates.MOST_SUBJECT + 30);
        assertThat(mail.summary()).matches("[^\\p{Cc}\\p{Cf}\\u2028\\u2029]*");
        assertThat(
                        mail.html()
                                .replaceAll(
                                        "</?(html|body|h3|p|ul|li|b|a)("
                                                + " href=\"https?://[^\"<>]+\")?>|<!DOCTYPE html>",
                                        ""))
                .doesNotContain("<", ">");
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> nasty =
                Arbitraries.of(
                                "<", "&", "*", "\n", "\r\n", "\u202e", "😀", "|", "x", " ", "\"",
                                "\u0000")
                        .list()
                        .ofMaxSize(1_200)
                        .map(parts -> String.join("", parts));
        return Arbitraries.oneOf(Arbitraries.strings().ofMaxLength(1_200), nasty);
    }

    private static void assertGolden(String name, OutboundMessage message) throws IOException {
        MessageText text = message.text();
        String written =
                "summary\n"
                        + text.summary()
                        + "\n\nbody\n"
                        + text.body()
                        + "\nhtml\n"
                        + text.html()
                        + "\nthread\n"
                        + text.thread();
        String file = "/communication/" + name + ".txt";
        try (InputStream in = MessageTemplatesTest.class.getResourceAsStream(file)) {
            assertThat(in).as("golden file %s for:\n%s", file, written).isNotNull();
            String golden = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(written).isEqualTo(golden);
        }
    }
}
