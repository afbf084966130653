// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.control;

import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.udfs.correlation.silence.SilenceIndex;
import io.incidentcommander.udfs.correlation.silence.SilencePeriod;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The versions of one document, in the order of their effective times. The one that the job was
 * started with holds until the first update, and again after a withdrawal.
 */
final class DocumentVersions {
    private final List<Version> versions = new ArrayList<>(1);
    private Optional<Version> initial = Optional.empty();
    private long sequence;

    void begin(ControlDocument document) {
        initial = Optional.of(new Version(Long.MIN_VALUE, Optional.of(document)));
    }

    /** The updates that it makes void: they would hold from later on, but are overtaken. */
    List<ControlUpdate> add(ControlUpdate update, Optional<ControlDocument> document) {
        sequence = update.sequence();
        List<ControlUpdate> gone = new ArrayList<>();
        while (!versions.isEmpty()
                && versions.get(versions.size() - 1).fromMillis >= update.effectiveMillis()) {
            versions.remove(versions.size() - 1).update.ifPresent(gone::add);
        }
        versions.add(new Version(update, document));
        return gone;
    }

    long sequence() {
        return sequence;
    }

    Optional<Version> at(long millis) {
        int at = indexAt(millis);
        if (at < 0 || versions.get(at).document.isEmpty()) {
            return initial;
        }
        return Optional.of(versions.get(at));
    }

    long fromAt(long millis) {
        int at = indexAt(millis);
        return at < 0 ? Long.MIN_VALUE : versions.get(at).fromMillis;
    }

    long untilAt(long millis) {
        int next = indexAt(millis) + 1;
        return next < versions.size() ? versions.get(next).fromMillis : Long.MAX_VALUE;
    }

    /** Versions that were replaced before the time; the last one stays. */
    List<ControlUpdate> expire(long beforeMillis) {
        List<ControlUpdate> gone = new ArrayList<>();
        while (versions.size() > 1 && versions.get(1).fromMillis <= beforeMillis) {
            versions.remove(0).update.ifPresent(gone::add);
        }
        return gone;
    }

    private int indexAt(long millis) {
        int at = versions.size() - 1;
        while (at >= 0 && versions.get(at).fromMillis > millis) {
            at--;
        }
        return at;
    }

    /** A document from a time on; empty: withdrawn. */
    static final class Version {
        private final long fromMillis;
        private final Optional<ControlUpdate> update;
        private final Optional<ControlDocument> document;
        private final SilenceIndex silences = new SilenceIndex();

        Version(ControlUpdate update, Optional<ControlDocument> document) {
            this(update.effectiveMillis(), Optional.of(update), document);
        }

        Version(long fromMillis, Optional<ControlDocument> document) {
            this(fromMillis, Optional.empty(), document);
        }

        private Version(
                long fromMillis,
                Optional<ControlUpdate> update,
                Optional<ControlDocument> document) {
            this.fromMillis = fromMillis;
            this.update = update;
            this.document = document;
            document.ifPresent(
                    d -> d.silences().forEach(s -> silences.add(SilencePeriod.of(s, fromMillis))));
        }

        ControlDocument document() {
            return document.orElseThrow();
        }

        SilenceIndex silences() {
            return silences;
        }
    }
}
