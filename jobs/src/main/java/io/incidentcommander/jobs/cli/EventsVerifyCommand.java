// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.jobs.audit.ChainCheck;
import io.incidentcommander.udfs.audit.ChainCopy;
import io.incidentcommander.udfs.audit.ChainFinding;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code events verify}: whether the stored chain is what the job wrote. */
@Command(
        name = "verify",
        description = {
            "Check the chain of an incident: order, gaps, contents, predecessors and the head.",
            "Tells of changes that did not redo all later hashes and the head as well."
        })
final class EventsVerifyCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Mixin private EventStoreMixin store;

    @Option(
            names = "--repair",
            description =
                    "Mend the table from its replica where that proves whole, and the other way"
                            + " round. What is replaced is kept beside.")
    private boolean repair;

    @Option(names = "--json", description = "The result as one JSON object on a line.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (repair && store.isCopy()) {
            throw new ParameterException(spec.commandLine(), "a copy of a run is not repaired");
        }
        return store.check(this::report);
    }

    private Integer report(ChainCheck found, String label) throws IOException {
        ChainCheck now = repair ? found.repaired() : found;
        List<String> wrong = now.wrong();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(json(found, now, label));
        } else {
            print(out, found, now, label);
        }
        out.flush();
        if (!wrong.isEmpty()) {
            throw new CommandFailedException(
                    "incident "
                            + store.incidentId()
                            + ": findings: "
                            + wrong.size()
                            + (repair ? ", left unrepaired: a human has to look" : ""));
        }
        return ExitCode.DONE;
    }

    private void print(PrintWriter out, ChainCheck found, ChainCheck now, String label) {
        out.println("read from: " + label);
        if (repair) {
            found.wrong().forEach(line -> out.println("found: " + line));
            now.done().forEach(line -> out.println("repair: " + line));
        }
        now.wrong().forEach(out::println);
        now.note().ifPresent(out::println);
        if (now.wrong().isEmpty()) {
            out.printf(
                    "incident %s: events: %d, chain whole, head %s%n",
                    store.incidentId(),
                    now.copy().events().size(),
                    now.copy().head().orElseThrow());
        }
    }

    private ObjectNode json(ChainCheck found, ChainCheck now, String label) {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("incident_id", store.incidentId());
        json.put("read_from", label);
        json.put("whole", now.wrong().isEmpty());
        copy(json, now.copy());
        now.second().ifPresent(second -> copy(json.putObject("replica"), second));
        if (repair) {
            ArrayNode before = json.putArray("found");
            found.wrong().forEach(before::add);
            ArrayNode done = json.putArray("repair");
            now.done().forEach(done::add);
        }
        ArrayNode wrong = json.putArray("wrong");
        now.wrong().forEach(wrong::add);
        now.note().ifPresent(note -> json.put("note", note));
        return json;
    }

    private static void copy(ObjectNode json, ChainCopy copy) {
        json.put("events", copy.events().size());
        copy.head()
                .ifPresent(
                        head ->
                                json.putObject("head")
                                        .put("sequence", head.sequence())
                                        .put("hash", head.hash()));
        ArrayNode findings = json.putArray("findings");
        for (ChainFinding finding : copy.findings()) {
            findings.addObject()
                    .put("kind", finding.kind().name().toLowerCase(Locale.ROOT))
                    .put("sequence", finding.sequence())
                    .put("detail", finding.detail());
        }
    }
}
