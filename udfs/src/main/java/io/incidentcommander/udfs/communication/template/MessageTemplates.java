// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.communication.template;

import io.incidentcommander.model.communication.ChannelKind;
import io.incidentcommander.model.communication.IncidentBrief;
import io.incidentcommander.model.communication.MessageAction;
import io.incidentcommander.model.communication.MessageText;
import io.incidentcommander.model.communication.OutboundMessage;
import io.incidentcommander.model.lifecycle.IncidentState;
import io.incidentcommander.udfs.communication.plan.Departure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes what leaves in the language of its channel. Bounds: Slack's message 3,000 chars and its
 * thread 3,000 (a section of a block), PagerDuty's summary 1,024, a mail's subject 200.
 */
public final class MessageTemplates {
    /** A section of a Slack message, Slack's limit. */
    public static final int MOST_SLACK = 3_000;

    /** PagerDuty's limit of a summary. */
    public static final int MOST_SUMMARY = 1_024;

    /** Of a mail; RFC 5322 lets a line have 998. */
    public static final int MOST_SUBJECT = 200;

    private static final int MOST_NEWS = 250;

    private MessageTemplates() {}

    /**
     * @param now processing time, kept with the message
     */
    public static OutboundMessage write(Departure departure, long now) {
        ChannelKind kind = departure.contact().kind();
        Departure.Item first = departure.items().get(0);
        Map<String, Long> sequences = new TreeMap<>();
        departure.items().forEach(i -> sequences.put(i.brief().key(), i.brief().sequence()));
        return new OutboundMessage(
                kind,
                departure.contact().address(),
                sequences,
                action(first),
                first.brief().severity(),
                text(kind, departure.items()),
                now);
    }

    private static MessageAction action(Departure.Item item) {
        Optional<IncidentBrief> before = item.before();
        IncidentBrief brief = item.brief();
        if (brief.state() == IncidentState.RESOLVED) {
            return MessageAction.RESOLVE;
        }
        boolean isHad = brief.acknowledgedBy().isPresent();
        boolean calls = item.contact().kind() == ChannelKind.PAGERDUTY;
        if (before.isEmpty() && isHad && calls) {
            return MessageAction.ACKNOWLEDGE;
        }
        if (before.isEmpty() || before.get().state() == IncidentState.RESOLVED) {
            return MessageAction.ANNOUNCE;
        }
        return isHad ? MessageAction.ACKNOWLEDGE : MessageAction.UPDATE;
    }

    private static MessageText text(ChannelKind kind, List<Departure.Item> items) {
        Departure.Item first = items.get(0);
        switch (kind) {
            case SLACK:
                return slack(first);
            case EMAIL:
                return mail(items);
            default:
                return new MessageText(
                        new Facts(Markup.PLAIN, first.brief()).headline(MOST_SUMMARY),
                        plain(first),
                        "",
                        "");
        }
    }

    private static MessageText slack(Departure.Item item) {
        Facts facts = new Facts(Markup.SLACK, item.brief());
        List<String> lines = new ArrayList<>();
        lines.add(Markup.SLACK.strong(facts.headline(MOST_NEWS)));
        lines.addAll(facts.lines());
        return new MessageText(
                facts.headline(MOST_NEWS), join(lines), "", join(news(Markup.SLACK, item)));
    }

    private static MessageText mail(List<Departure.Item> items) {
        String subject = new Facts(Markup.PLAIN, items.get(0).brief()).headline(MOST_SUBJECT - 30);
        if (items.size() > 1) {
            subject += " and " + (items.size() - 1) + " more";
        }
        List<String> plain = new ArrayList<>();
        StringBuilder html = new StringBuilder("<!DOCTYPE html>\n<html><body>\n");
        for (Departure.Item item : items) {
            plain.add(plain(item));
            html(item, html);
        }
        html.append("</body></html>\n");
        return new MessageText(
                "[Incident Commander] " + subject,
                String.join("\n----\n\n", plain),
                html.toString(),
                "");
    }

    private static String plain(Departure.Item item) {
        Facts facts = new Facts(Markup.PLAIN, item.brief());
        List<String> lines = new ArrayList<>();
        lines.add(facts.headline(MOST_NEWS));
        lines.addAll(facts.lines());
        List<String> news = news(Markup.PLAIN, item);
        if (!news.isEmpty()) {
            lines.add("News:");
            lines.addAll(news);
        }
        return join(lines);
    }

    private static void html(Departure.Item item, StringBuilder html) {
        Facts facts = new Facts(Markup.HTML, item.brief());
        html.append("<h3>").append(facts.headline(MOST_NEWS)).append("</h3>\n<ul>\n");
        facts.lines().forEach(line -> html.append("<li>").append(line).append("</li>\n"));
        html.append("</ul>\n");
        item.news().stream()
                .map(line -> Markup.HTML.text(line, MOST_NEWS))
                .forEach(line -> html.append("<p>").append(line).append("</p>\n"));
    }

    private static List<String> news(Markup markup, Departure.Item item) {
        List<String> lines = new ArrayList<>();
        item.news().forEach(line -> lines.add("- " + markup.text(line, MOST_NEWS)));
        return lines;
    }

    private static String join(List<String> lines) {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }
}
