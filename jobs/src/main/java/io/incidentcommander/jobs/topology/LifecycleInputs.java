// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.connectors.audit.DynamoDbClientProvider;
import io.incidentcommander.connectors.resolution.ActionTable;
import io.incidentcommander.connectors.resolution.AwsPlace;
import io.incidentcommander.connectors.resolution.SsmAutomations;
import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.CommanderOption;
import io.incidentcommander.jobs.configuration.ConfigurationException;
import io.incidentcommander.jobs.configuration.ConsensusOptions;
import io.incidentcommander.jobs.configuration.ControlOptions;
import io.incidentcommander.jobs.configuration.EffectMode;
import io.incidentcommander.jobs.configuration.LifecycleOptions;
import io.incidentcommander.jobs.configuration.ResolutionOptions;
import io.incidentcommander.jobs.configuration.SinkOptions;
import io.incidentcommander.jobs.consensus.Runbooks;
import io.incidentcommander.jobs.resolution.DryRunEffects;
import io.incidentcommander.jobs.resolution.LiveEffects;
import io.incidentcommander.jobs.resolution.MemoryLedger;
import io.incidentcommander.jobs.resolution.ReplayEffects;
import io.incidentcommander.jobs.resolution.StepsFile;
import io.incidentcommander.jobs.resolution.TableLedger;
import io.incidentcommander.operators.resolution.ActionLedger;
import io.incidentcommander.operators.resolution.ActionRules;
import io.incidentcommander.operators.resolution.ChangeFreezes;
import io.incidentcommander.operators.resolution.CommandLedger;
import io.incidentcommander.operators.resolution.Effects;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import io.incidentcommander.udfs.resolution.AllowList;
import io.incidentcommander.udfs.resolution.StepRecord;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** What {@code lifecycle.*} and {@code resolution.*} name. */
public final class LifecycleInputs {
    private LifecycleInputs() {}

    /** Empty if nobody decides, or orders have no way. */
    public static Optional<LifecycleStage> lifecycle(CommanderConfiguration options) {
        return streams(options)
                .map(
                        streams ->
                                new LifecycleStage(
                                        ResponseSettings.policy(options),
                                        ControlInputs.cost(options),
                                        ControlInputs.settings(options),
                                        Runbooks.of(
                                                options.get(ConsensusOptions.CONSENSUS_RUNBOOKS)),
                                        streams));
    }

    /**
     * Empty if orders have no way.
     *
     * @throws ConfigurationException if it is to be live, and something needed for it is not named
     */
    public static Optional<ResolutionStage> resolution(CommanderConfiguration options) {
        return streams(options)
                .map(
                        streams ->
                                new ResolutionStage(
                                        ResponseSettings.limited(
                                                new ActionRules(
                                                        Runbooks.playbooks(
                                                                options.get(
                                                                        ConsensusOptions
                                                                                .CONSENSUS_RUNBOOKS)),
                                                        allowed(options),
                                                        new ChangeFreezes(
                                                                ControlInputs.settings(options))),
                                                options),
                                        ledger(options),
                                        effects(options),
                                        streams,
                                        commands(options)));
    }

