// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.control;

import io.incidentcommander.model.correlation.ControlKind;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.udfs.correlation.catalogue.Catalogues;
import io.incidentcommander.udfs.correlation.silence.Silence;
import io.incidentcommander.udfs.correlation.silence.SilenceIndex;
import io.incidentcommander.udfs.correlation.silence.SilencePeriod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The part of a {@link ControlBook} that belongs to one tenant, or to all. An update at T ends,
 * from T on, whatever an earlier sequence of its id says; what that says before T stands.
 */
final class TenantBook {
    private final TreeMap<String, DocumentVersions> documents = new TreeMap<>();
    private final Map<String, List<SilenceVersion>> silences = new HashMap<>();
    private final SilenceIndex index = new SilenceIndex();
    private final CatalogueSpans catalogues = new CatalogueSpans();
    private final ServiceChanges changes = new ServiceChanges();
    private TenantRules compiled;
    private long compiledFrom;
    private long compiledUntil;

    /** The highest that was accepted; 0 if none was. */
    long sequence(ControlKind kind, String id) {
        if (kind == ControlKind.DOCUMENT) {
            DocumentVersions versions = documents.get(id);
            return versions == null ? 0 : versions.sequence();
        }
        if (kind == ControlKind.CHANGE) {
            return changes.sequence(id);
        }
        List<SilenceVersion> versions = silences.get(id);
        return versions == null ? 0 : versions.get(versions.size() - 1).update.sequence();
    }

    void begin(String name, ControlDocument document) {
        documents.computeIfAbsent(name, n -> new DocumentVersions()).begin(document);
        changed();
    }

    /** The updates that it makes void. */
    List<ControlUpdate> document(ControlUpdate update, Optional<ControlDocument> document) {
        return documents
                .computeIfAbsent(update.id(), n -> new DocumentVersions())
                .add(update, document);
    }

    void silence(ControlUpdate update, Optional<Silence> silence) {
        List<SilenceVersion> versions =
                silences.computeIfAbsent(update.id(), id -> new ArrayList<>(1));
        for (SilenceVersion version : versions) {
            version.endAt(update.effectiveMillis(), index);
        }
        SilenceVersion version =
                new SilenceVersion(
                        update, silence.map(s -> SilencePeriod.of(s, update.effectiveMillis())));
        version.enter(index);
        versions.add(version);
    }

    ServiceChanges changes() {
        return changes;
    }

    void changed() {
        compiled = null;
        catalogues.clear();
    }

    TenantRules rules(TenantBook everybody, long millis) {
        if (compiled == null || millis < compiledFrom || millis >= compiledUntil) {
            compile(everybody, millis);
        }
        return compiled;
    }

    Catalogues.Span catalogue(TenantBook everybody, long millis) {
        return catalogues.at(
                everybody.equals(this)
                        ? List.of(documents.values())
                        : List.of(everybody.documents.values(), documents.values()),
                millis);
    }

    private void compile(TenantBook everybody, long millis) {
        List<ControlDocument> active = new ArrayList<>();
        List<SilenceIndex> indexes = new ArrayList<>();
        compiledFrom = Long.MIN_VALUE;
        compiledUntil = Long.MAX_VALUE;
        gather(everybody, millis, active, indexes);
        indexes.add(everybody.index);
        if (!everybody.equals(this)) {
            gather(this, millis, active, indexes);
            indexes.add(index);
        }
        compiled = new TenantRules(active, indexes);
    }

    private void gather(
            TenantBook book,
            long millis,
            List<ControlDocument> active,
            List<SilenceIndex> indexes) {
        for (DocumentVersions versions : book.documents.values()) {
            versions.at(millis)
                    .ifPresent(
                            version -> {
                                active.add(version.document());
                                indexes.add(version.silences());
                            });
            compiledFrom = Math.max(compiledFrom, versions.fromAt(millis));
            compiledUntil = Math.min(compiledUntil, versions.untilAt(millis));
        }
    }

    /** The updates that no alert from the time on can notice. */
    List<ControlUpdate> expire(long beforeMillis) {
        List<ControlUpdate> gone = new ArrayList<>();
        Iterator<List<SilenceVersion>> ids = silences.values().iterator();
        while (ids.hasNext()) {
            List<SilenceVersion> versions = ids.next();
            versions.removeIf(
                    version -> {
                        boolean over = version.isOverAt(beforeMillis);
                        if (over) {
                            version.leave(index);
                            gone.add(version.update);
                        }
                        return over;
                    });
            if (versions.isEmpty()) {
                ids.remove();
            }
        }
        documents.values().forEach(versions -> gone.addAll(versions.expire(beforeMillis)));
        return gone;
    }

    /** Whether nothing is left of the id of a silence that went. */
    boolean forgot(ControlUpdate gone) {
        return !silences.containsKey(gone.id());
    }

    /** One update of a silence, and when it holds; empty: a withdrawal. */
    private static final class SilenceVersion {
        private final ControlUpdate update;
        private Optional<SilencePeriod> period;

        SilenceVersion(ControlUpdate update, Optional<SilencePeriod> period) {
            this.update = update;
            this.period = period.filter(p -> !p.isEmpty());
        }

        void enter(SilenceIndex index) {
            period.ifPresent(index::add);
        }

        void leave(SilenceIndex index) {
            period.ifPresent(index::remove);
        }

        void endAt(long millis, SilenceIndex index) {
            if (period.isPresent() && period.get().untilMillis() > millis) {
                leave(index);
                period = period.map(p -> p.endedAt(millis)).filter(p -> !p.isEmpty());
                enter(index);
            }
        }

        boolean isOverAt(long millis) {
            return period.map(SilencePeriod::untilMillis).orElse(update.effectiveMillis())
                    <= millis;
        }
    }
}
