// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The first row of a CSV file, which {@link Framing#CSV} passes over. */
public final class CsvHeader {
    private CsvHeader() {}

    /**
     * The names of the columns, unquoted and otherwise as written.
     *
     * @param file plain, gzip or zstd
     * @throws IOException if the file cannot be read, has no row, or its first row is above 256 KiB
     */
    public static List<String> read(Path file) throws IOException {
        return read(AlertFile.of("", file.toString(), Framing.CSV));
    }

    /** As {@link #read(Path)}, wherever Flink finds it. */
    public static List<String> read(AlertFile file) throws IOException {
        org.apache.flink.core.fs.Path location = file.location();
        List<String> columns = new ArrayList<>();
        try (ByteWindow window =
                new ByteWindow(Decompression.of(location.getFileSystem().open(location)))) {
            new CsvFramer(window)
                    .next(
                            (line, bytes, size) -> {
                                if (bytes.length == size) {
                                    columns.addAll(fields(bytes));
                                }
                            });
        }
        if (columns.isEmpty()) {
            throw new IOException(file.path() + " does not begin with a row of column names");
        }
        return List.copyOf(columns);
    }

    private static List<String> fields(byte[] row) {
        String text = new String(row, StandardCharsets.UTF_8);
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char value = text.charAt(i);
            boolean doubled = quoted && text.startsWith("\"\"", i);
            if (doubled) {
                field.append('"');
                i++;
            } else if (value == '"' && (quoted || field.length() == 0)) {
                quoted = !quoted;
            } else if (value == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(value);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
