// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis.memory;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.incidentcommander.model.codec.Sha256;
import io.incidentcommander.model.diagnosis.memory.IncidentPattern;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/**
 * Patterns of one tenant as lines of JSON, compressed by zstd. Without vectors: those can be made
 * again. The key says the tenant, the month of the oldest, and the hash of the content, so that the
 * same patterns always make the same object.
 */
final class ArchiveFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LEVEL = 9;

    /** An object that says it is larger is not one of ours (bytes, uncompressed). */
    private static final long MOST_BYTES = 256L << 20;

    private static final DateTimeFormatter MONTH =
            DateTimeFormatter.ofPattern("yyyy/MM").withZone(ZoneOffset.UTC);

    private ArchiveFile() {}

    static byte[] write(List<IncidentPattern> patterns) {
        StringBuilder lines = new StringBuilder();
        patterns.forEach(p -> lines.append(PatternDocuments.of(p)).append('\n'));
        return Zstd.compress(lines.toString().getBytes(StandardCharsets.UTF_8), LEVEL);
    }

    /**
     * @throws IOException if the content is not what {@link #write} makes
     */
    static List<IncidentPattern> read(byte[] content) throws IOException {
        long size = Zstd.decompressedSize(content);
        if (size < 0 || size > MOST_BYTES) {
            throw new IOException("Not an archive of patterns: it would hold " + size + " bytes");
        }
        try {
            String lines = new String(Zstd.decompress(content, (int) size), StandardCharsets.UTF_8);
            List<IncidentPattern> patterns = new ArrayList<>();
            for (String line : lines.split("\n")) {
                if (!line.isEmpty()) {
                    patterns.add(PatternDocuments.pattern(JSON.readTree(line)));
                }
            }
            return patterns;
        } catch (ZstdException e) {
            throw new IOException("A damaged archive of patterns: " + e.getMessage(), e);
        }
    }

    static String key(List<IncidentPattern> patterns, byte[] content) {
        long oldest = patterns.stream().mapToLong(IncidentPattern::learnedAtMillis).min().orElse(0);
        return "patterns/"
                + URLEncoder.encode(patterns.get(0).tenant(), StandardCharsets.UTF_8)
                + "/"
                + MONTH.format(Instant.ofEpochMilli(oldest))
                + "/"
                + Sha256.hex(Sha256.of(content))
                + ".ndjson.zst";
    }
}
