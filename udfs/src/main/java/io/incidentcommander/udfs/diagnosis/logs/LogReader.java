// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.logs;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.incidentcommander.model.audit.RecordOutcome;
import io.incidentcommander.model.ingest.LogRecord;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.udfs.ingest.DecodeOutcome;
import io.incidentcommander.udfs.ingest.RecordDecoder;
import io.incidentcommander.udfs.ingest.SourceProfile;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lines of JSON as log entries, whatever the bytes: one that is none is skipped and counted, and no
 * bytes make it throw. Considers {@link LogPolicy#TOTAL_BYTES} in all. Not thread safe.
 */
public final class LogReader {
    private static final JsonFactory JSON =
            JsonFactory.builder().disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

    private final RecordDecoder decoder = new RecordDecoder();
    private final SourceProfile profile;
    private final long mostBytes;
    private final EnumMap<SkipReason, Long> skipped = new EnumMap<>(SkipReason.class);
    private long considered;
    private long lines;

    public LogReader(SourceProfile profile) {
        this(profile, LogPolicy.TOTAL_BYTES);
    }

    LogReader(SourceProfile profile, long mostBytes) {
        this.profile = profile;
        this.mostBytes = mostBytes;
    }

    /** The entries of a line: one, several of an OpenTelemetry message, or none. */
    public List<LogRecord> read(byte[] line) {
        long number = lines++;
        if (considered + line.length > mostBytes) {
            return skip(SkipReason.OVER_TOTAL);
        }
        considered += line.length;
        Optional<SkipReason> against = LogScreen.ofLine(line);
        if (against.isPresent()) {
            return skip(against.get());
        }
        DecodeOutcome outcome =
                decoder.decode(
                        RawRecord.of(profile.source(), "", number, RawRecord.NO_ARRIVAL, line),
                        profile);
        if (outcome.outcome() == RecordOutcome.DEAD_LETTER) {
            return skip(isJson(line) ? SkipReason.NOT_A_LOG : SkipReason.NOT_JSON);
        }
        List<LogRecord> entries = outcome.logs();
        boolean timed = entries.stream().allMatch(entry -> entry.timeMillis() > 0);
        return entries.isEmpty() || !timed ? skip(SkipReason.NOT_A_LOG) : entries;
    }

    /** Lines that were left out, by reason; reasons that did not occur are absent. */
    public Map<SkipReason, Long> skipped() {
        return new EnumMap<>(skipped);
    }

    /** Bytes that were looked at. */
    public long consideredBytes() {
        return considered;
    }

    private static boolean isJson(byte[] line) {
        try (JsonParser parser = JSON.createParser(line)) {
            parser.nextToken();
            parser.skipChildren();
            return parser.currentToken() != null && parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    private List<LogRecord> skip(SkipReason reason) {
        skipped.merge(reason, 1L, Long::sum);
        return List.of();
    }
}
