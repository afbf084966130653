// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.live;

import io.incidentcommander.datagen.storm.FaultScenario;
import io.incidentcommander.datagen.storm.ServiceGraph;
import io.incidentcommander.datagen.storm.StormScript;
import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.DetectionOptions;
import io.incidentcommander.jobs.topology.ControlInputs;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.udfs.consensus.agents.BuiltInAgent;
import io.incidentcommander.udfs.correlation.control.ControlFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a run does. Immutable. */
public final class RunPlan {
    /** At the height of a fault, unless a rate is given; records/s. */
    public static final long SHOW_PEAK_RATE = 20_000;

    private static final long SEED = 1;
    private static final BuiltInAgent LIAR = BuiltInAgent.DIAGNOSIS_PATTERNS;
    private static final BuiltInAgent DEAD = BuiltInAgent.DIAGNOSIS_CAUSAL;

    private final StormScript script;
    private final long rate;
    private final Duration duration;
    private final int port;
    private final CommanderConfiguration options;
    private final Optional<BuiltInAgent> compromised;
    private final ModelServer models;
    private final Set<Disruption> disruptions;

    /**
     * @param scenarios the faults, in order
     * @param rate records per second throughout; 0: a calm background and a storm at each fault
     * @param duration of the storm, in whole seconds
     * @param port of Flink's web UI, if it is free
     */
    public RunPlan(
            List<FaultScenario> scenarios,
            long rate,
            Duration duration,
            int port,
            CommanderConfiguration options) {
        this(scenarios, rate, duration, port, options, Optional.empty());
    }

    /**
     * As the other, with an agent that lies.
     *
     * @param compromised whose key is in the wrong hands
     */
    public RunPlan(
            List<FaultScenario> scenarios,
            long rate,
            Duration duration,
            int port,
            CommanderConfiguration options,
            Optional<BuiltInAgent> compromised) {
        this(scenarios, rate, duration, port, options, compromised, ModelServer.STUB);
    }

    /**
     * As the other, with models of one's own.
     *
     * @param models who answers where a model is asked
     */
    public RunPlan(
            List<FaultScenario> scenarios,
            long rate,
            Duration duration,
            int port,
            CommanderConfiguration options,
            Optional<BuiltInAgent> compromised,
            ModelServer models) {
        this(scenarios, rate, duration, port, options, compromised, models, Set.of());
    }

    /**
     * As the other, with something wrong.
     *
     * @param disruptions of the commander itself; a compromised agent is one, named or not
     * @throws IllegalArgumentException if real models are to refuse, which they do as they like
     */
    public RunPlan(
            List<FaultScenario> scenarios,
            long rate,
            Duration duration,
            int port,
            CommanderConfiguration options,
            Optional<BuiltInAgent> compromised,
            ModelServer models,
            Set<Disruption> disruptions) {
        if (models == ModelServer.BEDROCK && disruptions.contains(Disruption.BEDROCK_THROTTLED)) {
            throw new IllegalArgumentException("Real models cannot be told to refuse");
        }
        this.script =
                rate == 0
                        ? StormScript.of(SEED, scenarios, SHOW_PEAK_RATE, duration)
                        : StormScript.even(SEED, scenarios, rate, duration);
        this.rate = rate;
        this.duration = duration;
        this.port = port;
        this.options =
                options.withDefault(
                        DetectionOptions.CORRELATION_OUTBREAKS_PER_DAY,
                        String.valueOf(outbreaksPerDay(scenarios, duration)),
                        "run");
        this.compromised =
                disruptions.contains(Disruption.COMPROMISED_AGENT)
                        ? compromised.or(() -> Optional.of(LIAR))
                        : compromised;
        this.models = models;
        EnumSet<Disruption> all = EnumSet.noneOf(Disruption.class);
        all.addAll(disruptions);
        if (compromised.isPresent()) {
            all.add(Disruption.COMPROMISED_AGENT);
        }
        this.disruptions = Collections.unmodifiableSet(all);
    }

    /** A run puts into minutes what else takes weeks, and says so to those who judge by it. */
    private static double outbreaksPerDay(List<FaultScenario> scenarios, Duration duration) {
        return Math.max(1.0, scenarios.size())
                * Duration.ofDays(1).toMillis()
                / duration.toMillis();
    }

    public Optional<BuiltInAgent> compromised() {
        return compromised;
    }

    /** Who never answers. */
    public Optional<BuiltInAgent> killed() {
        return disrupts(Disruption.KILLED_AGENT) ? Optional.of(DEAD) : Optional.empty();
    }

    public boolean disrupts(Disruption disruption) {
        return disruptions.contains(disruption);
    }

    public Set<Disruption> disruptions() {
        return disruptions;
    }

    public ModelServer models() {
        return models;
    }

    public StormScript script() {
        return script;
    }

    /** Who is told what, unless a routing file says it. */
    String routing() {
        return RunRouting.of(script.landscape());
    }

    /** Who owns what, and how many need it. */
    ControlFile catalogue() {
        return RunRouting.catalogue(script.landscape(), script.truths(0));
    }

    /** The rules of the company, and those of the options. */
    ControlSettings control() {
        ControlSettings own = ControlInputs.settings(options);
        List<ControlFile> files = new ArrayList<>(List.of(catalogue(), topology()));
        files.addAll(own.files());
        return own.withFiles(files);
    }

    /** Who calls whom in the company that the storm happens to, as a control file. */
    ControlFile topology() {
        ServiceGraph graph = script.landscape().graph();
        StringBuilder text = new StringBuilder("topology:\n");
        for (int i = 0; i < graph.size(); i++) {
            text.append("  ").append(graph.name(i)).append(": [");
            text.append(String.join(", ", graph.dependencyNames(i))).append("]\n");
        }
        return new ControlFile("the topology of the run", text.toString());
    }

    /** All services of that company, as a list of what may be acted on. */
    String allowedServices() {
        ServiceGraph graph = script.landscape().graph();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < graph.size(); i++) {
            text.append(graph.name(i)).append(": {risk: high, changes: 1, of: 4}\n");
        }
        return text.toString();
    }

    public long rate() {
        return rate;
    }

    public Duration duration() {
        return duration;
    }

    public int port() {
        return port;
    }

    public CommanderConfiguration options() {
        return options;
    }
}
