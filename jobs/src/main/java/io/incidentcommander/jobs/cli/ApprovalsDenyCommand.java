// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code approvals deny}: a person says no to the action of a decision. */
@Command(
        name = "deny",
        description = "Say no to the action that waits under a decision, whoever approves later.")
final class ApprovalsDenyCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Mixin private ApprovalMixin approval;

    @Option(names = "--note", paramLabel = "TEXT", defaultValue = "", description = "Why.")
    private String note;

    @Override
    public Integer call() throws IOException {
        ObjectNode body = new ObjectMapper().createObjectNode();
        body.put("command", "reject").put("note", note);
        PrintWriter out = spec.commandLine().getOut();
        out.println("denied: " + approval.say(body));
        out.flush();
        return ExitCode.DONE;
    }
}
