// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.finite;

import io.incidentcommander.connectors.ingest.AlertFile;
import io.incidentcommander.connectors.ingest.CsvHeader;
import io.incidentcommander.connectors.ingest.Framing;
import io.incidentcommander.jobs.topology.DecodedTimes;
import io.incidentcommander.jobs.topology.FileDecodings;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.operators.ingest.DecodingProvider;
import io.incidentcommander.udfs.ingest.SourceProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of a finite run and how they are read. Each file is a source of its own whose id is its
 * path as given, so the ledger is kept by file, and alert ids are those that {@code decode} prints.
 * Immutable.
 */
public final class FiniteInput {
    /** How many files one run takes. */
    public static final int MAX_FILES = InputOrder.MAX_FILES;

    private final List<AlertFile> files;
    private final Map<String, SourceProfile> profiles;
    private final DecodingProvider decodings;

    private FiniteInput(
            List<AlertFile> files,
            Map<String, SourceProfile> profiles,
            DecodingProvider decodings) {
        this.files = List.copyOf(files);
        this.profiles = Map.copyOf(profiles);
        this.decodings = decodings;
    }

    /** JSON documents and lines, each record by its content or all of one format. */
    public static FiniteInput json(List<Path> paths, Optional<AlertFormat> format) {
        List<AlertFile> files = new ArrayList<>();
        Map<String, SourceProfile> profiles = new LinkedHashMap<>();
        for (Path path : paths) {
            String source = path.toString();
            files.add(json(source, format));
            SourceProfile detecting = SourceProfile.detecting(source);
            profiles.put(source, format.map(detecting::withFormat).orElse(detecting));
        }
        return new FiniteInput(files, profiles, FileDecodings.decodingEach());
    }

    /**
     * Some of the files in CSV, the others as {@link #json}.
     *
     * @param csv those of {@code paths} that are in CSV
     * @throws IOException if the mapping or the header of a file cannot be read
     * @throws io.incidentcommander.udfs.ingest.CsvMappingException if the mapping is ill-formed or
     *     names a column that a file lacks
     */
    public static FiniteInput csv(List<Path> paths, List<Path> csv, Path mapping)
            throws IOException {
        String yaml = Files.readString(mapping);
        FileDecodings decodings = FileDecodings.decodingEach();
        List<AlertFile> files = new ArrayList<>();
        for (Path path : paths) {
            String source = path.toString();
            if (csv.contains(path)) {
                files.add(AlertFile.of(source, source, Framing.CSV));
                Map<String, List<String>> header = Map.of(source, CsvHeader.read(path));
                decodings = decodings.withCsv(source, yaml, mapping.toString(), header);
            } else {
                files.add(json(source, Optional.empty()));
            }
        }
        return new FiniteInput(files, Map.of(), decodings);
    }

    private static AlertFile json(String source, Optional<AlertFormat> format) {
        return AlertFile.of(source, source, Framing.AUTO).withTimes(DecodedTimes.of(format));
    }

    List<AlertFile> files() {
        return files;
    }

    Map<String, SourceProfile> profiles() {
        return profiles;
    }

    DecodingProvider decodings() {
        return decodings;
    }

    InputOrder order() {
        List<String> sources = new ArrayList<>();
        files.forEach(file -> sources.add(file.source()));
        return new InputOrder(sources);
    }
}
