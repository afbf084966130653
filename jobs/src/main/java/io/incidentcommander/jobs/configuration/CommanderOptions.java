// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.configuration;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every option there is, by stage. {@link #all} is in the order of the reference page, {@code
 * docs/configuration.md}, which is generated from here and tested against it.
 */
public final class CommanderOptions {
    private static final List<CommanderOption<?>> ALL =
            Stream.of(
                            JobOptions.all(),
                            IngestOptions.all(),
                            DetectionOptions.all(),
                            ControlOptions.all(),
                            ConsensusOptions.all(),
                            LifecycleOptions.all(),
                            ResolutionOptions.all(),
                            DiagnosisOptions.all(),
                            CommunicationOptions.all(),
                            SinkOptions.all())
                    .flatMap(List::stream)
                    .collect(Collectors.toUnmodifiableList());

    private CommanderOptions() {}

    /** All of them, in the order of the reference page. */
    public static List<CommanderOption<?>> all() {
        return ALL;
    }
}
