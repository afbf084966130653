// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.connectors.ingest.AlertFile;
import io.incidentcommander.connectors.ingest.AlertPaths;
import io.incidentcommander.connectors.ingest.CsvHeader;
import io.incidentcommander.connectors.ingest.Framing;
import io.incidentcommander.jobs.configuration.CommanderConfiguration;
import io.incidentcommander.jobs.configuration.ConfigurationException;
import io.incidentcommander.jobs.configuration.IngestOptions;
import io.incidentcommander.jobs.configuration.Transport;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.udfs.ingest.CsvMappingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files of one source of transport file, and how those in CSV are read. */
final class ConfiguredFiles {
    private final String id;
    private final String mapping;
    private final List<AlertFile> files = new ArrayList<>();
    private final List<AlertFile> csv = new ArrayList<>();

    /**
     * @throws ConfigurationException if no path is given, or nothing is there
     */
    ConfiguredFiles(CommanderConfiguration options, String id) {
        this.id = id;
        this.mapping = options.get(IngestOptions.SOURCE_MAPPING, id);
        List<String> paths = options.get(IngestOptions.SOURCE_PATHS, id);
        if (paths.isEmpty()) {
            throw ConfiguredSources.missing(IngestOptions.SOURCE_PATHS, id, Transport.FILE);
        }
        Optional<AlertFormat> format = ConfiguredSources.format(options, id);
        for (String path : paths) {
            filesAt(path, id).forEach(file -> add(file, format));
        }
    }

    List<AlertFile> files() {
        return files;
    }

    /**
     * The decodings with those of this source's CSV.
     *
     * @throws ConfigurationException if the mapping is missing, is of no use, or does not fit
     */
    FileDecodings addTo(FileDecodings decodings) {
        String key = IngestOptions.SOURCE_MAPPING.keyOf(id);
        if (csv.isEmpty() && mapping.isEmpty()) {
            return decodings;
        }
        if (mapping.isEmpty()) {
            throw new ConfigurationException(
                    key
                            + " is needed, a file that says what the columns of CSV mean: "
                            + csv.get(0).path());
        }
        if (csv.isEmpty()) {
            throw new ConfigurationException(
                    key
                            + ": no file of the source is CSV; "
                            + IngestOptions.SOURCE_FORMAT.keyOf(id)
                            + ": csv makes all of them CSV");
        }
        try {
            return decodings.withCsv(id, yaml(key), mapping, headers());
        } catch (CsvMappingException e) {
            throw new ConfigurationException(key + ": " + e.getMessage(), e);
        }
    }

    private void add(String path, Optional<AlertFormat> format) {
        boolean rows =
                format.map(f -> f == AlertFormat.CSV).orElseGet(() -> AlertPaths.isCsvByName(path));
        if (rows) {
            AlertFile file = AlertFile.of(id, path, Framing.CSV);
            files.add(file);
            csv.add(file);
        } else {
            files.add(AlertFile.of(id, path, Framing.AUTO).withTimes(DecodedTimes.of(format)));
        }
    }

    private String yaml(String key) {
        try {
            return Files.readString(Path.of(mapping));
        } catch (IOException e) {
            throw new ConfigurationException(key + ": cannot be read: " + mapping, e);
        }
    }

    private Map<String, List<String>> headers() {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (AlertFile file : csv) {
            try {
                headers.put(file.path(), CsvHeader.read(file));
            } catch (IOException e) {
                throw new ConfigurationException(
                        IngestOptions.SOURCE_PATHS.keyOf(id)
                                + ": no header of CSV in "
                                + file.path(),
                        e);
            }
        }
        return headers;
    }

    private static List<String> filesAt(String path, String id) {
        try {
            List<String> files = AlertPaths.filesAt(path);
            if (files.isEmpty()) {
                throw new ConfigurationException(
                        IngestOptions.SOURCE_PATHS.keyOf(id)
                                + ": no file in the directory "
                                + path);
            }
            return files;
        } catch (IOException e) {
            throw new ConfigurationException(
                    IngestOptions.SOURCE_PATHS.keyOf(id) + ": cannot be read: " + path, e);
        }
    }
}
