// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.consensus;

import io.incidentcommander.jobs.configuration.ConfigurationException;
import io.incidentcommander.udfs.consensus.agents.RunbookCatalogue;
import io.incidentcommander.udfs.consensus.agents.RunbookCatalogueReader;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import io.incidentcommander.udfs.resolution.PlaybookReader;
import io.incidentcommander.udfs.resolution.Playbooks;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** The runbook catalogue that comes with the job, or one of a file. */
public final class Runbooks {
    private static final String BUILT_IN = "/consensus/runbooks.yaml";

    private Runbooks() {}

    /**
     * @param file empty: the one that comes with the job
     * @throws ConfigurationException naming all that is wrong with it
     */
    public static RunbookCatalogue of(String file) {
        Problems problems = new Problems(file.isEmpty() ? BUILT_IN : file);
        RunbookCatalogue catalogue = RunbookCatalogueReader.read(text(file), problems);
        requireNone(problems);
        return catalogue;
    }

    /**
     * How those of the same file are carried out.
     *
     * @throws ConfigurationException naming all that is wrong with it
     */
    public static Playbooks playbooks(String file) {
        Problems problems = new Problems(file.isEmpty() ? BUILT_IN : file);
        Playbooks playbooks = PlaybookReader.read(text(file), problems);
        requireNone(problems);
        return playbooks;
    }

    private static void requireNone(Problems problems) {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(
                    problems.all().stream()
                            .map(Problems.Problem::toString)
                            .collect(Collectors.joining("\n")));
        }
    }

    private static String text(String file) {
        if (!file.isEmpty()) {
            try {
                return Files.readString(Path.of(file));
            } catch (IOException e) {
                throw new ConfigurationException("runbooks cannot be read: " + file, e);
            }
        }
        try (InputStream in = Runbooks.class.getResourceAsStream(BUILT_IN)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
