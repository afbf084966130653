// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.incidentcommander.jobs.consensus.ConductRecord;
import io.incidentcommander.udfs.consensus.reputation.QuarantinePolicy;
import io.incidentcommander.udfs.consensus.reputation.ReputationPolicy;
import io.incidentcommander.udfs.consensus.reputation.StandingComparison;
import io.incidentcommander.udfs.consensus.reputation.StandingPolicy;
import io.incidentcommander.udfs.consensus.reputation.StandingView;
import io.incidentcommander.udfs.consensus.reputation.SuspicionPolicy;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code consensus recompute}: the standing of agents by what happened, under two policies. */
@Command(
        name = "recompute",
        description = {
            "Recompute the reputation of agents from the certificates of decisions and from the",
            "messages of the feedback stream, as it is judged and under another policy, and"
                    + " compare."
        })
public final class ConsensusRecomputeCommand implements Callable<Integer> {
    private static final long DAY_MILLIS = 24L * 3_600_000;

    private static final List<String> POLICY_OPTIONS =
            List.of("--discount", "--half-life-days", "--prior-right", "--prior-wrong");

    @Spec private CommandSpec spec;

    @Option(
            names = "--certificates",
            paramLabel = "DIR",
            required = true,
            description = "Certificates of decisions, as run --data-dir keeps them.")
    private Path certificates;

    @Option(
            names = "--outcomes",
            paramLabel = "F",
            required = true,
            description = "Messages of the feedback stream, one JSON object a line.")
    private Path outcomes;

    @Option(
            names = "--findings",
            paramLabel = "F",
            description =
                    "What was found against agents, one JSON object a line; default: nothing.")
    private Optional<Path> findings = Optional.empty();

    @Option(
            names = "--discount",
            paramLabel = "X",
            defaultValue = "0.92",
            description = "What one later outcome leaves of an earlier one, in (0,1].")
    private double discount;

    @Option(
            names = "--half-life-days",
            paramLabel = "N",
            defaultValue = "30",
            description = "After so long an outcome counts half.")
    private long halfLifeDays;

    @Option(
            names = "--prior-right",
            paramLabel = "X",
            defaultValue = "1",
            description = "Right outcomes taken for granted before any.")
    private double priorRight;

    @Option(
            names = "--prior-wrong",
            paramLabel = "X",
            defaultValue = "1",
            description = "Likewise wrong ones.")
    private double priorWrong;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        StandingPolicy other = policy();
        ConductRecord record;
        try {
            record = ConductRecord.read(certificates, outcomes, findings);
        } catch (IOException e) {
            throw new InputUnusableException("cannot be read: " + e.getMessage(), e);
        }
        List<StandingComparison> rows =
                record.history().compare(StandingPolicy.defaults(), other, record.lastMillis());
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            write(record, rows, out);
        } else {
            print(record, rows, isAnotherPolicy(), out);
        }
        out.flush();
        return ExitCode.DONE;
    }

    private StandingPolicy policy() {
        try {
            return new StandingPolicy(
                    new ReputationPolicy(
                            priorRight, priorWrong, discount, halfLifeDays * DAY_MILLIS, 64, 0.5),
                    SuspicionPolicy.defaults(),
                    QuarantinePolicy.defaults());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private boolean isAnotherPolicy() {
        return POLICY_OPTIONS.stream()
                .anyMatch(spec.commandLine().getParseResult()::hasMatchedOption);
    }

    private static void print(
            ConductRecord record,
            List<StandingComparison> rows,
            boolean compared,
            PrintWriter out) {
        out.printf(
                "%d outcomes, %d of decisions without a certificate, %d findings%n",
                record.outcomes(), record.unknown(), record.held());
        for (StandingComparison row : rows) {
            out.printf(
                    "%s: %.3f %s",
                    row.one().agentId(), row.one().reputation().value(), row.one().phase());
            if (compared) {
                out.printf(
                        ", under the other policy %.3f %s",
                        row.other().reputation().value(), row.other().phase());
            }
            out.println();
        }
    }

    private static void write(ConductRecord record, List<StandingComparison> rows, PrintWriter out)
            throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode result = mapper.createObjectNode();
        result.put("outcomes", record.outcomes());
        result.put("outcomes_without_certificate", record.unknown());
        result.put("findings_held", record.held());
        ObjectNode agents = result.putObject("agents");
        for (StandingComparison row : rows) {
            ObjectNode agent = agents.putObject(row.one().agentId());
            describe(row.one(), agent.putObject("as_judged"));
            describe(row.other(), agent.putObject("other_policy"));
        }
        out.println(mapper.writeValueAsString(result));
    }

    private static void describe(StandingView view, ObjectNode json) {
        json.put("reputation", view.reputation().value());
        json.put("suspicion", view.suspicion().points());
        json.put("phase", view.phase().name());
        json.put("power_factor", view.powerFactor());
    }
}
