// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.jobs.resolution.TableLedger;
import io.incidentcommander.jobs.topology.LifecycleInputs;
import io.incidentcommander.udfs.resolution.Approval;
import io.incidentcommander.udfs.resolution.AwaitedAction;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code approvals list}: what can still be approved of. */
@Command(
        name = "list",
        description = {
            "List the actions that wait for people, from the ledger of resolution.ledger.*: those",
            "whose time is not over, that nobody said no to, and that did not begin."
        })
final class ApprovalsListCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Mixin private ConfigurationMixin configuration;

    @Option(names = "--json", description = "One JSON object on a line each.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (TableLedger ledger = LifecycleInputs.actionLedger(configuration.load(Map.of()))) {
            List<AwaitedAction> waiting =
                    ledger.awaited().stream()
                            .filter(action -> isOpen(action, ledger))
                            .sorted(Comparator.comparingLong(AwaitedAction::deadlineMillis))
                            .collect(Collectors.toList());
            for (AwaitedAction action : waiting) {
                out.println(json ? json(action, ledger) : line(action, ledger));
            }
            if (waiting.isEmpty() && !json) {
                out.println("nothing waits for approval");
            }
        }
        out.flush();
        return ExitCode.DONE;
    }

    private static boolean isOpen(AwaitedAction action, TableLedger ledger) {
        return action.deadlineMillis() > System.currentTimeMillis()
                && ledger.rejection(action.decisionId()).isEmpty()
                && ledger.approvals(action.decisionId()).stream().noneMatch(ledger::isUsed);
    }

    private static List<String> approvedBy(AwaitedAction action, TableLedger ledger) {
        return ledger.approvals(action.decisionId()).stream()
                .map(Approval::person)
                .collect(Collectors.toList());
    }

    private static String line(AwaitedAction action, TableLedger ledger) {
        List<String> approved = approvedBy(action, ledger);
        return String.format(
                "%s: tenant %s, incident %s, action %s, until %s, asked for by %s%s",
                action.decisionId(),
                action.tenant(),
                action.incidentId(),
                action.action().hex(),
                Instant.ofEpochMilli(action.deadlineMillis()),
                action.requesters().isEmpty()
                        ? "nobody in particular"
                        : String.join(", ", new TreeSet<>(action.requesters())),
                approved.isEmpty() ? "" : ", approved by " + String.join(", ", approved));
    }

    private static ObjectNode json(AwaitedAction action, TableLedger ledger) {
        ObjectNode json =
                new ObjectMapper()
                        .createObjectNode()
                        .put("decision", action.decisionId())
                        .put("tenant", action.tenant())
                        .put("incident_id", action.incidentId())
                        .put("action", action.action().hex())
                        .put("until", Instant.ofEpochMilli(action.deadlineMillis()).toString());
        new TreeSet<>(action.requesters()).forEach(json.putArray("asked_for_by")::add);
        approvedBy(action, ledger).forEach(json.putArray("approved_by")::add);
        return json;
    }
}
