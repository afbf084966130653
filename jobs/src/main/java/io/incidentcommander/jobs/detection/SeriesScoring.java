// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.detection;

import io.incidentcommander.jobs.cli.InputUnusableException;
import io.incidentcommander.udfs.detection.anomaly.AnomalyBaseline;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/**
 * A file with a series, written again row by row with a score added to each. Read once, in the
 * order it stands in; nothing is kept but the baseline. A row that cannot be read scores 0, as one
 * without a value does, and the baseline never hears of it.
 */
public final class SeriesScoring {
    /** The column that is added. */
    public static final String SCORE = "anomaly_score";

    private final AnomalyBaseline baseline = new AnomalyBaseline();
    private long scored;
    private long missing;
    private long unreadable;
    private long firstUnreadable;

    private SeriesScoring() {}

    /**
     * Reads the file and writes it with its scores.
     *
     * @param progress told the number of rows so far, after each
     * @throws InputUnusableException if the file has no such columns, or no row that can be read
     */
    public static SeriesScoring of(Path input, Writer out, LongConsumer progress)
            throws IOException {
        SeriesScoring scoring = new SeriesScoring();
        CharsetDecoder lenient =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE);
        try (Reader reader =
                new BufferedReader(
                        new InputStreamReader(Files.newInputStream(input), lenient), 1 << 16)) {
            scoring.score(new CsvRecords(reader), input, out, progress);
        }
        if (scoring.scored == 0) {
            throw new InputUnusableException(
                    "no row with a time and a value in "
                            + input
                            + (scoring.unreadable > 0
                                    ? ", the first bad one is line " + scoring.firstUnreadable
                                    : ""));
        }
        return scoring;
    }

    private void score(CsvRecords records, Path input, Writer out, LongConsumer progress)
            throws IOException {
        SeriesColumns columns = begin(records, input, out);
        boolean more = !columns.isNamed() || records.next();
        while (more) {
            out.append(records.text());
            if (!records.text().isBlank()) {
                double score = score(columns, records);
                out.append(String.format(Locale.ROOT, ",%.6f", score));
                progress.accept(scored + missing + unreadable);
            }
            out.append(records.end());
            more = records.next();
        }
    }

    /** At the first row; its names are written, with the one that is added. */
    private static SeriesColumns begin(CsvRecords records, Path input, Writer out)
            throws IOException {
        boolean any = records.next();
        while (any && records.text().isBlank()) {
            out.append(records.text()).append(records.end());
            any = records.next();
        }
        if (!any) {
            throw new InputUnusableException("empty, not even a header: " + input);
        }
        List<String> first = records.cells();
        if (first.contains(SCORE)) {
            throw new InputUnusableException("has a column '" + SCORE + "' already: " + input);
        }
        SeriesColumns columns =
                SeriesColumns.of(first)
                        .orElseThrow(
                                () ->
                                        new InputUnusableException(
                                                "no columns '"
                                                        + SeriesColumns.TIMESTAMP
                                                        + "' and '"
                                                        + SeriesColumns.VALUE
                                                        + "', once each, in line "
                                                        + records.line()
                                                        + " of "
                                                        + input
                                                        + "; there are: "
                                                        + String.join(", ", first)));
        if (columns.isNamed()) {
            out.append(records.text()).append("," + SCORE).append(records.end());
        }
        return columns;
    }

    private double score(SeriesColumns columns, CsvRecords record) throws IOException {
        List<String> row = record.cells();
        OptionalLong time = columns.fits(row) ? columns.timeOf(row) : OptionalLong.empty();
        OptionalDouble value = columns.fits(row) ? columns.valueOf(row) : OptionalDouble.empty();
        if (time.isEmpty() || value.isEmpty()) {
            firstUnreadable = unreadable++ == 0 ? record.line() : firstUnreadable;
            return 0;
        }
        if (!Double.isFinite(value.getAsDouble())) {
            missing++;
        } else {
            scored++;
        }
        return baseline.observe(time.getAsLong(), value.getAsDouble()).score();
    }

    /** Rows with a time and a value. */
    public long scored() {
        return scored;
    }

    /** Rows without a value, or with one that is no finite number. */
    public long missing() {
        return missing;
    }

    /** Rows whose time or value is none, or with more or fewer cells than the first row. */
    public long unreadable() {
        return unreadable;
    }

    /** The line, from 1, of the first of those; 0 if there is none. */
    public long firstUnreadable() {
        return firstUnreadable;
    }
}
