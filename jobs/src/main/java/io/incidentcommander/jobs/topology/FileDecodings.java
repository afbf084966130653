// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.topology;

import io.incidentcommander.operators.ingest.DecodingProvider;
import io.incidentcommander.udfs.ingest.AlertDecoder;
import io.incidentcommander.udfs.ingest.CsvMapping;
import io.incidentcommander.udfs.ingest.CsvRecordDecoder;
import io.incidentcommander.udfs.ingest.RecordDecoder;
import io.incidentcommander.udfs.ingest.RecordDecoding;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** CSV files by the mapping of their source, all else as JSON. Immutable. */
public final class FileDecodings implements DecodingProvider {
    private static final long serialVersionUID = 1L;

    private final HashMap<String, Csv> bySource;
    private final boolean recognisingRepeats;

    private FileDecodings(Map<String, Csv> bySource, boolean recognisingRepeats) {
        this.bySource = new HashMap<>(bySource);
        this.recognisingRepeats = recognisingRepeats;
    }

    /**
     * No CSV; and every record is decoded: a repeat that is known by its bytes alone would take
     * over what the first of them said.
     */
    public static FileDecodings decodingEach() {
        return new FileDecodings(Map.of(), false);
    }

    /** No CSV; repeats are known by their bytes. */
    static FileDecodings recognisingRepeats() {
        return new FileDecodings(Map.of(), true);
    }

    /**
     * Besides, CSV files of a source.
     *
     * @param mapping YAML
     * @param mappingFile named in errors
     * @param headers of the CSV files, by path
     * @throws io.incidentcommander.udfs.ingest.CsvMappingException if the mapping is ill-formed or
     *     names a column that a file lacks
     */
    public FileDecodings withCsv(
            String source, String mapping, String mappingFile, Map<String, List<String>> headers) {
        Csv csv = new Csv(mapping, mappingFile, headers);
        csv.decoder();
        Map<String, Csv> with = new HashMap<>(bySource);
        with.put(source, csv);
        return new FileDecodings(with, recognisingRepeats);
    }

    @Override
    public RecordDecoding create() {
        RecordDecoder json = new RecordDecoder();
        if (bySource.isEmpty()) {
            return json;
        }
        Map<String, RecordDecoding> csv = new HashMap<>();
        bySource.forEach((source, files) -> csv.put(source, files.decodingBeside(json)));
        return (record, profile) -> csv.getOrDefault(record.source(), json).decode(record, profile);
    }

    @Override
    public List<AlertDecoder> repeatable() {
        return recognisingRepeats ? new RecordDecoder().decoders() : List.of();
    }

    /** The CSV files of a source, and what their columns mean. */
    private static final class Csv implements Serializable {
        private static final long serialVersionUID = 1L;

        private final String mapping;
        private final String mappingFile;
        private final HashMap<String, List<String>> headers;

        Csv(String mapping, String mappingFile, Map<String, List<String>> headers) {
            this.mapping = mapping;
            this.mappingFile = mappingFile;
            this.headers = new HashMap<>(headers);
        }

        CsvRecordDecoder decoder() {
            return new CsvRecordDecoder(CsvMapping.parse(mapping, mappingFile), headers);
        }

        RecordDecoding decodingBeside(RecordDecoder json) {
            CsvRecordDecoder csv = decoder();
            return (record, profile) ->
                    headers.containsKey(record.partition())
                            ? csv.decode(record, profile)
                            : json.decode(record, profile);
        }
    }
}
