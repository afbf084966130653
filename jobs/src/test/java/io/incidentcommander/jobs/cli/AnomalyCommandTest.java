// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.incidentcommander.jobs.CommanderCli;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnomalyCommandTest {
    private static final long FIRST = 1_396_310_400; // 2014-04-01
    private static final int STEP = 300;
    private static final int ROWS = 1_500;
    private static final int FAULT = 1_200;
    private static final String SCORE = "anomaly_score";

    @TempDir Path directory;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void eachRowGetsItsScoreAndTheFaultTheHighest() throws IOException {
        List<String> result = scored(series(second -> Instant.ofEpochSecond(second).toString()));

        assertThat(result.get(0)).isEqualTo("timestamp,value,anomaly_score");
        assertThat(result).hasSize(ROWS + 1);
        assertThat(scores(result)).allMatch(score -> score >= 0 && score <= 1);
        assertThat(scores(result).subList(0, FAULT)).allMatch(score -> score < 0.5);
        assertThat(scores(result).subList(FAULT, FAULT + 4)).anyMatch(score -> score > 0.5);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void timesAreReadInEveryWayTheyAreWritten() throws IOException {
        List<Double> iso = scores(scored(series(s -> Instant.ofEpochSecond(s).toString())));

        assertThat(scores(scored(series(s -> Long.toString(s))))).isEqualTo(iso);
        assertThat(scores(scored(series(s -> Long.toString(s * 1_000))))).isEqualTo(iso);
        assertThat(
                        scores(
                                scored(
                                        series(
                                                s ->
                                                        Instant.ofEpochSecond(s)
                                                                .toString()
                                                                .replace('T', ' ')
                                                                .replace("Z", "")))))
                .isEqualTo(iso);
    }

    @Test
    void aScoreDoesNotDependOnLaterRows() throws IOException {
        List<String> rows = series(s -> Long.toString(s));

        assertThat(scored(rows.subList(0, 1_000))).isEqualTo(scored(rows).subList(0, 1_000));
    }

    @Test
    void whatElseIsInARowIsCarriedAlongAsItStands() throws IOException {
        List<String> result =
                scored(
                        List.of(
                                "host,VALUE,\"a, b\", Timestamp",
                                "\"x,\"\"y\",01.50,,2014-04-01 00:00:00",
                                "z,2,\" \",2014-04-01 00:05",
                                ""));

        assertThat(result)
                .containsExactly(
                        "host,VALUE,\"a, b\", Timestamp,anomaly_score",
                        "\"x,\"\"y\",01.50,,2014-04-01 00:00:00,0.000000",
                        "z,2,\" \",2014-04-01 00:05,0.000000",
                        "");
    }

    @Test
    void aFileWithoutNamesIsReadByPlace() throws IOException {
        List<String> rows = series(s -> Long.toString(s));
        List<Double> named = scores(scored(rows));

        List<String> plain = scored(rows.subList(1, rows.size()));

        assertThat(plain).hasSize(ROWS);
        assertThat(scores(plain)).isEqualTo(named);
    }

    @Test
    void rowsThatCannotBeReadScoreNothingAndAreTold() throws IOException {
        List<String> rows = new ArrayList<>(series(s -> Long.toString(s)));
        List<Double> plain = scores(scored(rows));
        rows.add(800, "yesterday,1");
        rows.add(801, "1396310400,much");
        rows.add(802, "1396310400");
        rows.add(803, "1396310400,NaN");
        rows.add(804, "1396310400,");

        List<Double> result = scores(scored(rows));

        assertThat(result.subList(799, 804)).containsOnly(0.0);
        result.subList(799, 804).clear();
        assertThat(result).isEqualTo(plain);
        assertThat(err.toString())
                .contains("3 rows cannot be read and score 0, the first is line 801")
                .contains("2 rows without a value score 0");
    }

    @Test
    void unusableFilesAreToldAndLeaveNothingBehind() throws IOException {
        assertUnusable("", "empty");
        assertUnusable("timestamp,value\n", "no row with a time and a value");
        assertUnusable("timestamp,value\nx,1\ny,2\n", "the first bad one is line 2");
        assertUnusable("when,what,who\n1,2,3\n", "there are: when, what, who");
        assertUnusable("timestamp,value,value\n1,2,3\n", "once each, in line 1");
        assertUnusable("timestamp,value,anomaly_score\n1,2,3\n", "already");
        assertThat(anomaly(directory.resolve("none.csv"), target()))
                .isEqualTo(ExitCode.INPUT_UNUSABLE);
    }

    @Test
    void aPlaceThatIsNoneIsRefused() throws IOException {
        Path file = write("in.csv", "timestamp,value\n1,2\n");

        assertThat(anomaly(file, file)).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(anomaly(file, directory)).isEqualTo(ExitCode.FAILED);
        assertThat(anomaly(file, directory.resolve("no/such.csv"))).isEqualTo(ExitCode.FAILED);
        assertThat(Files.readString(file)).isEqualTo("timestamp,value\n1,2\n");
        assertThat(CommanderCli.commandLine().setErr(new PrintWriter(err)).execute("anomaly"))
                .isEqualTo(ExitCode.WRONG_USAGE);
    }

    private void assertUnusable(String text, String reason) throws IOException {
        assertThat(anomaly(write("bad.csv", text), target())).isEqualTo(ExitCode.INPUT_UNUSABLE);
        assertThat(err.toString()).contains(reason);
        assertThat(directory.toFile().list()).doesNotContain("out.csv", "out.csv.unfinished");
    }

    private static List<String> series(LongFunction<String> time) {
        Random random = new Random(3);
        List<String> rows = new ArrayList<>(List.of("timestamp,value"));
        for (int i = 0; i < ROWS; i++) {
            double day = 10 * Math.sin(2 * Math.PI * i * STEP / 86_400.0);
            double value = day + random.nextGaussian() + (i >= FAULT && i < FAULT + 4 ? 40 : 0);
            rows.add(time.apply(FIRST + (long) i * STEP) + "," + value);
        }
        return rows;
    }

    private List<String> scored(List<String> rows) throws IOException {
        assertThat(anomaly(write("in.csv", String.join("\n", rows)), target()))
                .as(err.toString())
                .isEqualTo(ExitCode.DONE);
        List<String> lines = List.of(Files.readString(target()).split("\n", -1));
        Files.delete(target());
        return lines;
    }

    private static List<Double> scores(List<String> lines) {
        return lines.stream()
                .filter(line -> !line.endsWith(SCORE))
                .map(line -> Double.valueOf(line.substring(line.lastIndexOf(',') + 1)))
                .collect(Collectors.toList());
    }

    private Path target() {
        return directory.resolve("out.csv");
    }

    private int anomaly(Path input, Path output) {
        return CommanderCli.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute("anomaly", "--input", input.toString(), "--out", output.toString());
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
