// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.logs;

import io.incidentcommander.model.ingest.AlertId;
import io.incidentcommander.model.ingest.LogRecord;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.udfs.ingest.SourceProfile;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Log entries for tests. */
final class LogLines {
    static final long T0 = 1_700_000_000_000L;
    static final SourceProfile SOURCE = SourceProfile.detecting("log");

    private LogLines() {}

    static LogRecord entry(long offset, Severity severity, long millis, String text) {
        return new LogRecord(
                new AlertId("log", "p0", offset, 0),
                "acme",
                "orders",
                severity,
                millis,
                text,
                Map.of());
    }

    static byte[] line(String service, String level, long millis, String message) {
        return utf8(
                "{\"service\":\""
                        + service
                        + "\",\"level\":\""
                        + level
                        + "\",\"ts\":"
                        + millis
                        + ",\"message\":\""
                        + message
                        + "\"}");
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
