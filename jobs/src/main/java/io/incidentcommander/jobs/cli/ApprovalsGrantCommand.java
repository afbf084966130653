// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code approvals grant}: a person says yes to the action of a decision. */
@Command(
        name = "grant",
        description = "Approve of the action that waits under a decision, once and for a while.")
final class ApprovalsGrantCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Mixin private ApprovalMixin approval;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            defaultValue = "10m",
            description = "How long it holds, an hour at most. Default: ${DEFAULT-VALUE}.")
    private Duration ttl;

    @Override
    public Integer call() throws IOException {
        ObjectNode body = new ObjectMapper().createObjectNode();
        body.put("command", "approve").put("ttl", ttl.toSeconds() + " s");
        PrintWriter out = spec.commandLine().getOut();
        out.println("approved: " + approval.say(body));
        out.flush();
        return ExitCode.DONE;
    }
}
