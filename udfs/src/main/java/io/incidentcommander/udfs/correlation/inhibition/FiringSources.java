// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.correlation.inhibition;

import io.incidentcommander.model.ingest.Alert;
import io.incidentcommander.model.ingest.Fingerprint;
import io.incidentcommander.udfs.correlation.calendar.TimeText;
import io.incidentcommander.udfs.correlation.matching.AlertLabels;
import io.incidentcommander.udfs.correlation.matching.LabelSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The firing alerts of a tenant that can inhibit others, by rule and by the values that must be
 * equal: a look-up costs one map access for each rule whose target side matches. Follows
 * Alertmanager: an alert that matches both sides of a rule is not inhibited by another that does;
 * alerts that are silenced or inhibited themselves inhibit all the same. Mutable, not thread safe.
 */
public final class FiringSources {
    private static final Comparator<Alert> FIRST =
            Comparator.comparingLong(Alert::eventTimeMillis).thenComparing(Alert::id);

    private final List<RuleSources> rules = new ArrayList<>();
    private final Map<Fingerprint, Alert> firing = new HashMap<>();

    public FiringSources(List<InhibitRule> rules) {
        rules.forEach(rule -> this.rules.add(new RuleSources(rule)));
    }

    /** The alert fires, in place of an earlier delivery of its fingerprint. */
    public void fires(Alert alert) {
        if (rules.isEmpty()) {
            return;
        }
        ended(alert.fingerprint());
        LabelSet labels = AlertLabels.of(alert);
        boolean isSource = false;
        for (RuleSources rule : rules) {
            if (rule.rule.source().match(labels)) {
                rule.add(alert, labels);
                isSource = true;
            }
        }
        if (isSource) {
            firing.put(alert.fingerprint(), alert);
        }
    }

    /** The alert no longer fires. */
    public void ended(Fingerprint fingerprint) {
        Alert alert = firing.remove(fingerprint);
        if (alert == null) {
            return;
        }
        LabelSet labels = AlertLabels.of(alert);
        for (RuleSources rule : rules) {
            if (rule.rule.source().match(labels)) {
                rule.remove(alert, labels);
            }
        }
    }

    /** In words, which firing alert inhibits this one and by which rule; empty if none does. */
    public Optional<String> inhibits(Alert target) {
        LabelSet labels = AlertLabels.of(target);
        for (RuleSources rule : rules) {
            if (rule.rule.target().match(labels)) {
                Optional<Alert> source = rule.find(labels);
                if (source.isPresent()) {
                    return Optional.of(words(source.get(), rule.rule));
                }
            }
        }
        return Optional.empty();
    }

    private static String words(Alert source, InhibitRule rule) {
        return "inhibited by "
                + source.name()
                + " on "
                + source.service()
                + " ("
                + source.id()
                + "), firing since "
                + TimeText.of(source.eventTimeMillis())
                + ", by the rule "
                + rule;
    }

    /** What one rule's source side matches. */
    private static final class RuleSources {
        private final InhibitRule rule;
        private final Map<List<String>, TreeSet<Alert>> oneSided = new HashMap<>();
        private final Map<List<String>, TreeSet<Alert>> twoSided = new HashMap<>();

        RuleSources(InhibitRule rule) {
            this.rule = rule;
        }

        void add(Alert alert, LabelSet labels) {
            side(labels)
                    .computeIfAbsent(rule.equalValues(labels), v -> new TreeSet<>(FIRST))
                    .add(alert);
        }

        void remove(Alert alert, LabelSet labels) {
            List<String> values = rule.equalValues(labels);
            Map<List<String>, TreeSet<Alert>> side = side(labels);
            TreeSet<Alert> sources = side.get(values);
            if (sources != null && sources.remove(alert) && sources.isEmpty()) {
                side.remove(values);
            }
        }

        Optional<Alert> find(LabelSet target) {
            List<String> values = rule.equalValues(target);
            Optional<Alert> one = first(oneSided.get(values));
            if (one.isPresent() || rule.source().match(target)) {
                return one;
            }
            return first(twoSided.get(values));
        }

        private Map<List<String>, TreeSet<Alert>> side(LabelSet labels) {
            return rule.target().match(labels) ? twoSided : oneSided;
        }

        private static Optional<Alert> first(TreeSet<Alert> sources) {
            return sources == null ? Optional.empty() : Optional.of(sources.first());
        }
    }
}
