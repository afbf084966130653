// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import io.incidentcommander.model.audit.Disposition;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.model.audit.RecordOutcome;
import io.incidentcommander.model.audit.SourceCounts;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.Incident;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Draws pictures as lines of a terminal, one frame after the other: what comes in, where it went,
 * and what is broken. Not thread safe.
 */
final class RunScreen {
    private static final int EVENT_LINES = 5;
    private static final int DECISION_LINES = 3;
    private static final int DIAGNOSIS_LINES = 3;
    private static final String BETWEEN = "   ";
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final Comparator<Incident> WORST_FIRST =
            Comparator.comparing(Incident::isClosed)
                    .thenComparing(Incident::severity, Comparator.reverseOrder())
                    .thenComparing(Incident::alertCount, Comparator.reverseOrder());

    private final int rows;
    private final int columns;
    private final ZoneId zone;
    private final RateHistory records = new RateHistory();
    private final RateHistory alerts = new RateHistory();

    RunScreen(int rows, int columns, ZoneId zone) {
        this.rows = rows;
        this.columns = columns;
        this.zone = zone;
    }

    /** At most as many lines as there are rows, none wider than the terminal. */
    List<String> frame(RunPicture picture) {
        records.add(picture.seconds(), picture.consumed());
        alerts.add(picture.seconds(), sum(picture, SourceCounts::alerts));
        List<String> lines = new ArrayList<>();
        head(picture, lines);
        rates(picture, lines);
        ledger(picture, lines);
        List<String> events = diagnoses(picture.diagnoses());
        events.addAll(decisions(picture.decisions()));
        events.addAll(told(picture.told()));
        events.addAll(events(picture));
        incidents(picture, rows - lines.size() - events.size() - 3, lines);
        lines.addAll(events);
        return lines.stream()
                .limit(rows)
                .map(line -> Ansi.cut(line, columns))
                .collect(Collectors.toList());
    }

    private void head(RunPicture picture, List<String> lines) {
        RunSetting setting = picture.setting();
        lines.add(
                Ansi.bold("Incident Commander")
                        + "   storm "
                        + clock((long) picture.seconds())
                        + " of "
                        + clock(setting.duration().toSeconds())
                        + "   Flink "
                        + Ansi.cyan(setting.webUi()));
        services(setting.services(), lines);
        lines.add("");
    }

    /** All of them, which are stubs above all, in as many lines as it takes. */
    private void services(List<String> services, List<String> lines) {
        StringBuilder line = new StringBuilder();
        for (String service : services) {
            if (line.length() > 0
                    && line.length() + BETWEEN.length() + service.length() > columns) {
                lines.add(Ansi.dim(line.toString()));
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : BETWEEN).append(service);
        }
        lines.add(Ansi.dim(line.toString()));
    }

    private void rates(RunPicture picture, List<String> lines) {
        lines.add(
                String.format(
                        "%s %,9.0f records/s  %,9.0f alerts/s   backlog %,d%s",
                        Ansi.bold("IN     "),
                        records.over(4),
                        alerts.over(8),
                        Math.max(0, picture.published() - picture.consumed()),
                        picture.lagMillis() > 1000
                                ? Ansi.red("   sender " + picture.lagMillis() / 1000 + " s late")
                                : ""));
        lines.add("        " + Ansi.cyan(records.bars()));
        long all = sum(picture, SourceCounts::alerts);
        long repeats = sum(picture, Disposition.DUPLICATE);
        lines.add(
                String.format(
                        "%s %,d   repeats collapsed %s (%.1f %%)   incidents %s",
                        Ansi.bold("ALERTS "),
                        all,
                        Ansi.green(String.format("%,d", repeats)),
                        all == 0 ? 0.0 : 100.0 * repeats / all,
                        Ansi.bold(String.format("%,d", picture.incidents().size()))));
        lines.add("");
    }

    private static void ledger(RunPicture picture, List<String> lines) {
        lines.add(
                Ansi.bold("LEDGER ")
                        + Ansi.dim(
                                " by source, as of the last checkpoint: what came in is what went"
                                        + " somewhere"));
        for (Map.Entry<String, SourceCounts> source : picture.ledger().counts().entrySet()) {
            SourceCounts counts = source.getValue();
            String verdict = counts.imbalance().isEmpty() ? Ansi.green("✓") : Ansi.red("✗");
            lines.add(
                    String.format(
                            "%-7s records %,d = %s %s",
                            source.getKey(),
                            counts.recordsIn(),
                            Arrays.stream(RecordOutcome.values())
                                    .map(o -> part(counts.records(o), o.word()))
                                    .collect(Collectors.joining(" + ")),
                            verdict));
            lines.add(
                    String.format(
                            "        alerts %,d = %s %s",
                            counts.alerts(),
                            Arrays.stream(Disposition.values())
                                    .filter(d -> count(counts, d) != 0)
                                    .map(d -> part(count(counts, d), d.word()))
                                    .collect(Collectors.joining(" + ")),
                            verdict));
        }
        lines.add("");
    }

