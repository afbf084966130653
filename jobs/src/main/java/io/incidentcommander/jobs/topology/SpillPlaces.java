// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.connectors.delivery.KafkaResults;
import io.incidentcommander.connectors.delivery.SpillPlace;
import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.CommanderOption;
import io.incidentcommander.jobs.configuration.ConfigurationException;
import io.incidentcommander.jobs.configuration.SinkOptions;
import java.util.Optional;

/** Where results are laid aside, as {@code sink.spill.*} says. */
final class SpillPlaces {
    private SpillPlaces() {}

    static Optional<SpillPlace> of(CommanderConfiguration options) {
        String place = options.get(SinkOptions.SINK_SPILL_PLACE);
        if (place.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    SpillPlace.at(
                            place,
                            options.get(SinkOptions.SINK_SPILL_REGION),
                            options.get(SinkOptions.SINK_SPILL_ENDPOINT)));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    SinkOptions.SINK_SPILL_PLACE.key() + ": " + e.getMessage(), e);
        }
    }

    /** Topics of the cluster that an option names the brokers of. */
    static KafkaResults kafka(CommanderOption<String> brokers, CommanderConfiguration options) {
        return new KafkaResults(KafkaClusters.at(brokers, options), of(options));
    }
}
