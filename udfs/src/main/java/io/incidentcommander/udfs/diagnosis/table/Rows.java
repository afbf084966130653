// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.table;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The rows of a text of comma-separated values (RFC 4180), blank ones left out. */
final class Rows {
    private static final ObjectReader READER =
            new CsvMapper()
                    .readerForListOf(String[].class)
                    .with(CsvParser.Feature.WRAP_AS_ARRAY)
                    .with(CsvParser.Feature.SKIP_EMPTY_LINES)
                    .with(CsvParser.Feature.TRIM_SPACES);

    private Rows() {}

    /** Takes the rows in order. */
    interface Taker {
        void take(String[] row) throws TableException;
    }

    static List<String[]> of(String text) throws TableException {
        List<String[]> rows = new ArrayList<>();
        each(text, rows::add);
        return rows;
    }

    static void each(String text, Taker taker) throws TableException {
        String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        try (MappingIterator<String[]> cells = READER.forType(String[].class).readValues(plain)) {
            while (cells.hasNextValue()) {
                taker.take(cells.nextValue());
            }
        } catch (IOException e) {
            throw new TableException("is no comma-separated text: " + firstLine(e.getMessage()));
        }
    }

    static String cell(String[] row, int column) {
        return column < row.length && row[column] != null ? row[column].trim() : "";
    }

    private static String firstLine(String message) {
        return message.split("\\R", 2)[0];
    }
}
