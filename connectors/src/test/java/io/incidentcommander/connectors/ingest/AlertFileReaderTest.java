// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import com.sun.management.ThreadMXBean;
import io.incidentcommander.model.ingest.DeadLetter;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.model.ingest.RawRecord.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.connector.file.src.reader.BulkFormat.RecordIterator;
import org.apache.flink.connector.file.src.util.RecordAndPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertFileReaderTest {
    private static final int LARGEST = 256 * 1024;

    @TempDir Path directory;

    @Test
    void linesAreRecordsWithTheirLineNumberAndBlankOnesAreNot() {
        assertThat(
                        offsetsAndTexts(
                                read(
                                        "a.ndjson",
                                        Framing.AUTO,
                                        "{\"a\":1}\n\n  \t\n{\"b\":2}\n{\"c\":3}")))
                .containsExactly("0 {\"a\":1}", "3 {\"b\":2}", "4 {\"c\":3}");
    }

    @Test
    void carriageReturnsAndByteOrderMarkAreNotPartOfARecord() {
        assertThat(
                        offsetsAndTexts(
                                read("a", Framing.LINES, "\ufeff{\"a\":1}\r\n\r\n{\"b\":2}\r\n")))
                .containsExactly("0 {\"a\":1}", "2 {\"b\":2}");
    }

    @Test
    void partitionIsThePathAsGivenAndArrivalIsUnknown() {
        RawRecord record = read("some/dir/../a.log", Framing.AUTO, "x").get(0);

        assertThat(record.partition()).isEqualTo("some/dir/../a.log");
        assertThat(record.source()).isEqualTo("files");
        assertThat(record.hasArrival()).isFalse();
    }

    @Test
    void documentsOverSeveralLinesOneAfterAnotherAreRecords() {
        String first = "{\n  \"a\": \"}{\\\"\"\n}";
        String second = "[\n1,\n{\n\"b\": [2]}]";
        assertThat(
                        offsetsAndTexts(
                                read(
                                        "jq.json",
                                        Framing.AUTO,
                                        first
                                                + "\n"
                                                + second
                                                + "\n\n{\"c\":3}{\"d\":4}\n"
                                                + first)))
                .containsExactly("0 " + first, "3 " + second, "8 {\"c\":3}{\"d\":4}", "9 " + first);
    }

    @Test
    void aBrokenDocumentLosesNoOther() {
        String whole = "{\n\"a\": 1\n}";
        for (String broken : List.of("{\n\"b\": 1", "{ \"b", "}", "{\n\"b\": \"x\\", "junk")) {
            List<String> read =
                    offsetsAndTexts(
                            read(
                                    "jq.json",
                                    Framing.AUTO,
                                    whole + "\n" + whole + "\n" + broken + "\n" + whole + "\n"));
            assertThat(read).as(broken).contains("0 " + whole, "3 " + whole);
            assertThat(read.get(read.size() - 1)).as(broken).endsWith(" " + whole);
        }
        String large = "{\n\"x\": \"" + "y".repeat(LARGEST) + "\"\n}";
        List<RawRecord> read =
                read("jq.json", Framing.AUTO, whole + "\n" + large + "\n" + whole + "\n");
        assertThat(offsetsAndTexts(read)).contains("0 " + whole, "6 " + whole);
    }

    /** Lines are times, or {@code ?} where an alert states none, or neither. */
    private static final class Times implements StatedTimes {
        private static final long serialVersionUID = 1L;

        @Override
        public StatedTime of(RawRecord record) {
            String text = new String(record.bytes(), UTF_8);
            if (text.equals("?")) {
                return StatedTime.NONE_MISSING.withOneMissing();
            }
            String digits = text.replaceAll("[^0-9]", "");
            StatedTime stated =
                    digits.isEmpty()
                            ? StatedTime.NONE_MISSING
                            : StatedTime.last(Long.parseLong(digits));
            return text.endsWith("?") ? stated.withOneMissing() : stated;
        }
    }

    @Test
    void whatStatesNoTimeArrivesAtTheTimeOfWhatStandsBeforeIt() throws IOException {
        Path file = directory.resolve("times.log");
        Files.writeString(file, "?\nx\n7\n?\n5\nx\n9 ?\n?\n");
        AlertFile timed = AlertFile.of("s", file.toString(), Framing.LINES).withTimes(new Times());
        List<String> arrivals = List.of("7", "-", "-", "7", "-", "-", "5", "9");

        assertThat(arrivals(timed, 0)).isEqualTo(arrivals);
        for (int skipped = 1; skipped < arrivals.size(); skipped++) {
            assertThat(arrivals(timed, skipped))
                    .as("a reader restored after " + skipped)
                    .isEqualTo(arrivals.subList(skipped, arrivals.size()));
        }
    }

    @Test
    void whereNothingStatesATimeItIsWhenTheFileWasWritten() throws IOException {
        Path file = directory.resolve("times.log");
        Files.writeString(file, "?\nx\n?\n");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L));
        AlertFile timed = AlertFile.of("s", file.toString(), Framing.LINES).withTimes(new Times());
        assertThat(arrivals(timed, 0)).containsExactly("1700000000000", "-", "1700000000000");
    }

    private static List<String> arrivals(AlertFile file, int skipped) throws IOException {
        List<String> arrivals = new ArrayList<>();
        try (AlertFileReader reader =
                new AlertFileReader(file, Files.newInputStream(Path.of(file.path())))) {
            reader.skip(skipped);
            RecordIterator<RawRecord> batch = reader.readBatch();
            for (var next = batch.next(); next != null; next = batch.next()) {
                RawRecord record = next.getRecord();
                arrivals.add(record.hasArrival() ? "" + record.arrivalMillis() : "-");
            }
        }
        return arrivals;
    }

    @Test
    void emptyAndBlankFilesHoldNoRecord() {
        for (Framing framing : Framing.values()) {
            assertThat(read("a", framing, "")).isEmpty();
            assertThat(read("a", framing, "\n \r\n\t\n")).isEmpty();
        }
    }

    @Test
    void aDocumentOfSeveralLinesIsOneRecord() {
        String document = "{\n  \"a\": \"}]\\\"{\",\n  \"b\": [1, 2]\n}";

        assertThat(offsetsAndTexts(read("a.json", Framing.AUTO, "\n" + document + "\n\n")))
                .containsExactly("1 " + document);
    }

    @Test
    void linesThatAreDocumentsThemselvesStayLines() {
        assertThat(read("a.json", Framing.AUTO, "{\"a\":1}\n{\"b\":2}\n")).hasSize(2);
        assertThat(read("a.json", Framing.AUTO, "[{\"a\":1}]\n{\"b\":\n")).hasSize(2);
    }

    @Test
    void whatIsNotOneDocumentIsCutAtLineEnds() {
        assertThat(read("a.txt", Framing.AUTO, "[INFO] up\n[WARN] down\n")).hasSize(2);
        assertThat(read("a.json", Framing.AUTO, "{\n\"a\": 1\n} x\n{\n}\n")).hasSize(5);
        assertThat(read("a.json", Framing.AUTO, "{\"a\":\n{\"b\":2}\n")).hasSize(2);
    }

    @Test
    void nameSettlesThatAFileIsLines() {
        String document = "{\n\"a\": 1\n}";

        assertThat(read("a.ndjson.gz", Framing.AUTO, gzip(document))).hasSize(3);
        assertThat(read("A.JSONL", Framing.AUTO, document)).hasSize(3);
        assertThat(read("a.json.gz", Framing.AUTO, gzip(document))).hasSize(1);
    }

    @Test
    void aDocumentAboveTheLargestSizeIsOneTruncatedRecord() {
        String document = "{\n" + "\"k\": [1, 2, 3],\n".repeat(LARGEST / 8) + "\"z\": 0\n}";

        List<RawRecord> records = read("a.json", Framing.AUTO, document);

        assertThat(records).hasSize(1);
        assertTruncated(records.get(0), 0, document);
    }

    @Test
    void aBrokenFirstLineDoesNotMakeADocumentOfALargeLog() {
        String log = "{\"a\":\n" + "{\"b\":2}\n".repeat(LARGEST / 4);

        assertThat(read("a.json", Framing.AUTO, log)).hasSize(1 + LARGEST / 4);
    }

    @Test
    void aRecordOfTheLargestSizeIsWholeAndOneByteMoreIsTruncated() {
        String largest = "x".repeat(LARGEST);

        List<RawRecord> records =
                read("a", Framing.LINES, largest + "\r\n" + largest + "y\r\n" + largest + "y\nend");

        assertThat(records).extracting(RawRecord::offset).containsExactly(0L, 1L, 2L, 3L);
        assertThat(text(records.get(0))).isEqualTo(largest);
        assertTruncated(records.get(1), 1, largest + "y");
        assertTruncated(records.get(2), 2, largest + "y");
        assertThat(text(records.get(3))).isEqualTo("end");
    }

    @Test
    void recordsAreTheSameWhereverReadsEnd() throws IOException {
        StringBuilder content = new StringBuilder();
        Random random = new Random(7);
        List<String> expected = new ArrayList<>();
        for (int line = 0; line < 300; line++) {
            String text = "x".repeat(random.nextInt(20) == 0 ? 300_000 : random.nextInt(3000));
            content.append(text).append(random.nextBoolean() ? "\n" : "\r\n");
            if (!text.isEmpty()) {
                expected.add(line + " " + text.length());
            }
        }
        InputStream dribbling =
                new ByteArrayInputStream(bytes(content.toString())) {
                    @Override
                    public int read(byte[] target, int offset, int length) {
                        return super.read(
                                target, offset, Math.min(length, 1 + random.nextInt(5000)));
                    }
                };

        List<RawRecord> records = read("a", Framing.LINES, dribbling);

        assertThat(records)
                .extracting(record -> record.offset() + " " + record.size())
                .containsExactlyElementsOf(expected);
    }

    @Test
    void compressionIsKnownByContentNotByName() throws IOException {
        String content = "{\"a\":1}\n{\"b\":2}\n";

        assertThat(read("a.ndjson", Framing.AUTO, gzip(content))).hasSize(2);
        assertThat(read("a.ndjson", Framing.AUTO, Zstd.compress(bytes(content)))).hasSize(2);
        assertThat(read("a.ndjson.gz", Framing.AUTO, content)).hasSize(2);
        assertThat(read("a.ndjson.zst", Framing.AUTO, content)).hasSize(2);
    }

    @Test
    void allMembersOfAGzipAndAllFramesOfAZstdAreRead() {
        byte[] skippable = {0x50, 0x2a, 0x4d, 0x18, 2, 0, 0, 0, 9, 9};

        assertThat(
                        offsetsAndTexts(
                                read(
                                        "a",
                                        Framing.LINES,
                                        join(gzip("a\nb"), gzip("c\nd"), gzip("")))))
                .containsExactly("0 a", "1 bc", "2 d");
        assertThat(read("a", Framing.LINES, join(gzip("a\n"), new byte[700]))).hasSize(1);
        assertThat(
                        offsetsAndTexts(
                                read(
                                        "a",
                                        Framing.LINES,
                                        join(
                                                skippable,
                                                Zstd.compress(bytes("a\nb")),
                                                Zstd.compress(bytes("c\nd"))))))
                .containsExactly("0 a", "1 bc", "2 d");
    }

    @Test
    void gzipHeadersWithEveryOptionalFieldAreRead() {
        byte[] plain = gzip("a\n");
        byte[] header = {
            0x1f, (byte) 0x8b, 8, 0x1e, 1, 2, 3, 4, 0, 3, 2, 0, 9, 9, 'n', 0, 'c', 0, 5, 6
        };

        byte[] withFields = join(header, Arrays.copyOfRange(plain, 10, plain.length));

        assertThat(offsetsAndTexts(read("a", Framing.LINES, withFields))).containsExactly("0 a");
    }

    @Test
    void aGzipCutShortDeliversAllThatCanBeReadThenSaysSo() {
        StringBuilder content = new StringBuilder();
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            content.append("{\"n\":").append(random.nextLong()).append("}\n");
        }
        byte[] whole = gzip(content.toString());

        List<RawRecord> records =
                read("a.ndjson", Framing.AUTO, Arrays.copyOf(whole, whole.length / 2));

        assertEndsUnreadable(records, "gzip: the file ends within a member");
        String delivered = String.join("\n", texts(records.subList(0, records.size() - 1)));
        assertThat(content.toString()).startsWith(delivered);
        assertThat(delivered.length()).isGreaterThan(content.length() * 4 / 10);
        assertThat(records).extracting(RawRecord::offset).doesNotHaveDuplicates();
    }

    @Test
    void everyKindOfGzipDamageIsSaid() {
        byte[] good = gzip("a\n".repeat(1000));
        byte[] checksum = good.clone();
        checksum[good.length - 8] ^= 1;
        byte[] corrupt = good.clone();
        corrupt[12] ^= 0x55;

        assertEndsUnreadable(
                read("a", Framing.LINES, checksum),
                "gzip: the checksum of a member does not match");
        assertThat(read("a", Framing.LINES, checksum)).hasSize(1001);
        assertThat(last(read("a", Framing.LINES, corrupt)).kind()).isEqualTo(Kind.UNREADABLE);
        assertEndsUnreadable(
                read("a", Framing.LINES, join(good, bytes("garbage"))),
                "gzip: a member is followed by data that is not gzip");
        assertThat(read("a", Framing.LINES, join(good, bytes("garbage")))).hasSize(1001);
        assertEndsUnreadable(
                read("a", Framing.LINES, Arrays.copyOf(good, 5)),
                "gzip: the file ends within a member");
    }

    @Test
    void aZstdCutShortOrFollowedByGarbageDeliversAllThatCanBeReadThenSaysSo() {
        byte[] first = Zstd.compress(bytes("a\nb\nc"));
        byte[] second = Zstd.compress(bytes("d\ne\n".repeat(100)));

        for (byte[] damaged :
                List.of(
                        join(first, Arrays.copyOf(second, second.length - 3)),
                        join(first, Arrays.copyOf(second, 3)),
                        join(first, bytes("garbage")))) {
            List<RawRecord> records = read("a", Framing.LINES, damaged);

            assertThat(texts(records)).startsWith("a", "b");
            assertThat(last(records).kind()).isEqualTo(Kind.UNREADABLE);
            assertThat(text(last(records))).startsWith("zstd: ");
        }
    }

    @Test
    void zstdOfManyBlocksIsReadWholeAndCutShortDeliversItsBeginning() {
        StringBuilder content = new StringBuilder();
        Random random = new Random(2);
        for (int i = 0; i < 100_000; i++) {
            content.append("{\"n\":").append(random.nextLong()).append("}\n");
        }
        byte[] whole = Zstd.compress(bytes(content.toString()));

        assertThat(String.join("\n", texts(read("a", Framing.LINES, whole))) + "\n")
                .isEqualTo(content.toString());
        List<RawRecord> records = read("a", Framing.LINES, Arrays.copyOf(whole, whole.length / 2));

        assertEndsUnreadable(records, "zstd: the file ends within a frame");
        String delivered = String.join("\n", texts(records.subList(0, records.size() - 1)));
        assertThat(content.toString()).startsWith(delivered);
        assertThat(delivered.length()).isGreaterThan(content.length() * 4 / 10);
    }

    @Test
    void failingToReadIsNotTakenForDamage() {
        InputStream failing =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("disk on fire");
                    }
                };

        assertThatThrownBy(() -> read("a", Framing.LINES, failing))
                .hasRootCauseMessage("disk on fire");
    }

    @Test
    void aBombCostsTimeAndNoMemory() throws IOException {
        Path gzip = directory.resolve("bomb.gz");
        Path zstd = directory.resolve("bomb.zst");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
            writeBomb(out);
        }
        try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(zstd))) {
            writeBomb(out);
        }
        for (Path bomb : List.of(gzip, zstd)) {
            for (Framing framing : Framing.values()) {
                ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
                long before = threads.getCurrentThreadAllocatedBytes();

                List<RawRecord> records =
                        read(bomb.toString(), framing, Files.newInputStream(bomb));

                assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                        .as("bytes allocated reading %s as %s", bomb, framing)
                        .isLessThan(8 << 20);
                assertThat(last(records).size()).isEqualTo(5);
                RawRecord large = records.get(records.size() - 2);
                assertThat(large.size()).isEqualTo(300 << 20);
                assertThat(large.bytes()).hasSize(DeadLetter.HEAD_BYTES);
            }
        }
    }

    private static void writeBomb(OutputStream out) throws IOException {
        out.write(bytes("head\n"));
        byte[] block = bytes("x".repeat(1 << 20));
        for (int i = 0; i < 300; i++) {
            out.write(block);
        }
        out.write(bytes("\nafter"));
    }

    @Test
    void csvRowsMayHoldLineEndsWithinQuotesAndTheHeaderIsNoRecord() {
        String csv =
                "time,\"na\nme\",host\r\n1,\"a\nb\"\"\n,c\",x\r\n\r\n2,plain \"quote,y\n3,\"q\",z";

        assertThat(offsetsAndTexts(read("a.csv", Framing.CSV, csv)))
                .containsExactly("2 1,\"a\nb\"\"\n,c\",x", "6 2,plain \"quote,y", "7 3,\"q\",z");
    }

    @Test
    void aQuoteThatIsNeverClosedCostsOneRowNotTheFile() {
        String rows = "9,fine\n".repeat(100_000);

        List<RawRecord> large = read("a.csv", Framing.CSV, "h,i\n1,\"open\n" + rows);
        List<RawRecord> small = read("a.csv", Framing.CSV, "h,i\n1,\"open\n2,fine\n3,fine");

        assertThat(large).hasSize(100_001);
        assertThat(last(large).offset()).isEqualTo(100_001);
        assertThat(offsetsAndTexts(small)).containsExactly("1 1,\"open", "2 2,fine", "3 3,fine");
    }

    @Test
    void aCsvRowAboveTheLargestSizeIsOneTruncatedRecord() {
        String row = "1,\"" + "x".repeat(2 * LARGEST) + "\"";

        List<RawRecord> records = read("a.csv", Framing.CSV, "h,i\n" + row + "\n2,y\n");

        assertThat(records).hasSize(2);
        assertTruncated(records.get(0), 1, row);
        assertThat(text(records.get(1))).isEqualTo("2,y");
    }

    @Test
    void headerOfACsvFileIsKnownBeforeItIsRead() throws IOException {
        Path file = directory.resolve("a.csv");
        Files.write(
                file, gzip("\ufefftime,\"na\nme\",\"say \"\"hi\"\"\", spaced ,\r\n1,2,3,4,5\n"));

        assertThat(CsvHeader.read(file))
                .containsExactly("time", "na\nme", "say \"hi\"", " spaced ", "");
    }

    @Test
    void aFileWithoutAHeaderIsAnErrorThatNamesIt() throws IOException {
        Path empty = Files.write(directory.resolve("empty.csv"), new byte[0]);
        Path large = Files.writeString(directory.resolve("large.csv"), "x".repeat(2 * LARGEST));

        assertThatThrownBy(() -> CsvHeader.read(empty)).hasMessageContaining("empty.csv");
        assertThatThrownBy(() -> CsvHeader.read(large)).hasMessageContaining("large.csv");
    }

    @Test
    void aRestoredReaderDeliversTheRestAndNothingTwice() throws IOException {
        String content = "{\"a\":1}\n\n{\"b\":2}\n{\"c\":3}\n{\"d\":4}\n";
        try (AlertFileReader reader = open("a.ndjson", Framing.AUTO, stream(gzip(content)))) {
            reader.skip(2);
            RecordIterator<RawRecord> batch = reader.readBatch();

            RecordAndPosition<RawRecord> next = batch.next();

            assertThat(next.getRecord().offset()).isEqualTo(3);
            assertThat(next.getRecordSkipCount()).isEqualTo(3);
            assertThat(batch.next().getRecord().offset()).isEqualTo(4);
            assertThat(batch.next()).isNull();
            assertThat(reader.readBatch()).isNull();
        }
    }

    private static void assertTruncated(RawRecord record, long line, String whole) {
        assertThat(record.offset()).isEqualTo(line);
        assertThat(record.size()).isEqualTo(whole.length());
        assertThat(text(record)).isEqualTo(whole.substring(0, DeadLetter.HEAD_BYTES));
    }

    private static void assertEndsUnreadable(List<RawRecord> records, String reason) {
        assertThat(last(records).kind()).isEqualTo(Kind.UNREADABLE);
        assertThat(text(last(records))).isEqualTo(reason);
        assertThat(records.subList(0, records.size() - 1))
                .allMatch(record -> record.kind() == Kind.DATA);
    }

    private static List<RawRecord> read(String path, Framing framing, String content) {
        return read(path, framing, bytes(content));
    }

    private static List<RawRecord> read(String path, Framing framing, byte[] content) {
        return read(path, framing, stream(content));
    }

    private static List<RawRecord> read(String path, Framing framing, InputStream content) {
        List<RawRecord> records = new ArrayList<>();
        try (AlertFileReader reader = open(path, framing, content)) {
            for (var batch = reader.readBatch(); batch != null; batch = reader.readBatch()) {
                for (var next = batch.next(); next != null; next = batch.next()) {
                    records.add(next.getRecord());
                    assertThat(next.getRecordSkipCount()).isEqualTo(records.size());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return records;
    }

    private static AlertFileReader open(String path, Framing framing, InputStream content)
            throws IOException {
        return new AlertFileReader(AlertFile.of("files", path, framing), content);
    }

    private static List<String> offsetsAndTexts(List<RawRecord> records) {
        return records.stream().map(record -> record.offset() + " " + text(record)).toList();
    }

    private static List<String> texts(List<RawRecord> records) {
        return records.stream().map(AlertFileReaderTest::text).toList();
    }

    private static String text(RawRecord record) {
        return new String(record.bytes(), UTF_8);
    }

    private static RawRecord last(List<RawRecord> records) {
        return records.get(records.size() - 1);
    }

    private static InputStream stream(byte[] content) {
        return new ByteArrayInputStream(content);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static byte[] gzip(String content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
