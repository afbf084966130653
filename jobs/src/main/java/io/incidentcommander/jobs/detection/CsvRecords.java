// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.detection;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.io.Reader;
import java.util.List;

/**
 * The records of comma-separated text (RFC 4180) one by one, each with its text as it stands, so
 * that it can be written again unchanged. Not thread safe.
 */
final class CsvRecords {
    private static final int BYTE_ORDER_MARK = 0xFEFF;

    /** A quote that is never closed must not swallow a whole file. */
    private static final int LONGEST = 1 << 20;

    private static final ObjectReader CELLS =
            new CsvMapper()
                    .readerForListOf(String.class)
                    .with(CsvParser.Feature.WRAP_AS_ARRAY)
                    .with(CsvParser.Feature.TRIM_SPACES);

    private final Reader reader;
    private final StringBuilder text = new StringBuilder();
    private String end = "";
    private long line;
    private long nextLine = 1;

    /**
     * @param reader that can mark
     */
    CsvRecords(Reader reader) throws IOException {
        this.reader = reader;
        reader.mark(1);
        if (reader.read() != BYTE_ORDER_MARK) {
            reader.reset();
        }
    }

    /** Whether there is another record; then it is the one that is told of. */
    boolean next() throws IOException {
        text.setLength(0);
        end = "";
        line = nextLine;
        boolean quoted = false;
        boolean any = false;
        while (text.length() < LONGEST) {
            int character = reader.read();
            if (character < 0) {
                break;
            }
            any = true;
            nextLine += character == '\n' ? 1 : 0;
            if (character == '\n' && !quoted) {
                end = "\n";
                break;
            }
            quoted = character == '"' ? !quoted && opens() : quoted;
            text.append((char) character);
        }
        int last = text.length() - 1;
        if (last >= 0 && text.charAt(last) == '\r') {
            text.setLength(last);
            end = "\r" + end;
        }
        return any;
    }

    /** Whether a quote would be the first of a cell, or the second of two. */
    private boolean opens() {
        int last = text.length() - 1;
        return last < 0 || ", \"".indexOf(text.charAt(last)) >= 0;
    }

    /** Without the end of the line. */
    String text() {
        return text.toString();
    }

    /** The end of the line as it was; empty at the end of a text that ends without one. */
    String end() {
        return end;
    }

    /** Of its first character, from 1. */
    long line() {
        return line;
    }

    /** None if the record is blank or no CSV. */
    List<String> cells() throws IOException {
        if (text.length() == 0) {
            return List.of();
        }
        try {
            List<List<String>> read = CELLS.<List<String>>readValues(text.toString()).readAll();
            return read.isEmpty() ? List.of() : read.get(0);
        } catch (JacksonException e) {
            return List.of();
        }
    }
}
