// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.communication.template;

import io.incidentcommander.model.communication.IncidentBrief;
import io.incidentcommander.model.lifecycle.IncidentState;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a message says of an incident, in the order in which it is asked: what broke, since when,
 * who owns it, what changed, impact, cause and confidence, next step, runbook, links. What is not
 * known is said to be so, never left out.
 */
final class Facts {
    private static final int MOST = 160;
    private static final int MOST_CHANGED = 400;
    private static final int MOST_LINKS = 2;
    private static final int MOST_LINK = 300;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final Markup markup;
    private final IncidentBrief brief;

    Facts(Markup markup, IncidentBrief brief) {
        this.markup = markup;
        this.brief = brief;
    }

    /** Severity, status, what broke: one line. */
    String headline(int most) {
        String head = brief.severity() + " " + brief.status().toUpperCase(Locale.ROOT) + ": ";
        return head + markup.text(brief.broken(), most - head.length());
    }

    /** One line each: a heading, and what is known. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(line("What broke", broken()));
        lines.add(line("Since", TIME.format(Instant.ofEpochMilli(brief.sinceMillis()))));
        lines.add(line("Owner", owner()));
        lines.add(line("What changed", changed()));
        lines.add(line("Impact", orElse(brief.impact(), "not known yet")));
        lines.add(line("Cause", cause()));
        lines.add(line("Next step", nextStep()));
        lines.add(
                line(
                        "Runbook",
                        brief.runbook().isEmpty()
                                ? "none on record"
                                : markup.link(brief.runbook(), MOST_LINK)));
        lines.add(line("Links", links()));
        lines.add(line("Incident", markup.text(brief.key(), MOST)));
        return lines;
    }

    private String broken() {
        String text = orElse(brief.broken(), "not said");
        return brief.services().isEmpty()
                ? text
                : text + " (" + markup.text(String.join(", ", brief.services()), MOST) + ")";
    }

    private String owner() {
        String owner = orElse(brief.owner(), "nobody is on record");
        return brief.acknowledgedBy()
                .map(person -> owner + "; " + markup.text(person, MOST) + " has it")
                .orElse(owner);
    }

    private String changed() {
        String known = markup.text(brief.changed(), MOST_CHANGED);
        return known.isEmpty() ? "no change is known" : known;
    }

    private String cause() {
        return brief.cause().isEmpty()
                ? "not known yet"
                : markup.text(brief.cause(), MOST)
                        + " (confidence "
                        + Math.round(brief.confidence() * 100)
                        + " %)";
    }

    private String nextStep() {
        String otherwise =
                brief.state() == IncidentState.RESOLVED ? "none" : "diagnosis is under way";
        return orElse(brief.nextStep(), otherwise);
    }

    private String links() {
        List<String> links = new ArrayList<>();
        for (String url : brief.links().subList(0, Math.min(MOST_LINKS, brief.links().size()))) {
            links.add(markup.link(url, MOST_LINK));
        }
        return links.isEmpty() ? "none" : String.join(" ", links);
    }

    private String orElse(String text, String otherwise) {
        String known = markup.text(text, MOST);
        return known.isEmpty() ? otherwise : known;
    }

    private String line(String heading, String known) {
        return markup.strong(heading + ":") + " " + known;
    }
}
