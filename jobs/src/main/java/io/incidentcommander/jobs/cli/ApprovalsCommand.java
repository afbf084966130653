// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code approvals}: what waits for people, and what they say to it. */
@Command(
        name = "approvals",
        description = {
            "See what actions wait for approval, and approve of them or say no.",
            "The job decides whether that counts: nobody approves their own, and each counts once."
        },
        subcommands = {
            ApprovalsListCommand.class,
            ApprovalsGrantCommand.class,
            ApprovalsDenyCommand.class
        })
public final class ApprovalsCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "What about them? approvals list|grant|deny");
    }
}
