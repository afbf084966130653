// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import io.incidentcommander.datagen.storm.FaultScenario;
import io.incidentcommander.jobs.live.Disruption;
import io.incidentcommander.jobs.live.LineView;
import io.incidentcommander.jobs.live.LiveRun;
import io.incidentcommander.jobs.live.ModelServer;
import io.incidentcommander.jobs.live.RunDirectory;
import io.incidentcommander.jobs.live.RunPlan;
import io.incidentcommander.jobs.live.RunResult;
import io.incidentcommander.jobs.live.RunView;
import io.incidentcommander.jobs.live.TerminalView;
import io.incidentcommander.udfs.consensus.agents.BuiltInAgent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code run}: everything on this machine, with a storm to watch. */
@Command(
        name = "run",
        description = {
            "Start Kafka, DynamoDB and OpenSearch, the job, and a storm of alerts; watch.",
            "Stubs of Slack and PagerDuty, and a mail server, show what people would be told.",
            "Where the job asks a model, a stub of Amazon Bedrock answers, unless --bedrock.",
            "Everything listens on this machine only and is gone when the command ends."
        })
public final class RunCommand implements Callable<Integer> {
    private static final String ALL = "all";

    /** One of a fault, one of the background. */
    private static final long LEAST_RATE = 2;

    /** More often than in production, for someone watches. */
    private static final Map<String, String> DEFAULTS =
            Map.of("checkpoint.interval", "2 s", "diagnosis.deadline", "30 s");

    @Spec private CommandSpec spec;

    @Mixin private ConfigurationMixin configuration;

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            defaultValue = ALL,
            description = "What fails: all, or one of the faults. Default: all.")
    private String scenario;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description =
                    "Records per second throughout. Default: a calm background, and 20,000 at the"
                            + " height of each fault.")
    private Long rate;

    @Option(
            names = "--for",
            paramLabel = "T",
            defaultValue = "5m",
            description = "How long the storm lasts. Default: 5m.")
    private Duration duration;

    @Option(
            names = "--compromised-agent",
            paramLabel = "NAME",
            description =
                    "An agent that lies: detection/rules, diagnosis/patterns, diagnosis/causal or"
                            + " resolution/runbook; see how it is outvoted, caught and"
                            + " quarantined. Default: none.")
    private String compromisedAgent;

    @Option(
            names = "--chaos",
            paramLabel = "NAME",
            split = ",",
            description =
                    "What else goes wrong: killed-agent, compromised-agent, bedrock-throttled,"
                            + " task-manager-lost, slack-hangs, or all; the summary says what went"
                            + " in its place. Default: nothing.")
    private List<String> chaos = List.of();

    @Option(
            names = "--bedrock",
            description =
                    "Ask real models of Amazon Bedrock, with the credentials of the environment;"
                            + " they cost money. Default: a stub that says it is one.")
    private boolean bedrock;

    @Option(names = "--headless", description = "No picture: a line now and then.")
    private boolean headless;

    @Option(
            names = "--port",
            paramLabel = "N",
            defaultValue = "8080",
            description = "Port of Flink's pages, or the next that is free. Default: 8080.")
    private int port;

    @Option(
            names = "--data-dir",
            paramLabel = "D",
            description =
                    "Keep logs, ledger, fates, certificates and a copy of the event store in D."
                            + " Default: nothing is kept.")
    private Path dataDir;

    @Option(names = "--json", paramLabel = "F", description = "Write the result to F.")
    private Path json;

    @Override
    public Integer call() throws Exception {
        RunPlan plan = plan();
        try (Interruption interruption = Interruption.ofThisThread();
                RunDirectory directory = RunDirectory.open(Optional.ofNullable(dataDir));
                RunView view = view()) {
            RunResult result = new LiveRun(plan, directory, view).run();
            view.close();
            report(result);
            return result.isLedgerExact() && result.isStoreComplete()
                    ? ExitCode.DONE
                    : ExitCode.FAILED;
        } catch (InterruptedException e) {
            throw new CommandFailedException("ended early", e);
        }
    }

    private void report(RunResult result) throws IOException {
        if (json != null) {
            Files.write(json, (result.json() + "\n").getBytes(StandardCharsets.UTF_8));
        }
        spec.commandLine().getOut().print(result.text());
        spec.commandLine().getOut().flush();
    }

    private RunView view() {
        Optional<TerminalSize> terminal = TerminalSize.ofLauncher();
        return headless || terminal.isEmpty()
                ? new LineView(spec.commandLine().getErr())
                : new TerminalView(
                        spec.commandLine().getOut(),
                        terminal.get().rows(),
                        terminal.get().columns());
    }

    private RunPlan plan() {
        Limits limits = new Limits(spec);
        if (rate != null) {
            limits.number("--rate", rate, LEAST_RATE, Limits.FASTEST);
        }
        limits.duration("--for", duration, Duration.ofSeconds(1));
        limits.number("--port", port, 1, 0xffff);
        return new RunPlan(
                scenarios(),
                rate == null ? 0 : rate,
                duration,
                port,
                configuration.load(DEFAULTS, Map.of()),
                compromised(),
                bedrock ? ModelServer.BEDROCK : ModelServer.STUB,
                disruptions());
    }

    private Set<Disruption> disruptions() {
        if (chaos.equals(List.of(ALL))) {
            return refusable(EnumSet.allOf(Disruption.class));
        }
        EnumSet<Disruption> named = EnumSet.noneOf(Disruption.class);
        for (String name : chaos) {
            named.add(
                    Disruption.ofOptionName(name)
                            .orElseThrow(
                                    () ->
                                            new ParameterException(
                                                    spec.commandLine(),
                                                    "unknown chaos '"
                                                            + name
                                                            + "'; there are: "
                                                            + chaosNames())));
        }
        return refusable(named);
    }

    private Set<Disruption> refusable(Set<Disruption> disruptions) {
        if (bedrock && disruptions.contains(Disruption.BEDROCK_THROTTLED)) {
            throw new ParameterException(
                    spec.commandLine(), "--bedrock: real models cannot be told to refuse");
        }
        return disruptions;
    }

    private static String chaosNames() {
        return Arrays.stream(Disruption.values())
                .map(Disruption::optionName)
                .collect(Collectors.joining(", ", ALL + ", ", ""));
    }

    private Optional<BuiltInAgent> compromised() {
        if (compromisedAgent == null) {
            return Optional.empty();
        }
        return Optional.of(
                BuiltInAgent.ofName(compromisedAgent)
                        .orElseThrow(
                                () ->
                                        new ParameterException(
                                                spec.commandLine(),
                                                "unknown agent '"
                                                        + compromisedAgent
                                                        + "'; there are: "
                                                        + Arrays.stream(BuiltInAgent.values())
                                                                .map(BuiltInAgent::agent)
                                                                .collect(
                                                                        Collectors.joining(
                                                                                ", ")))));
    }

    private List<FaultScenario> scenarios() {
        if (scenario.equals(ALL)) {
            return Arrays.asList(FaultScenario.values());
        }
        return List.of(
                FaultScenario.ofOptionName(scenario)
                        .orElseThrow(
                                () ->
                                        new ParameterException(
                                                spec.commandLine(),
                                                "unknown scenario '"
                                                        + scenario
                                                        + "'; there are: "
                                                        + names())));
    }

    private static String names() {
        return Arrays.stream(FaultScenario.values())
                .map(FaultScenario::optionName)
                .collect(Collectors.joining(", ", ALL + ", ", ""));
    }
}
