// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.connectors.diagnosis.AnswerRecord;
import io.incidentcommander.connectors.diagnosis.BedrockClients;
import io.incidentcommander.connectors.diagnosis.DirectoryAnswerRecord;
import io.incidentcommander.connectors.diagnosis.RouterPolicy;
import io.incidentcommander.connectors.diagnosis.SpendCaps;
import io.incidentcommander.connectors.diagnosis.memory.DirectoryRecollectionRecord;
import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.ConfigurationException;
import io.incidentcommander.jobs.configuration.ConsensusOptions;
import io.incidentcommander.jobs.configuration.DiagnosisOptions;
import io.incidentcommander.jobs.configuration.EmbeddingUse;
import io.incidentcommander.jobs.configuration.ModelUse;
import io.incidentcommander.jobs.consensus.Runbooks;
import io.incidentcommander.jobs.diagnosis.DiagnosisAgent;
import io.incidentcommander.jobs.diagnosis.Memories;
import io.incidentcommander.jobs.diagnosis.ModelRoads;
import io.incidentcommander.jobs.diagnosis.Models;
import io.incidentcommander.model.diagnosis.memory.RecollectionRecord;
import io.incidentcommander.operators.correlation.control.ControlSettings;
import io.incidentcommander.operators.diagnosis.ModelRoad;
import io.incidentcommander.operators.diagnosis.memory.MemoryOpener;
import io.incidentcommander.operators.diagnosis.memory.RememberingRoad;
import io.incidentcommander.udfs.consensus.agents.ModelSeat;
import io.incidentcommander.udfs.diagnosis.prompt.DiagnosisPrompts;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What {@code diagnosis.*} names. */
public final class DiagnosisInputs {
    /** The upper bound that no configuration raises. */
    private static final Duration LONGEST = Duration.ofSeconds(180);

    private static final BigDecimal MICRO = BigDecimal.valueOf(1_000_000);

    private DiagnosisInputs() {}

    /**
     * @throws ConfigurationException if the options contradict each other
     */
    public static DiagnosisStage of(CommanderConfiguration options, ControlSettings control) {
        return of(
                options,
                control,
                agent -> road(agent, options),
                memory(options),
                recollections(options));
    }

    /**
     * As the other, whatever {@code diagnosis.model} says.
     *
     * @param clients of those who answer
     * @param record directory of what they answered, and of what was recalled
     * @param memory that is searched and learned into
     */
    public static DiagnosisStage asking(
            BedrockClients clients,
            Path record,
            MemoryOpener memory,
            CommanderConfiguration options,
            ControlSettings control) {
        return of(
                options,
                control,
                agent -> live(agent, options, clients, answers(record, agent)),
                Optional.of(memory),
                new DirectoryRecollectionRecord(record));
    }

    private static DiagnosisStage of(
            CommanderConfiguration options,
            ControlSettings control,
            Function<DiagnosisAgent, ModelRoad.Opener> roads,
            Optional<MemoryOpener> memory,
            RecollectionRecord recollections) {
        Duration deadline = options.get(DiagnosisOptions.DIAGNOSIS_DEADLINE);
        if (deadline.compareTo(LONGEST) > 0) {
            throw new ConfigurationException(
                    DiagnosisOptions.DIAGNOSIS_DEADLINE.key()
                            + " is at most "
                            + LONGEST.toSeconds()
                            + " s");
        }
        return new DiagnosisStage(
                Runbooks.of(options.get(ConsensusOptions.CONSENSUS_RUNBOOKS)),
                control,
                DiagnosisAgent.of(options).stream()
                        .map(
                                agent ->
                                        new ModelVoter(
                                                agent.seat(),
                                                remembering(
                                                        roads.apply(agent), memory, recollections)))
                        .collect(Collectors.toList()),
                deadline,
                options.get(DiagnosisOptions.DIAGNOSIS_ADMITTED),
                memory);
    }

    private static ModelRoad.Opener remembering(
            ModelRoad.Opener road, Optional<MemoryOpener> memory, RecollectionRecord record) {
        return memory.map(
                        kept ->
                                RememberingRoad.before(
                                        road, kept, record, System::currentTimeMillis))
                .orElse(road);
    }

