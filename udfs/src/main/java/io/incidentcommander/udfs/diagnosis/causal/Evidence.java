// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.diagnosis.causal;

import io.incidentcommander.model.diagnosis.MetricTable;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Says in sentences why a node is ranked where it is: what, how much, when, and what it explains.
 */
final class Evidence {
    private static final double CLEAR = 3;
    private static final int MOST_NAMES = 3;
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter FINE_CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final MetricTable issue;
    private final Observation observation;
    private final Topology topology;
    private final Attribution attribution;
    private final List<Target> targets;

    Evidence(
            MetricTable issue,
            Observation observation,
            Topology topology,
            Attribution attribution,
            List<Target> targets) {
        this.issue = issue;
        this.observation = observation;
        this.topology = topology;
        this.attribution = attribution;
        this.targets = targets;
    }

    /**
     * @param scores of one node, greatest first, at least one
     */
    List<String> of(List<Score> scores) {
        List<String> sentences = new ArrayList<>();
        for (Score score : scores) {
            if (score.finding.surprise >= CLEAR || sentences.isEmpty()) {
                sentences.add(change(score.finding));
            }
        }
        Score first = scores.get(0);
        sentences.add(1, effect(first));
        sentences.add(2, dependencies(first));
        return sentences;
    }

    String ofInherited(String node) {
        List<String> affected = new ArrayList<>();
        for (String caller : topology.graph().callers(node)) {
            if (clearest(caller).isPresent()) {
                affected.add(caller);
            }
        }
        boolean measured = observation.at(node).iterator().hasNext();
        String what = measured ? "quiet itself" : "no metrics of " + node;
        return affected.size() < 2
                ? what + "; nothing that is measured explains its caller " + names(affected)
                : what + "; what " + names(affected) + " have in common is that they call it";
    }

    private String change(Finding finding) {
        Reading lead = finding.lead;
        int row = lead.peakRow();
        double value = lead.channel.issueValue(row);
        String what = lead.channel.source.toString();
        String words;
        if (finding.trouble == Trouble.ERRORS
                && MetricMeaning.of(lead.channel.source.metric()) == MetricMeaning.AVAILABILITY) {
            words =
                    String.format(
                            Locale.ROOT,
                            "%s: %.2f %% of requests failed, usual %.2f %%",
                            what,
                            100 * value,
                            100 * lead.base);
        } else {
            words =
                    String.format(
                            Locale.ROOT,
                            "%s %s to %s, usual %s",
                            what,
                            value >= lead.base ? "rose" : "fell",
                            number(value),
                            number(lead.base));
        }
        return words
                + String.format(
                        Locale.ROOT,
                        ": %s times its usual spread, from %s, most at %s UTC",
                        number(lead.surprise()),
                        clock(lead.onsetRow()),
                        clock(row));
    }

    private String effect(Score score) {
        Finding finding = score.finding;
        List<String> callers = new ArrayList<>();
        int earlier = 0;
        for (String caller : topology.graph().callers(finding.node)) {
            Optional<Finding> theirs = clearest(caller);
            if (theirs.isPresent()) {
                callers.add(caller);
                earlier =
                        Math.max(
                                earlier,
                                (int)
                                        (issue.time(theirs.get().lead.onsetRow())
                                                - issue.time(finding.lead.onsetRow())));
            }
        }
        String when =
                callers.isEmpty()
                        ? "none of its callers is clearly affected"
                        : earlier > 0
                                ? span(earlier) + " before its callers " + names(callers)
                                : "in the same period as its callers " + names(callers);
        if (targets.size() == 1 && targets.get(0).finding.node.equals(finding.node)) {
            return "the symptom is its own; " + when;
        }
        String seenAt = targets.size() == 1 ? targets.get(0).finding.node : "the trouble seen";
        return String.format(
                Locale.ROOT, "accounts for %.0f %% of %s; %s", 100 * score.accounts, seenAt, when);
    }

    private String dependencies(Score score) {
        List<String> affected = new ArrayList<>();
        int callees = 0;
        for (String callee : topology.graph().callees(score.finding.node)) {
            callees++;
            if (clearest(callee).isPresent()) {
                affected.add(callee);
            }
        }
        if (callees == 0) {
            return "it calls nothing else";
        }
        if (affected.isEmpty()) {
            return callees == 1
                    ? "its own callee stayed normal"
                    : "its own " + callees + " callees stayed normal";
        }
        return String.format(
                Locale.ROOT,
                "its callees %s are unusual too and explain %.0f %% of it",
                names(affected),
                100 * (1 - attribution.own().share(score.finding)));
    }

    private Optional<Finding> clearest(String node) {
        Finding best = null;
        for (Finding finding : observation.at(node)) {
            boolean better = best == null || finding.surprise > best.surprise;
            if (finding.trouble.flowsToCallers() && finding.surprise >= CLEAR && better) {
                best = finding;
            }
        }
        return Optional.ofNullable(best);
    }

    private String clock(int row) {
        DateTimeFormatter clock = issue.step() % 60 == 0 ? CLOCK : FINE_CLOCK;
        return clock.format(Instant.ofEpochSecond((long) issue.time(row)));
    }

    private static String span(int seconds) {
        return seconds >= 60 ? seconds / 60 + " min" : seconds + " s";
    }

    private static String names(List<String> names) {
        String first = names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
        return names.size() <= MOST_NAMES
                ? first
                : first + " and " + (names.size() - MOST_NAMES) + " more";
    }

    private static String number(double value) {
        double size = Math.abs(value);
        if (size >= 100 || value == 0) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        int decimals = size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.01 ? 3 : 5;
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }
}
