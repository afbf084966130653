// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import io.incidentcommander.jobs.consensus.Attack;
import io.incidentcommander.jobs.consensus.Network;
import io.incidentcommander.jobs.consensus.Simulation;
import io.incidentcommander.jobs.consensus.SimulationPlan;
import io.incidentcommander.jobs.consensus.SimulationResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code consensus simulate}: the real rounds and reputation against simulated attackers. */
@Command(
        name = "simulate",
        description = {
            "Let simulated agents, some of them attackers, decide one incident after the other",
            "by the real rounds, checks and reputation. The same seed gives the same bytes."
        })
public final class ConsensusSimulateCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(names = "--agents", paramLabel = "N", required = true, description = "1 to 1000.")
    private int agents;

    @Option(
            names = "--byzantine",
            paramLabel = "F",
            required = true,
            description = "A number of agents or, with a dot, a share of the voting power.")
    private String byzantine;

    @Option(
            names = "--attack",
            paramLabel = "NAME",
            required = true,
            description = {
                "random, always-wrong, constant-confidence, overconfident, on-off, collusion,",
                "sleeper, sybil, equivocation, replay, copycat, slander or withholding."
            })
    private String attack;

    @Option(names = "--rounds", paramLabel = "R", required = true, description = "Decisions.")
    private int rounds;

    @Option(names = "--seed", paramLabel = "S", required = true, description = "Any number.")
    private long seed;

    @Option(
            names = "--network",
            paramLabel = "NAME",
            defaultValue = "good",
            description = {
                "good, or bad: votes are lost, late, doubled and out of order, and the tally dies",
                "and is restored from snapshots. Default: good."
            })
    private String network;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        SimulationPlan plan = plan();
        Progress progress = Progress.on(spec.commandLine().getErr());
        SimulationResult result =
                new Simulation(plan)
                        .run(done -> progress.report(() -> done + " of " + rounds + " decisions"));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            result.writeJson(out);
            out.println();
        } else {
            print(result, out);
        }
        out.flush();
        return ExitCode.DONE;
    }

    private SimulationPlan plan() {
        try {
            return SimulationPlan.of(
                    agents,
                    byzantine,
                    Attack.ofWord(attack)
                            .orElseThrow(() -> new IllegalArgumentException(unknownAttack())),
                    rounds,
                    seed,
                    Network.ofWord(network)
                            .orElseThrow(
                                    () ->
                                            new IllegalArgumentException(
                                                    "a network is good or bad, not '"
                                                            + network
                                                            + "'")));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private String unknownAttack() {
        return "unknown attack '"
                + attack
                + "'; there are: "
                + Arrays.stream(Attack.values())
                        .map(Attack::word)
                        .collect(Collectors.joining(", "));
    }

    private static void print(SimulationResult result, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%d of %d agents Byzantine, %.3f of the power%n",
                result.byzantine(),
                result.plan().agents(),
                result.byzantinePpm() / 1e6);
        out.printf(
                "decided %d, wrongly %d; undecided %d; to a human %d%n",
                result.decisions(),
                result.wrongDecisions(),
                result.undecided(),
                result.escalated());
        out.printf(
                "quarantined: %d Byzantine, %d honest%n",
                result.byzantineQuarantined(), result.honestQuarantined());
        if (result.plan().network() == Network.BAD) {
            out.printf(
                    "votes lost %d, doubled %d; state lost and restored %d times%n",
                    result.faults().lost(), result.faults().doubled(), result.faults().restores());
        }
        result.roundsToQuarantineMedian()
                .ifPresent(
                        median ->
                                out.printf(
                                        Locale.ROOT,
                                        "rounds to quarantine, median: %.1f%n",
                                        median));
        result.baselines()
                .forEach(
                        (name, score) ->
                                out.printf(
                                        "%s: %d wrong, %d undecided%n",
                                        name, score.wrong(), score.undecided()));
    }
}
