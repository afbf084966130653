// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.incidentcommander.jobs.audit.ChainCheck;
import io.incidentcommander.jobs.audit.IncidentTrace;
import io.incidentcommander.model.audit.IncidentEvent;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code events trace}: how it was thought about and decided, for tools that read traces. */
@Command(
        name = "trace",
        description = {
            "One trace of OpenTelemetry (OTLP, JSON) for an incident: its events, each diagnosis",
            "with its steps, each round of consensus with its votes. A collector takes it as it",
            "is: curl -H 'Content-Type: application/json' -d @- http://COLLECTOR:4318/v1/traces"
        })
final class EventsTraceCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec private CommandSpec spec;

    @Mixin private EventStoreMixin store;

    @Option(
            names = "--diagnoses",
            paramLabel = "F",
            description = "Diagnoses, a JSON object a line. Default: those of --data-dir.")
    private Path diagnoses;

    @Option(
            names = "--certificates",
            paramLabel = "DIR",
            description = "Certificates of decisions. Default: those of --data-dir.")
    private Path certificates;

    @Override
    public Integer call() throws IOException {
        return store.check(this::report);
    }

    private Integer report(ChainCheck check, String label) throws IOException {
        List<IncidentEvent> proven = check.copy().provenPrefix();
        if (proven.isEmpty()) {
            throw new CommandFailedException(
                    "incident " + store.incidentId() + ": no event of it is proven in " + label);
        }
        IncidentTrace trace = new IncidentTrace(proven);
        for (String line : lines(given(diagnoses, "diagnoses.ndjson"))) {
            trace.addDiagnosis(parsed(line));
        }
        for (Path file : files(given(certificates, "certificates"))) {
            trace.addDecision(parsed(Files.readString(file)));
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println(trace.otlp());
        out.flush();
        return ExitCode.DONE;
    }

    private Optional<Path> given(Path asked, String inRun) {
        return asked != null
                ? Optional.of(asked)
                : store.dataDir().map(run -> run.resolve(inRun)).filter(Files::exists);
    }

    private static List<String> lines(Optional<Path> file) throws IOException {
        if (file.isEmpty()) {
            return List.of();
        }
        InputFiles.requireReadable(file.get());
        return Files.readAllLines(file.get());
    }

    /** Of this incident, by their names. */
    private List<Path> files(Optional<Path> folder) throws IOException {
        if (folder.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.get())) {
            return files.filter(
                            file -> file.getFileName().toString().startsWith(store.incidentId()))
                    .filter(file -> file.getFileName().toString().endsWith(".json"))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }

    private static JsonNode parsed(String json) throws IOException {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new InputUnusableException("not JSON: " + e.getOriginalMessage());
        }
    }
}