    /** In a replay what was recalled then, and nothing is learned: no client is made. */
    private static Optional<MemoryOpener> memory(CommanderConfiguration options) {
        String url = options.get(DiagnosisOptions.DIAGNOSIS_MEMORY_ENDPOINT);
        if (url.isEmpty()) {
            return Optional.empty();
        }
        if (options.get(DiagnosisOptions.DIAGNOSIS_MODEL) == ModelUse.REPLAY) {
            return Optional.of(Memories.recorded());
        }
        String alias = options.get(DiagnosisOptions.DIAGNOSIS_MEMORY_ALIAS);
        return Optional.of(
                options.get(DiagnosisOptions.DIAGNOSIS_MEMORY_EMBEDDINGS) == EmbeddingUse.TITAN
                        ? Memories.titan(url, alias, clients(options))
                        : Memories.local(url, alias));
    }

    private static RecollectionRecord recollections(CommanderConfiguration options) {
        String directory = options.get(DiagnosisOptions.DIAGNOSIS_RECORD);
        return directory.isEmpty()
                ? RecollectionRecord.none()
                : new DirectoryRecollectionRecord(Path.of(directory));
    }

    private static ModelRoad.Opener road(DiagnosisAgent agent, CommanderConfiguration options) {
        ModelUse use = options.get(DiagnosisOptions.DIAGNOSIS_MODEL);
        if (use == ModelUse.NONE) {
            if (!agent.seat().equals(ModelSeat.FIRST)) {
                throw new ConfigurationException(
                        DiagnosisOptions.DIAGNOSIS_AGENTS.key()
                                + " has agents and "
                                + DiagnosisOptions.DIAGNOSIS_MODEL.key()
                                + " is none: nobody would be asked");
            }
            return ModelRoads.none();
        }
        String directory = options.get(DiagnosisOptions.DIAGNOSIS_RECORD);
        if (use == ModelUse.REPLAY) {
            if (directory.isEmpty()) {
                throw new ConfigurationException(
                        DiagnosisOptions.DIAGNOSIS_RECORD.key() + " is needed: what was answered");
            }
            return ModelRoads.replay(prompts(options), answers(Path.of(directory), agent));
        }
        return live(
                agent,
                options,
                clients(options),
                directory.isEmpty() ? AnswerRecord.none() : answers(Path.of(directory), agent));
    }

    /** All are sent the same prompt: what others than the first answer has folders of its own. */
    private static AnswerRecord answers(Path directory, DiagnosisAgent agent) {
        return new DirectoryAnswerRecord(
                agent.seat().equals(ModelSeat.FIRST)
                        ? directory
                        : directory.resolve(agent.seat().name()));
    }

    static DiagnosisPrompts prompts(CommanderConfiguration options) {
        return new DiagnosisPrompts(options.get(DiagnosisOptions.DIAGNOSIS_ADDRESSES));
    }

    private static ModelRoad.Opener live(
            DiagnosisAgent agent,
            CommanderConfiguration options,
            BedrockClients clients,
            AnswerRecord record) {
        int spenders = DiagnosisAgent.of(options).size();
        try {
            return ModelRoads.live(
                    prompts(options),
                    RouterPolicy.of(
                            Models.of(agent.models()),
                            new SpendCaps(
                                    micro(options.get(DiagnosisOptions.DIAGNOSIS_SPEND_INCIDENT))
                                            / spenders,
                                    micro(options.get(DiagnosisOptions.DIAGNOSIS_SPEND_HOUR))
                                            / spenders)),
                    clients,
                    record);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    DiagnosisOptions.DIAGNOSIS_MODELS.key() + ": " + e.getMessage(), e);
        }
    }

    /** The service in the region, or the server that is named. */
    public static BedrockClients clients(CommanderConfiguration options) {
        String endpoint = options.get(DiagnosisOptions.DIAGNOSIS_BEDROCK_ENDPOINT);
        return endpoint.isEmpty()
                ? BedrockClients.inRegion(options.get(DiagnosisOptions.DIAGNOSIS_BEDROCK_REGION))
                : BedrockClients.at(endpoint);
    }

    private static long micro(BigDecimal usd) {
        return usd.multiply(MICRO).longValue();
    }
}
