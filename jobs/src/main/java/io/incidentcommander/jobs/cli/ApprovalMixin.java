// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.ResolutionOptions;
import io.incidentcommander.jobs.resolution.TableLedger;
import io.incidentcommander.jobs.topology.LifecycleInputs;
import io.incidentcommander.udfs.resolution.AwaitedAction;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which decision, who says something about its action, and how that reaches the job. */
final class ApprovalMixin {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Parameters(
            paramLabel = "DECISION_ID",
            description = "As approvals list and the news of the incident have it.")
    private String decisionId;

    @Option(
            names = "--as",
            paramLabel = "PERSON",
            required = true,
            description =
                    "Who says so. It is believed: who may write to the topic of control updates may"
                            + " speak for anybody.")
    private String person;

    @Mixin private ConfigurationMixin configuration;

    /**
     * Says it over the control stream, and waits for what becomes of it.
     *
     * @param body what is said, to which decision and action are added
     * @return why it holds
     * @throws CommandFailedException if it does not count, with the reason
     */
    String say(ObjectNode body) throws IOException {
        CommanderConfiguration options = configuration.load(Map.of());
        AwaitedAction awaited = awaited(options);
        body.put("decision", decisionId).put("action", awaited.action().hex());
        Instant now = Instant.now();
        ObjectNode update =
                JSON.createObjectNode()
                        .put("kind", "command")
                        .put("tenant", awaited.tenant())
                        .put("id", awaited.incidentId())
                        .put("sequence", now.toEpochMilli())
                        .put("effective_at", now.toString())
                        .put("author", person);
        update.set("body", body);
        try (ControlRoad road = ControlRoad.open(options)) {
            return road.send(
                    update,
                    String.format(
                            "command %s of tenant %s, sequence %d",
                            awaited.incidentId(), awaited.tenant(), now.toEpochMilli()));
        }
    }

    private AwaitedAction awaited(CommanderConfiguration options) {
        try (TableLedger ledger = LifecycleInputs.actionLedger(options)) {
            return ledger.awaited(decisionId)
                    .orElseThrow(
                            () ->
                                    new InputUnusableException(
                                            "no action of decision "
                                                    + decisionId
                                                    + " waits for approval in "
                                                    + options.get(
                                                            ResolutionOptions
                                                                    .RESOLUTION_LEDGER_TABLE)));
        }
    }
}
