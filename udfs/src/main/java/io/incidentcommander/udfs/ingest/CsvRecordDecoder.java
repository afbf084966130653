// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.RawRecord;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads rows of CSV files by a mapping: one record is the text of one row, its partition the file
 * it is from, whose header is known beforehand. A row that does not fit is a dead letter.
 *
 * <p>Stateless after construction and thread safe.
 */
public final class CsvRecordDecoder implements RecordDecoding {
    private static final ObjectReader ROW =
            new CsvMapper().readerForListOf(String[].class).with(CsvParser.Feature.WRAP_AS_ARRAY);

    private final Map<String, CsvColumns> byPartition = new HashMap<>();

    /**
     * @param headers the columns of each file, by partition
     * @throws CsvMappingException if a column of the mapping is not in a header; the message names
     *     the column, the file, and the columns there are
     */
    public CsvRecordDecoder(CsvMapping mapping, Map<String, List<String>> headers) {
        headers.forEach(
                (file, header) -> byPartition.put(file, new CsvColumns(mapping, header, file)));
    }

    /**
     * The columns of a header row.
     *
     * @throws CsvMappingException if it is no row of CSV
     */
    public static List<String> header(String row, String file) {
        String text = row.startsWith("\uFEFF") ? row.substring(1) : row;
        try {
            return List.of(cells(text));
        } catch (UndecodableException e) {
            throw new CsvMappingException(file + ": the header is not a row of CSV");
        }
    }

    @Override
    public DecodeOutcome decode(RawRecord record, SourceProfile profile) {
        try {
            CsvColumns columns = byPartition.get(record.partition());
            if (columns == null) {
                throw new UndecodableException(
                        "No header is known for the file of this row: name the file as input");
            }
            return DecodeOutcome.alerts(
                    AlertFormat.CSV, List.of(columns.alert(cells(text(record)), record, profile)));
        } catch (UndecodableException e) {
            return DecodeOutcome.deadLetter(e.getMessage());
        } catch (RuntimeException e) {
            // One hostile row must not stop the job, even when it found a defect of ours.
            return DecodeOutcome.deadLetter(
                    "Defect of the decoder, please report it with the row: "
                            + e.getClass().getName());
        }
    }

    private static String text(RawRecord record) throws UndecodableException {
        RecordDecoder.checkSize(record);
        int invalid = Utf8.firstInvalid(record.bytes(), 0);
        if (invalid >= 0) {
            throw new UndecodableException(
                    "Not UTF-8 at byte " + invalid + ": save the file as UTF-8");
        }
        return new String(record.bytes(), StandardCharsets.UTF_8);
    }

    private static String[] cells(String row) throws UndecodableException {
        try {
            List<String[]> rows = ROW.readValue(row);
            if (rows.size() != 1) {
                throw new UndecodableException("Not one row of CSV but " + rows.size());
            }
            return rows.get(0);
        } catch (JsonProcessingException e) {
            throw new UndecodableException("Not a row of CSV: check the quotes");
        }
    }
}
