// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.ingest;

/** How a file is cut into records. */
public enum Framing {
    /**
     * By the look of it: one JSON document spread over several lines is one record, anything else
     * is cut at line ends. A name ending in {@code .ndjson}, {@code .jsonl}, {@code .log} or {@code
     * .csv}, before any suffix of compression, settles it as lines.
     */
    AUTO,
    /** Each line that is not blank is a record. */
    LINES,
    /**
     * Each row is a record; line ends within quotes (RFC 4180) belong to the row. The first row is
     * the header and no record, see {@link CsvHeader}.
     */
    CSV
}
