// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.datagen.storm;

import io.incidentcommander.model.ingest.AlertStatus;
import io.incidentcommander.model.ingest.Severity;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a generated record says, to be compared with what was read from it. Immutable. */
public final class RecordTruth {
    private final RecordFormat format;
    private final OptionalLong fingerprint;
    private final String name;
    private final String service;
    private final Severity severity;
    private final AlertStatus status;
    private final List<Long> alerts;

    private RecordTruth(RecordFormat format, OptionalLong fingerprint, Message message) {
        this.format = format;
        this.fingerprint = fingerprint;
        this.name = message.kind().name();
        this.service = message.service();
        this.severity = message.severity();
        this.status = message.status();
        this.alerts =
                IntStream.range(0, fingerprint.isPresent() ? message.alerts() : 0)
                        .mapToObj(j -> fingerprint.getAsLong() * Template.MAX_ALERTS + j)
                        .collect(Collectors.toList());
    }

    static RecordTruth alerts(long fingerprint, Message message) {
        return new RecordTruth(message.format(), OptionalLong.of(fingerprint), message);
    }

    static RecordTruth noise(Message message) {
        return new RecordTruth(message.format(), OptionalLong.empty(), message);
    }

    public RecordFormat format() {
        return format;
    }

    /** Number of the fingerprint (the first, where the message carries several alerts). */
    public OptionalLong fingerprint() {
        return fingerprint;
    }

    public String name() {
        return name;
    }

    public String service() {
        return service;
    }

    public Severity severity() {
        return severity;
    }

    public AlertStatus status() {
        return status;
    }

    /** A number for each alert, the same for the same fingerprint and different for another. */
    public List<Long> alertIdentities() {
        return Collections.unmodifiableList(alerts);
    }
}
