// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.prompt;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.detection.PatternMatch;
import io.incidentcommander.model.diagnosis.DiagnosisRequest;
import io.incidentcommander.model.diagnosis.EvidenceRef;
import io.incidentcommander.model.diagnosis.LogFinding;
import io.incidentcommander.model.diagnosis.MemoryHit;
import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.lifecycle.Incident;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is known of an incident, a line for each piece, in columns. A section that is full takes no
 * more lines, and what is left out has no label. Of one request.
 */
final class Evidence {
    private static final int MOST_SECTION = 12_000;

    /** Affected services, and calls. */
    private static final int MOST_SERVICES = 120;

    private static final int MOST_NAME = 100;
    private static final int MOST_WORDS = 300;

    private final DiagnosisRequest request;
    private final Labels labels;
    private final UntrustedText untrusted;
    private final StringBuilder text = new StringBuilder();

    Evidence(DiagnosisRequest request, Labels labels, UntrustedText untrusted) {
        this.request = request;
        this.labels = labels;
        this.untrusted = untrusted;
    }

    String text() {
        incident();
        section("A", request.alerts(), alert -> EvidenceRef.of(alert.id()), this::alert);
        section("P", request.matches(), EvidenceRef::of, this::pattern);
        section("L", request.logs(), LogFinding::ref, this::log);
        section("M", request.memories(), MemoryHit::ref, this::memory);
        calls();
        actions();
        return text.toString();
    }

    private void incident() {
        Incident incident = request.incident();
        line("type | " + incident.type().word());
        line("severity | " + incident.severity());
        line(
                "affected services | "
                        + incident.services().stream()
                                .limit(MOST_SERVICES)
                                .map(this::service)
                                .collect(Collectors.joining(", ")));
    }

    private String alert(Alert alert, String label) {
        note(label, alert.name() + " " + alert.summary());
        return "service="
                + service(alert.service())
                + " | "
                + alert.severity()
                + " "
                + alert.status()
                + " | "
                + since(alert.eventTimeMillis())
                + " | "
                + untrusted.of(alert.name(), MOST_NAME)
                + " | "
                + untrusted.of(alert.summary(), MOST_WORDS);
    }

    private String pattern(PatternMatch match, String label) {
        note(label, match.words());
        return "service="
                + (match.services().isEmpty() ? "" : service(match.services().get(0)))
                + " | "
                + match.kind().word()
                + " | "
                + since(match.firstMillis())
                + " | "
                + untrusted.of(match.words(), MOST_WORDS);
    }

    private String log(LogFinding log, String label) {
        note(label, log.template() + " " + log.example());
        return "service="
                + service(log.service())
                + " | "
                + log.severity()
                + " | "
                + since(log.firstMillis())
                + String.format(
                        Locale.ROOT,
                        " | %d times, usually %.1f, p %.2g | ",
                        log.count(),
                        log.usual(),
                        log.chance())
                + untrusted.of(log.template(), MOST_WORDS)
                + " | "
                + untrusted.of(log.example(), MOST_WORDS);
    }

    private String memory(MemoryHit memory, String label) {
        note(label, memory.symptoms() + " " + memory.rootCause() + " " + memory.remedy());
        return memory.type().word()
                + " | worked "
                + memory.worked()
                + " times, failed "
                + memory.failed()
                + " | "
                + untrusted.of(memory.symptoms(), MOST_WORDS)
                + " | "
                + untrusted.of(memory.rootCause(), MOST_WORDS)
                + " | "
                + untrusted.of(memory.remedy(), MOST_WORDS);
    }

    private void calls() {
        request.calls().stream()
                .limit(MOST_SERVICES)
                .forEach(
                        call ->
                                line(
                                        "call | "
                                                + service(call.caller())
                                                + " -> "
                                                + service(call.callee())));
    }

    private void actions() {
        int number = 1;
        for (Action action : request.candidates()) {
            String label = "R" + number++;
            labels.action(label, action);
            line(
                    label
                            + " | "
                            + untrusted.of(action.runbook(), MOST_NAME)
                            + "@"
                            + untrusted.of(action.version(), MOST_NAME)
                            + (action.target().isEmpty() ? "" : " on " + service(action.target())));
        }
    }

    private <T> void section(
            String letter,
            List<T> pieces,
            Function<T, EvidenceRef> ref,
            BiFunction<T, String, String> words) {
        int end = text.length() + MOST_SECTION;
        int number = 1;
        for (T piece : pieces) {
            String label = letter + number++;
            String line = words.apply(piece, label);
            if (text.length() + line.length() > end) {
                return;
            }
            labels.evidence(label, ref.apply(piece));
            line(label + " | " + line);
        }
    }

    private void note(String label, String words) {
        if (UntrustedText.talksToItsReader(words)) {
            labels.talks(label);
        }
        if (UntrustedText.givesOrders(words)) {
            labels.orders();
        }
    }

    private String service(String name) {
        String sent = untrusted.of(name, MOST_NAME);
        labels.service(sent, name);
        return sent;
    }

    private String since(long millis) {
        long seconds = (millis - request.incident().openedAtMillis()) / 1_000;
        return (seconds < 0 ? "" : "+") + seconds + " s";
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
