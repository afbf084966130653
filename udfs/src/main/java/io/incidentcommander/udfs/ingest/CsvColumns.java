// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.ingest;

import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.AlertFormat;
import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.RawRecord;
import io.incidentcommander.model.ingest.Severity;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A mapping bound to the header of one file. */
final class CsvColumns {
    private static final int MAX_NUMBER_LENGTH = 32;

    private final CsvMapping mapping;
    private final String file;
    private final Map<String, Integer> index = new HashMap<>();
    private final int width;

    /**
     * @throws CsvMappingException if the header lacks a column of the mapping
     */
    CsvColumns(CsvMapping mapping, List<String> header, String file) {
        this.mapping = mapping;
        this.file = file;
        this.width = header.size();
        for (int i = 0; i < header.size(); i++) {
            index.putIfAbsent(header.get(i).trim(), i);
        }
        require(mapping.timeColumn, header);
        require(mapping.valueColumn, header);
        for (CsvMapping.Text text :
                List.of(mapping.name, mapping.service, mapping.host, mapping.type)) {
            require(text.column, header);
        }
        mapping.severity.ifPresent(choice -> require(choice.column, header));
        mapping.status.ifPresent(choice -> require(choice.column, header));
        mapping.labels.forEach(column -> require(column, header));
        mapping.fingerprint.forEach(column -> require(column, header));
    }

    Alert alert(String[] cells, RawRecord record, SourceProfile profile)
            throws UndecodableException {
        if (cells.length != width) {
            throw new UndecodableException(
                    "Row of " + cells.length + " columns under a header of " + width);
        }
        String name = text(mapping.name, cells);
        if (name.isEmpty()) {
            throw new UndecodableException("Column " + mapping.name.column + " is empty");
        }
        AlertDraft draft =
                new AlertDraft(AlertFormat.CSV, record, 0, profile)
                        .name(name)
                        .service(text(mapping.service, cells))
                        .host(text(mapping.host, cells))
                        .label("type", text(mapping.type, cells))
                        .severity(severity(cells))
                        .status(status(cells))
                        .time(time(cell(mapping.timeColumn, cells)))
                        .value(value(cells));
        for (String column : mapping.labels) {
            draft.label(column, cell(column, cells));
        }
        return identified(cells, draft).build();
    }

    /** By the columns of the mapping, or as canonical alerts: all labels, name, service, host. */
    private AlertDraft identified(String[] cells, AlertDraft draft) {
        if (mapping.fingerprint.isEmpty()) {
            return draft.identityOfLabels().identityOfFields();
        }
        mapping.fingerprint.forEach(column -> draft.identity(column, cell(column, cells)));
        return draft;
    }

    private Severity severity(String[] cells) throws UndecodableException {
        return choose(mapping.severity, Severities::ofWord, Severity.MEDIUM, cells);
    }

    private AlertStatus status(String[] cells) throws UndecodableException {
        return choose(mapping.status, Statuses::ofWord, AlertStatus.FIRING, cells);
    }

    /** By the map, else by the usual words, else the default. */
    private <T> T choose(
            Optional<CsvMapping.Choice<T>> choice,
            Function<String, Optional<T>> ofWord,
            T unmapped,
            String[] cells)
            throws UndecodableException {
        if (choice.isEmpty()) {
            return unmapped;
        }
        String cell = cell(choice.get().column, cells);
        T mapped = choice.get().map.get(cell);
        if (mapped != null) {
            return mapped;
        }
        return ofWord.apply(cell)
                .or(() -> choice.get().otherwise)
                .orElseThrow(
                        () ->
                                new UndecodableException(
                                        "Column "
                                                + choice.get().column
                                                + " holds a value that the mapping does not"
                                                + " name: add it, or a default"));
    }

    private double value(String[] cells) throws UndecodableException {
        if (mapping.valueColumn.isEmpty() || cell(mapping.valueColumn, cells).isEmpty()) {
            return Double.NaN;
        }
        double value = Fields.number(cell(mapping.valueColumn, cells));
        if (Double.isNaN(value)) {
            throw new UndecodableException(
                    "Column " + mapping.valueColumn + " is not a finite number");
        }
        return value;
    }

    private long time(String text) throws UndecodableException {
        long millis =
                mapping.timeUnit == CsvMapping.TimeUnit.ISO
                        ? Timestamps.parse(text)
                        : epochMillis(text);
        if (millis == Timestamps.INVALID || Timestamps.isOpenEnd(millis)) {
            throw new UndecodableException(
                    "Column "
                            + mapping.timeColumn
                            + " is no time in the years 1990 to 2100 in the unit of the mapping");
        }
        return millis;
    }

    private long epochMillis(String text) {
        if (Double.isNaN(Fields.number(text)) || text.length() > MAX_NUMBER_LENGTH) {
            return Timestamps.INVALID;
        }
        BigDecimal epoch = new BigDecimal(text);
        if (Math.abs(epoch.scale()) > MAX_NUMBER_LENGTH) {
            return Timestamps.INVALID;
        }
        BigDecimal millis = epoch.movePointRight(3 - decimals());
        return millis.precision() - millis.scale() == 12
                        || millis.precision() - millis.scale() == 13
                ? Timestamps.ofEpoch(millis.longValue())
                : Timestamps.INVALID;
    }

    /** Decimal places of the unit below a second. */
    private int decimals() {
        switch (mapping.timeUnit) {
            case MS:
                return 3;
            case US:
                return 6;
            case NS:
                return 9;
            default:
                return 0;
        }
    }

    private String text(CsvMapping.Text text, String[] cells) {
        return text.column.isEmpty() ? text.constant : cell(text.column, cells);
    }

    private String cell(String column, String[] cells) {
        return Fields.wellFormed(cells[index.get(column)].trim());
    }

    private void require(String column, List<String> header) {
        if (!column.isEmpty() && !index.containsKey(column)) {
            throw new CsvMappingException(
                    file + " has no column " + column + "; its columns are " + header);
        }
    }
}
