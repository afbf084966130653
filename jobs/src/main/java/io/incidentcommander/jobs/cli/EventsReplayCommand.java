// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.jobs.audit.ChainCheck;
import io.incidentcommander.model.audit.AuditJson;
import io.incidentcommander.model.audit.IncidentEvent;
import io.incidentcommander.udfs.audit.ChainCopy;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code events replay}: the incident as its events say. Each event carries the incident after its
 * change, so the last proven one is the state. Only what the chain proves from its beginning is
 * told; if that is not all, the command fails.
 */
@Command(
        name = "replay",
        description = {
            "Rebuild an incident from its events: what happened when, and how it stands.",
            "Tells no more than the chain proves, and fails if that is not all."
        })
final class EventsReplayCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec private CommandSpec spec;

    @Mixin private EventStoreMixin store;

    @Option(names = "--json", description = "Timeline and final state as one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        return store.check(this::report);
    }

    private Integer report(ChainCheck check, String label) throws IOException {
        ChainCopy copy = check.copy();
        List<IncidentEvent> proven = copy.provenPrefix();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(copy, proven, label));
        } else {
            print(out, proven, label);
        }
        out.flush();
        if (!copy.isWhole()) {
            throw new CommandFailedException(
                    "incident "
                            + store.incidentId()
                            + ": proven events: "
                            + proven.size()
                            + "; then: "
                            + (copy.findings().isEmpty() ? "nothing" : copy.findings().get(0)));
        }
        return ExitCode.DONE;
    }

    private void print(PrintWriter out, List<IncidentEvent> proven, String label)
            throws IOException {
        out.println("read from: " + label);
        for (IncidentEvent event : proven) {
            out.printf(
                    "%s %+8.1f s  %3d %-8s %-10s %-8s %s: %s%n",
                    Instant.ofEpochMilli(event.eventTimeMillis()),
                    (event.eventTimeMillis() - proven.get(0).incident().openedAtMillis()) / 1000.0,
                    event.sequence(),
                    event.kind().word(),
                    event.incident().state().word(),
                    event.incident().severity(),
                    event.agent(),
                    event.cause());
        }
        if (!proven.isEmpty()) {
            out.println("state: " + state(proven));
        }
    }

    private ObjectNode json(ChainCopy copy, List<IncidentEvent> proven, String label)
            throws IOException {
        ObjectNode result = JSON.createObjectNode();
        result.put("incident_id", store.incidentId());
        result.put("read_from", label);
        result.put("whole", copy.isWhole());
        ArrayNode timeline = result.putArray("timeline");
        for (IncidentEvent event : proven) {
            timeline.add(JSON.readTree(AuditJson.of(event)));
        }
        if (!proven.isEmpty()) {
            result.set("state", state(proven));
        }
        return result;
    }

    private static JsonNode state(List<IncidentEvent> proven) throws IOException {
        return JSON.readTree(AuditJson.of(proven.get(proven.size() - 1).incident()));
    }
}
