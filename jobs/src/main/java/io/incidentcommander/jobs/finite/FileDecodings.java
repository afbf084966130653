// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.finite;

import io.incidentcommander.operators.ingest.DecodingProvider;
import io.incidentcommander.udfs.ingest.AlertDecoder;
import io.incidentcommander.udfs.ingest.CsvMapping;
import io.incidentcommander.udfs.ingest.CsvRecordDecoder;
import io.incidentcommander.udfs.ingest.RecordDecoder;
import io.incidentcommander.udfs.ingest.RecordDecoding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * CSV files by a mapping, all others as JSON. Every record is decoded: a repeat that is known by
 * its bytes alone would take over what the first of them said.
 */
final class FileDecodings implements DecodingProvider {
    private static final long serialVersionUID = 1L;

    private final String mapping;
    private final String mappingFile;
    private final HashMap<String, List<String>> headers;

    private FileDecodings(String mapping, String mappingFile, Map<String, List<String>> headers) {
        this.mapping = mapping;
        this.mappingFile = mappingFile;
        this.headers = new HashMap<>(headers);
    }

    static FileDecodings json() {
        return new FileDecodings("", "", Map.of());
    }

    /**
     * @param mapping YAML
     * @param mappingFile named in errors
     * @param headers of the CSV files, by path
     * @throws io.incidentcommander.udfs.ingest.CsvMappingException if the mapping is ill-formed or
     *     names a column that a file lacks
     */
    static FileDecodings csv(
            String mapping, String mappingFile, Map<String, List<String>> headers) {
        FileDecodings decodings = new FileDecodings(mapping, mappingFile, headers);
        decodings.create();
        return decodings;
    }

    @Override
    public RecordDecoding create() {
        RecordDecoder json = new RecordDecoder();
        if (headers.isEmpty()) {
            return json;
        }
        CsvRecordDecoder csv =
                new CsvRecordDecoder(CsvMapping.parse(mapping, mappingFile), headers);
        return (record, profile) ->
                headers.containsKey(record.partition())
                        ? csv.decode(record, profile)
                        : json.decode(record, profile);
    }

    @Override
    public List<AlertDecoder> repeatable() {
        return List.of();
    }
}
