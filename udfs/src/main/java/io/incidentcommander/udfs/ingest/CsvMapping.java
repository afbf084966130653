// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Severity;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the columns of a CSV file make an alert. Read from YAML by {@link #parse}; immutable. The
 * columns are checked against a header by {@link CsvRecordDecoder}.
 */
public final class CsvMapping {
    /** What a time column counts in. */
    public enum TimeUnit {
        S,
        MS,
        US,
        NS,
        ISO
    }

    /** Where a text comes from: a column, a constant, or nowhere (both empty). */
    static final class Text {
        static final Text NONE = new Text("", "");

        final String column;
        final String constant;

        Text(String column, String constant) {
            this.column = column;
            this.constant = constant;
        }
    }

    /** A column whose values stand for others; a value beyond the map is the default, if any. */
    static final class Choice<T> {
        final String column;
        final Map<String, T> map;
        final Optional<T> otherwise;

        Choice(String column, Map<String, T> map, Optional<T> otherwise) {
            this.column = column;
            this.map = Map.copyOf(map);
            this.otherwise = otherwise;
        }
    }

    final String timeColumn;
    final TimeUnit timeUnit;
    final Text name;
    final Text service;
    final Text host;
    final Text type;
    final Optional<Choice<Severity>> severity;
    final Optional<Choice<AlertStatus>> status;
    final String valueColumn; // empty: none
    final List<String> labels;
    final List<String> fingerprint;

    CsvMapping(CsvMappingReader from) {
        timeColumn = from.timeColumn();
        timeUnit = from.timeUnit();
        name = from.text("name");
        service = from.text("service");
        host = from.text("host");
        type = from.text("type");
        severity = from.severity();
        status = from.status();
        valueColumn = from.column("value");
        labels = from.columns("labels");
        fingerprint = from.columns("fingerprint");
        if (name == Text.NONE) {
            throw new CsvMappingException(
                    from.file() + ": key name is missing; give a column or {value: constant}");
        }
    }

    /**
     * @param file named in errors
     * @throws CsvMappingException naming the key that is missing, unknown or ill-formed
     */
    public static CsvMapping parse(String yaml, String file) {
        return new CsvMapping(new CsvMappingReader(yaml, file));
    }
}
