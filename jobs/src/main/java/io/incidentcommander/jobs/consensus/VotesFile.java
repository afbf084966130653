// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.consensus;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.incidentcommander.jobs.cli.InputUnusableException;
import io.incidentcommander.udfs.consensus.agreement.AnswerSheetBuilder;
import io.incidentcommander.udfs.consensus.tally.AgreementTally;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/**
 * A CSV file with the columns question, agent and answer, in any order, others ignored. Read once,
 * row by row, into a tally. A row that does not fit is counted and passed over; a file that has not
 * got the columns is refused.
 */
public final class VotesFile {
    private static final int BYTE_ORDER_MARK = 0xFEFF;
    private static final int MOST_SHOWN = 10;
    private static final int MOST_CHARS_SHOWN = 40;

    private final AgreementTally tally = new AgreementTally();
    private int counted;
    private int repeated;
    private int contradicted;
    private int bad;
    private long firstBadRow;

    private VotesFile() {}

    /**
     * @param progress told the number of rows read so far, after each
     * @throws InputUnusableException if a column is missing or no row fits
     */
    public static VotesFile read(Path file, IntConsumer progress) throws IOException {
        VotesFile votes = new VotesFile();
        CharsetDecoder lenient =
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE);
        try (Reader reader =
                new BufferedReader(
                        new java.io.InputStreamReader(Files.newInputStream(file), lenient),
                        1 << 16)) {
            skipByteOrderMark(reader);
            votes.readRows(reader, file, progress);
        }
        if (votes.counted == 0) {
            throw new InputUnusableException(
                    "no row with a question, an agent and an answer in " + file);
        }
        return votes;
    }

    private static void skipByteOrderMark(Reader reader) throws IOException {
        reader.mark(1);
        if (reader.read() != BYTE_ORDER_MARK) {
            reader.reset();
        }
    }

    private void readRows(Reader reader, Path file, IntConsumer progress) throws IOException {
        ObjectReader rows =
                new CsvMapper()
                        .readerForListOf(String.class)
                        .with(CsvParser.Feature.WRAP_AS_ARRAY)
                        .with(CsvParser.Feature.TRIM_SPACES)
                        .with(CsvParser.Feature.SKIP_EMPTY_LINES);
        try (MappingIterator<List<String>> iterator = rows.readValues(reader)) {
            if (!iterator.hasNextValue()) {
                throw new InputUnusableException("empty, not even a header: " + file);
            }
            List<String> header = iterator.nextValue();
            int question = column(header, "question", file);
            int agent = column(header, "agent", file);
            int answer = column(header, "answer", file);
            int read = 0;
            while (iterator.hasNextValue()) {
                List<String> row = iterator.nextValue();
                read++;
                if (row.size() != header.size()) {
                    reject(read);
                } else {
                    add(read, row.get(question), row.get(agent), row.get(answer));
                }
                progress.accept(read);
            }
        } catch (com.fasterxml.jackson.core.JacksonException broken) {
            throw new InputUnusableException(
                    "no CSV after row " + (counted + repeated + contradicted + bad) + ": " + file,
                    broken);
        }
    }

    private static int column(List<String> header, String name, Path file) {
        int at = header.indexOf(name);
        if (at < 0) {
            throw new InputUnusableException(
                    "no column '" + name + "' in " + file + "; there are: " + shown(header));
        }
        if (header.lastIndexOf(name) != at) {
            throw new InputUnusableException("column '" + name + "' more than once in " + file);
        }
        return at;
    }

    /** A file that is no CSV may hold anything where a header should be. */
    private static String shown(List<String> header) {
        return header.stream()
                        .limit(MOST_SHOWN)
                        .map(name -> name.replaceAll("[\\p{Cntrl}\\x{FFFD}]+", "?"))
                        .map(name -> name.substring(0, Math.min(name.length(), MOST_CHARS_SHOWN)))
                        .collect(Collectors.joining(", "))
                + (header.size() > MOST_SHOWN
                        ? " and " + (header.size() - MOST_SHOWN) + " more"
                        : "");
    }

    private void add(int row, String question, String agent, String answer) {
        if (question.isBlank() || agent.isBlank() || answer.isBlank()) {
            reject(row);
            return;
        }
        AnswerSheetBuilder.Intake intake = tally.add(question, agent, answer);
        counted += intake == AnswerSheetBuilder.Intake.COUNTED ? 1 : 0;
        repeated += intake == AnswerSheetBuilder.Intake.REPEATED ? 1 : 0;
        contradicted += intake == AnswerSheetBuilder.Intake.CONTRADICTED ? 1 : 0;
    }

    private void reject(int row) {
        firstBadRow = bad++ == 0 ? row : firstBadRow;
    }

    public AgreementTally tally() {
        return tally;
    }

    public int counted() {
        return counted;
    }

    /** The same answer of the same agent once more. */
    public int repeated() {
        return repeated;
    }

    /** Another answer of an agent to a question it had answered; the first counts. */
    public int contradicted() {
        return contradicted;
    }

    /** With an empty cell, or more or fewer cells than the header. */
    public int bad() {
        return bad;
    }

    /** The first bad row, the one below the header being 1; 0 if there is none. */
    public long firstBadRow() {
        return firstBadRow;
    }
}