    private void incidents(RunPicture picture, int room, List<String> lines) {
        List<Incident> all = picture.incidents();
        BigDecimal cost =
                all.stream().map(Incident::costUsd).reduce(BigDecimal.ZERO, BigDecimal::add);
        lines.add(
                String.format(
                        "%s open %,d of %,d   cost so far %s",
                        Ansi.bold("INCIDENTS"),
                        all.stream().filter(incident -> !incident.isClosed()).count(),
                        all.size(),
                        Ansi.bold(String.format("%,.2f USD", cost))));
        all.stream()
                .sorted(WORST_FIRST)
                .limit(Math.max(0, room))
                .map(this::incident)
                .forEach(lines::add);
        lines.add("");
    }

    private String incident(Incident incident) {
        Severity severity = incident.severity();
        return String.format(
                "%s  %-10s  %s  %-28s %-18s %,8d alerts %,10.2f USD",
                Ansi.of(severity, String.format("%-8s", severity)),
                incident.state().word(),
                time(incident.openedAtMillis()),
                where(incident),
                incident.type().word(),
                incident.alertCount(),
                incident.costUsd());
    }

    /** The likeliest origin, and how many services are ill with it. */
    private static String where(Incident incident) {
        List<String> origins = incident.grounds().origins();
        String first =
                origins.isEmpty()
                        ? incident.services().stream().findFirst().orElse("")
                        : origins.get(0);
        int more = incident.services().size() - 1;
        return more > 0 ? first + " +" + more : first;
    }

    /** The newest first; none before there is one. */
    private static List<String> diagnoses(RunDiagnoses diagnoses) {
        List<String> lines = new ArrayList<>();
        List<RunDiagnoses.Made> made = diagnoses.made();
        if (made.isEmpty()) {
            return lines;
        }
        lines.add(
                Ansi.bold("DIAGNOSES")
                        + String.format(" %,d", made.size())
                        + (diagnoses.isStub() ? Ansi.dim("   the model is a stub") : ""));
        for (int i = made.size() - 1; i >= Math.max(0, made.size() - DIAGNOSIS_LINES); i--) {
            lines.add(made.get(i).line(diagnoses.isStub()));
        }
        lines.add("");
        return lines;
    }

    /** The newest first; none before there is one. */
    private static List<String> decisions(RunDecisions decisions) {
        List<String> lines = new ArrayList<>();
        List<RunDecisions.Made> made = decisions.made();
        if (made.isEmpty()) {
            return lines;
        }
        Set<String> quarantined = decisions.quarantined();
        lines.add(
                Ansi.bold("DECISIONS")
                        + String.format(" %,d", made.size())
                        + (quarantined.isEmpty()
                                ? ""
                                : Ansi.red("   quarantined: " + String.join(", ", quarantined))));
        for (int i = made.size() - 1; i >= Math.max(0, made.size() - DECISION_LINES); i--) {
            lines.add(made.get(i).line());
        }
        lines.add("");
        return lines;
    }

    /** None before somebody was told. */
    private static List<String> told(RunTold told) {
        List<String> lines = new ArrayList<>();
        if (told.messages() > 0) {
            lines.add(Ansi.bold("TOLD   ") + String.format(" %,d messages", told.messages()));
            lines.addAll(told.lines());
            lines.add("");
        }
        return lines;
    }

    private List<String> events(RunPicture picture) {
        List<String> lines = new ArrayList<>();
        lines.add(Ansi.bold("NEWEST EVENTS"));
        picture.newestEvents().stream().limit(EVENT_LINES).map(this::event).forEach(lines::add);
        return lines;
    }

    private String event(IncidentEvent event) {
        Incident incident = event.incident();
        return String.format(
                "%s  %-8s %s  %s",
                time(event.eventTimeMillis()),
                event.kind().word(),
                Ansi.of(incident.severity(), incident.title()),
                Ansi.dim(event.cause()));
    }

    private String time(long epochMillis) {
        return CLOCK.format(Instant.ofEpochMilli(epochMillis).atZone(zone));
    }

    private static String clock(long seconds) {
        return String.format("%d:%02d", seconds / 60, seconds % 60);
    }

    private static String part(long count, String word) {
        return String.format("%,d %s", count, word.replace('_', ' '));
    }

    private static long count(SourceCounts counts, Disposition disposition) {
        return disposition == Disposition.PENDING ? counts.pending() : counts.alerts(disposition);
    }

    private static long sum(RunPicture picture, Disposition disposition) {
        return sum(picture, counts -> counts.alerts(disposition));
    }

    private static long sum(RunPicture picture, ToLongFunction<SourceCounts> part) {
        return picture.ledger().counts().values().stream().mapToLong(part).sum();
    }
}
