// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.control;

import io.incidentcommander.model.correlation.ControlKind;
import io.incidentcommander.model.correlation.ControlReport.Outcome;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.udfs.correlation.catalogue.Catalogues;
import io.incidentcommander.udfs.correlation.silence.Silence;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * All that holds, for every tenant and over time: the files the job was started with, and the
 * updates since. What it answers depends on the files and on the set of updates, not on the order
 * in which updates of different ids came; of one id, only growing sequences are accepted. Refused
 * updates change nothing. Mutable, not thread safe.
 *
 * <p>Bound: silences by single updates are at most {@code maxSilences}, changes of services 10,000
 * a tenant; they, and versions that were replaced, end with {@link #expire}.
 */
public final class ControlBook implements Catalogues {
    private static final int MOST_DOCUMENTS = 1_000;

    private final int maxSilences;
    private final Map<String, TenantBook> tenants = new HashMap<>();
    private final Map<String, ControlUpdate> retained = new HashMap<>();
    private int silences;
    private int documents;
    private boolean suppresses;

    public ControlBook(int maxSilences) {
        this.maxSilences = maxSilences;
    }

    /**
     * A book that begins with these files.
     *
     * @param problems all that is wrong with them; if any, the book holds only the rest
     */
    public static ControlBook of(
            Collection<ControlFile> files, int maxSilences, List<Problems.Problem> problems) {
        ControlBook book = new ControlBook(maxSilences);
        files.forEach(file -> book.begin(file, problems));
        return book;
    }

    /** What became of the update. */
    public ControlVerdict accept(ControlUpdate update) {
        if (update.kind() == ControlKind.COMMAND || update.kind() == ControlKind.RESET) {
            return ControlVerdict.of(
                    Outcome.REFUSED,
                    "a " + update.kind().word() + " is no rule: it goes to the topic");
        }
        TenantBook book = tenant(update.tenant());
        if (update.sequence() <= book.sequence(update.kind(), update.id())) {
            return ControlVerdict.of(Outcome.STALE, "it is known, or a later one is");
        }
        Problems problems = new Problems(update.toString());
        if (!take(update, book, problems)) {
            return ControlVerdict.of(
                    Outcome.REFUSED,
                    problems.all().stream()
                            .map(p -> "line " + p.line() + ": " + p.what())
                            .collect(Collectors.joining("; ")));
        }
        retained.put(keyOf(update), update);
        return ControlVerdict.of(Outcome.APPLIED, "");
    }

    private boolean take(ControlUpdate update, TenantBook book, Problems problems) {
        switch (update.kind()) {
            case SILENCE:
                return silence(update, book, problems);
            case CHANGE:
                return change(update, book.changes(), problems);
            default:
                return document(update, book, problems);
        }
    }

    /**
     * What was changed in that time, both ends included, for the tenant or for all; newest first.
     */
    public List<ServiceChange> changes(String tenant, long fromMillis, long untilMillis) {
        List<ServiceChange> changes = new ArrayList<>();
        for (String whose : new TreeSet<>(List.of(tenant, ControlDocumentReader.ALL_TENANTS))) {
            changes.addAll(tenant(whose).changes().between(fromMillis, untilMillis));
        }
        changes.sort(Comparator.comparingLong(ServiceChange::atMillis).reversed());
        return changes;
    }

    /** What holds for the tenant at the time. */
    public TenantRules rules(String tenant, long millis) {
        return tenant(tenant).rules(tenant(ControlDocumentReader.ALL_TENANTS), millis);
    }

    @Override
    public Catalogues.Span at(String tenant, long millis) {
        return tenant(tenant).catalogue(tenant(ControlDocumentReader.ALL_TENANTS), millis);
    }

    /** Of whom anything is known, {@link ControlDocumentReader#ALL_TENANTS} included; sorted. */
    public SortedSet<String> tenants() {
        return new TreeSet<>(tenants.keySet());
    }

    /** Whether any alert can ever be kept back by it. */
    public boolean canSuppress() {
        return suppresses;
    }

    /** The updates that still matter, by a name that is unique: what must be kept as state. */
    public Map<String, ControlUpdate> retained() {
        return Collections.unmodifiableMap(retained);
    }

    /** The name of an update in {@link #retained}. */
    public static String keyOf(ControlUpdate update) {
        return String.join(
                "/",
                update.kind().word(),
                update.tenant(),
                update.id(),
                Long.toString(update.sequence()));
    }

    /** Drops what ended, or was changed, before the time. */
    public void expire(long beforeMillis) {
        expire(beforeMillis, beforeMillis);
    }

    /** Drops what ended before the one time, and what was changed before the other. */
    public void expire(long beforeMillis, long changedBeforeMillis) {
        boolean forgotten = false;
        for (TenantBook book : tenants.values()) {
            book.changes()
                    .expire(changedBeforeMillis)
                    .forEach(update -> retained.remove(keyOf(update)));
            for (ControlUpdate update : book.expire(beforeMillis)) {
                forgotten |= update.kind() == ControlKind.DOCUMENT;
                if (update.kind() == ControlKind.SILENCE && book.forgot(update)) {
                    silences--;
                }
                retained.remove(keyOf(update));
            }
        }
        if (forgotten) {
            tenants.values().forEach(TenantBook::changed);
        }
    }

    public int silences() {
        return silences;
    }

    private void begin(ControlFile file, List<Problems.Problem> all) {
        Problems problems = new Problems(file.name());
        if (file.isLog()) {
            for (ControlUpdate update : ControlUpdateReader.log(file.text(), problems)) {
                ControlVerdict verdict = accept(update);
                if (verdict.outcome() == Outcome.REFUSED) {
                    problems.add(1, update + ": " + verdict.reason());
                }
            }
        } else {
            ControlDocumentReader.read(file.text(), problems)
                    .ifPresent(
                            document -> {
                                suppresses |= document.canSuppress();
                                tenant(document.tenant()).begin(file.name(), document);
                            });
        }
        all.addAll(problems.all());
    }

    private boolean silence(ControlUpdate update, TenantBook book, Problems problems) {
        boolean isNew = book.sequence(ControlKind.SILENCE, update.id()) == 0;
        if (isNew && silences >= maxSilences) {
            problems.add(1, "there are " + silences + " silences already, the most there may be");
            return false;
        }
        Optional<Silence> silence = Optional.empty();
        if (!update.isWithdrawal()) {
            silence = ControlDocumentReader.readSilence(update.body(), problems);
            if (silence.isPresent() && !silence.get().id().equals(update.id())) {
                problems.add(1, "the silence's id is not " + update.id());
            }
        }
        if (!problems.isEmpty()) {
            return false;
        }
        silences += isNew ? 1 : 0;
        suppresses = true;
        book.silence(update, silence);
        return true;
    }

    private boolean change(ControlUpdate update, ServiceChanges changes, Problems problems) {
        if (changes.isFullFor(update.id())) {
            problems.add(1, "there are " + ServiceChanges.MOST + " changes, the most there may be");
            return false;
        }
        Optional<ServiceChange> change =
                update.isWithdrawal() ? Optional.empty() : ServiceChange.read(update, problems);
        if (!problems.isEmpty()) {
            return false;
        }
        changes.put(update, change).ifPresent(replaced -> retained.remove(keyOf(replaced)));
        return true;
    }

    private boolean document(ControlUpdate update, TenantBook book, Problems problems) {
        boolean isNew = book.sequence(ControlKind.DOCUMENT, update.id()) == 0;
        if (isNew && documents >= MOST_DOCUMENTS) {
            problems.add(1, "there are " + documents + " documents already, the most there may be");
            return false;
        }
        Optional<ControlDocument> document = Optional.empty();
        if (!update.isWithdrawal()) {
            document = ControlDocumentReader.read(update.body(), problems);
        }
        if (!problems.isEmpty()) {
            return false;
        }
        documents += isNew ? 1 : 0;
        suppresses |= document.map(ControlDocument::canSuppress).orElse(false);
        book.document(update, document).forEach(replaced -> retained.remove(keyOf(replaced)));
        tenants.values().forEach(TenantBook::changed);
        return true;
    }

    private TenantBook tenant(String name) {
        return tenants.computeIfAbsent(name, n -> new TenantBook());
    }
}
