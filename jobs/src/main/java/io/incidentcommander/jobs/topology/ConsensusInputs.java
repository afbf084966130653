// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.ConfigurationException;
import io.incidentcommander.jobs.configuration.ConsensusOptions;
import io.incidentcommander.jobs.configuration.DiagnosisOptions;
import io.incidentcommander.jobs.consensus.AgentKeyFile;
import io.incidentcommander.jobs.consensus.Runbooks;
import io.incidentcommander.jobs.diagnosis.DiagnosisAgent;
import io.incidentcommander.udfs.consensus.agents.ModelSeat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What {@code consensus.*} names. */
public final class ConsensusInputs {
    private ConsensusInputs() {}

    /**
     * Empty if there is no way to ask anybody.
     *
     * @throws ConfigurationException if there is one, and nobody to ask
     */
    public static Optional<ConsensusStage> of(CommanderConfiguration options) {
        if (options.get(ConsensusOptions.CONSENSUS_KAFKA_BOOTSTRAP_SERVERS).isEmpty()) {
            return Optional.empty();
        }
        String keys = options.get(ConsensusOptions.CONSENSUS_KEYS_FILE);
        if (keys.isEmpty()) {
            throw new ConfigurationException(
                    ConsensusOptions.CONSENSUS_KEYS_FILE.key()
                            + " is needed: the keys of the agents");
        }
        List<ModelSeat> models = DiagnosisAgent.seats(options);
        AgentKeyFile file = new AgentKeyFile(Path.of(keys), models);
        try {
            requireKeys(models.subList(1, models.size()), file);
            return Optional.of(
                    new ConsensusStage(
                            Runbooks.of(options.get(ConsensusOptions.CONSENSUS_RUNBOOKS)),
                            file,
                            ControlInputs.settings(options),
                            new KafkaConsensusStreams(topics(options), SpillPlaces.of(options)),
                            Optional.empty()));
        } catch (IOException e) {
            throw new ConfigurationException("agent keys cannot be read: " + e.getMessage(), e);
        }
    }

    /** Whoever costs money has to be heard. */
    private static void requireKeys(List<ModelSeat> named, AgentKeyFile file) throws IOException {
        Set<String> present = file.read().keySet();
        for (ModelSeat seat : named) {
            if (!present.contains(seat.agent())) {
                throw new ConfigurationException(
                        ConsensusOptions.CONSENSUS_KEYS_FILE.key()
                                + " has no line of "
                                + seat.agent()
                                + ", which "
                                + DiagnosisOptions.DIAGNOSIS_AGENTS.key()
                                + " names");
            }
        }
    }

    private static ConsensusTopics topics(CommanderConfiguration options) {
        return new ConsensusTopics(
                KafkaClusters.at(ConsensusOptions.CONSENSUS_KAFKA_BOOTSTRAP_SERVERS, options),
                options.get(ConsensusOptions.CONSENSUS_KAFKA_REQUESTS_TOPIC),
                options.get(ConsensusOptions.CONSENSUS_KAFKA_RECOMMENDATIONS_TOPIC),
                options.get(ConsensusOptions.CONSENSUS_KAFKA_AGENTS_TOPIC),
                options.get(ConsensusOptions.CONSENSUS_KAFKA_OUTCOMES_TOPIC),
                options.get(ConsensusOptions.CONSENSUS_KAFKA_GROUP));
    }
}