    /** Empty if there is no control stream. */
    private static Optional<CommandStreams> commands(CommanderConfiguration options) {
        CommanderOption<String> brokers = ControlOptions.CONTROL_KAFKA_BOOTSTRAP_SERVERS;
        CommanderOption<String> reports = SinkOptions.SINK_KAFKA_BOOTSTRAP_SERVERS;
        return options.get(brokers).isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new CommandStreams(
                                KafkaClusters.at(brokers, options),
                                options.get(ControlOptions.CONTROL_KAFKA_TOPIC),
                                options.get(ControlOptions.CONTROL_KAFKA_GROUP) + "-actions",
                                options.get(reports).isEmpty()
                                        ? Optional.empty()
                                        : Optional.of(SpillPlaces.kafka(reports, options)),
                                options.get(SinkOptions.SINK_KAFKA_CONTROL_REPORTS_TOPIC),
                                commandLedger(options)));
    }

    private static Optional<KafkaLifecycleStreams> streams(CommanderConfiguration options) {
        CommanderOption<String> brokers = LifecycleOptions.LIFECYCLE_KAFKA_BOOTSTRAP_SERVERS;
        return options.get(brokers).isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new KafkaLifecycleStreams(
                                new LifecycleTopics(
                                        KafkaClusters.at(brokers, options),
                                        options.get(LifecycleOptions.LIFECYCLE_KAFKA_ORDERS_TOPIC),
                                        options.get(LifecycleOptions.LIFECYCLE_KAFKA_REPORTS_TOPIC),
                                        options.get(
                                                LifecycleOptions.LIFECYCLE_KAFKA_QUESTIONS_TOPIC),
                                        options.get(LifecycleOptions.LIFECYCLE_KAFKA_GROUP)),
                                SpillPlaces.of(options)));
    }

    private static AllowList allowed(CommanderConfiguration options) {
        String file = options.get(ResolutionOptions.RESOLUTION_ALLOW_LIST);
        if (file.isEmpty()) {
            return AllowList.nothing();
        }
        Problems problems = new Problems(file);
        AllowList list;
        try {
            list = AllowList.read(Files.readString(Path.of(file)), problems);
        } catch (IOException e) {
            throw new ConfigurationException("the allow-list cannot be read: " + file, e);
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(
                    problems.all().stream()
                            .map(Problems.Problem::toString)
                            .collect(Collectors.joining("\n")));
        }
        return list;
    }

    private static ActionLedger.Opener ledger(CommanderConfiguration options) {
        if (options.get(ResolutionOptions.RESOLUTION_MODE) != EffectMode.LIVE) {
            return MemoryLedger::new;
        }
        TableOpener table = table(options);
        return table::open;
    }

    private static CommandLedger.Opener commandLedger(CommanderConfiguration options) {
        if (options.get(ResolutionOptions.RESOLUTION_MODE) != EffectMode.LIVE) {
            return MemoryLedger::new;
        }
        TableOpener table = table(options);
        return table::open;
    }

    /** The ledger that {@code resolution.ledger.*} names, for people who look into it. */
    public static TableLedger actionLedger(CommanderConfiguration options) {
        return table(options).open();
    }

    /** The same table for those who act and for those who command. */
    @FunctionalInterface
    private interface TableOpener extends Serializable {
        TableLedger open();
    }

    private static TableOpener table(CommanderConfiguration options) {
        String table = required(options, ResolutionOptions.RESOLUTION_LEDGER_TABLE);
        String endpoint = options.get(ResolutionOptions.RESOLUTION_LEDGER_ENDPOINT);
        DynamoDbClientProvider clients =
                endpoint.isEmpty()
                        ? DynamoDbClientProvider.inRegion(
                                options.get(ResolutionOptions.RESOLUTION_REGION))
                        : DynamoDbClientProvider.at(endpoint);
        return () -> new TableLedger(new ActionTable(clients, table));
    }

    private static Effects.Opener effects(CommanderConfiguration options) {
        switch (options.get(ResolutionOptions.RESOLUTION_MODE)) {
            case DRY_RUN:
                return DryRunEffects::new;
            case REPLAY:
                return recorded(options);
            default:
                return live(options);
        }
    }

    private static Effects.Opener recorded(CommanderConfiguration options) {
        String file = required(options, ResolutionOptions.RESOLUTION_RECORD);
        try {
            HashMap<UUID, StepRecord.Status> steps = new HashMap<>(StepsFile.read(Path.of(file)));
            return () -> new ReplayEffects(steps);
        } catch (IOException e) {
            throw new ConfigurationException(
                    "the record of steps cannot be read: " + e.getMessage(), e);
        }
    }

    private static Effects.Opener live(CommanderConfiguration options) {
        String role = required(options, ResolutionOptions.RESOLUTION_ROLE);
        String sandbox = required(options, ResolutionOptions.RESOLUTION_SANDBOX_ROLE);
        String endpoint = options.get(ResolutionOptions.RESOLUTION_ENDPOINT);
        AwsPlace place =
                endpoint.isEmpty()
                        ? AwsPlace.inRegion(options.get(ResolutionOptions.RESOLUTION_REGION))
                        : AwsPlace.at(endpoint);
        String document = options.get(ResolutionOptions.RESOLUTION_SESSION_DOCUMENT);
        return () ->
                new LiveEffects(
                        new SsmAutomations(place),
                        role,
                        sandbox,
                        Optional.of(document).filter(name -> !name.isEmpty()));
    }

    private static String required(CommanderConfiguration options, CommanderOption<String> option) {
        String value = options.get(option);
        if (value.isEmpty()) {
            throw new ConfigurationException(option.key() + " is needed to act, or to replay it");
        }
        return value;
    }
}
