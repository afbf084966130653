// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.resolution;

import io.incidentcommander.model.consensus.Action;
import io.incidentcommander.model.consensus.RiskLevel;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How a runbook is carried out: on what, with which permissions, in which steps. Immutable. */
public final class Playbook implements Serializable {
    private static final long serialVersionUID = 1L;
    static final int LONGEST_SERVICE = 128;
    private static final String SERVICE = "${service}";

    private final String runbook;
    private final String version;
    private final RiskLevel risk;
    private final String targetTag;
    private final String targetKind;
    private final ArrayList<String> permissions;
    private final ArrayList<String> resources;
    private final ArrayList<String> tagged;
    private final TreeMap<String, ParameterRule> parameters;
    private final ArrayList<PlaybookStep> sandbox;
    private final ArrayList<PlaybookStep> changes;
    private final ArrayList<PlaybookStep> validation;

    Playbook(Builder b) {
        this.runbook = Objects.requireNonNull(b.runbook, "runbook");
        this.version = Objects.requireNonNull(b.version, "version");
        this.risk = Objects.requireNonNull(b.risk, "risk");
        this.targetTag = Objects.requireNonNull(b.targetTag, "targetTag");
        this.targetKind = Objects.requireNonNull(b.targetKind, "targetKind");
        this.permissions = new ArrayList<>(b.permissions);
        this.resources = new ArrayList<>(b.resources);
        this.tagged = new ArrayList<>(b.tagged);
        this.parameters = new TreeMap<>(b.parameters);
        this.sandbox = new ArrayList<>(b.sandbox);
        this.changes = new ArrayList<>(b.changes);
        this.validation = new ArrayList<>(b.validation);
    }

    public RiskLevel risk() {
        return risk;
    }

    /** The tag by which what is changed is found; its value is the service. */
    public String targetTag() {
        return targetTag;
    }

    /** What is changed. */
    public String targetKind() {
        return targetKind;
    }

    /** Actions of AWS, sorted as written. */
    public List<String> permissions() {
        return List.copyOf(permissions);
    }

    /** On which the permissions hold, for this service. */
    public List<String> resources(String service) {
        return of(service, resources);
    }

    /** On which the permissions hold too, where they carry the target's tag. */
    public List<String> tagged(String service) {
        return of(service, tagged);
    }

    private static List<String> of(String service, List<String> patterns) {
        return patterns.stream()
                .map(resource -> resource.replace(SERVICE, service))
                .collect(Collectors.toList());
    }

    /** Every document of a command that only looks. */
    public List<String> commands() {
        return validation.stream()
                .filter(step -> step.way() == PlanStep.Way.COMMAND)
                .map(PlaybookStep::document)
                .distinct()
                .sorted()
                .collect(Collectors.toList());
    }

    /** Every document that a rehearsal runs. */
    public List<String> rehearsals() {
        return sandbox.stream()
                .map(PlaybookStep::document)
                .distinct()
                .sorted()
                .collect(Collectors.toList());
    }

    /** Every document that a change, its way back or a validation runs as an automation. */
    public List<String> documents() {
        List<String> names = new ArrayList<>();
        for (PlaybookStep step : changes) {
            names.add(step.document());
            step.undo().ifPresent(names::add);
        }
        validation.stream()
                .filter(step -> step.way() == PlanStep.Way.AUTOMATION)
                .forEach(step -> names.add(step.document()));
        return names.stream().distinct().sorted().collect(Collectors.toList());
    }

    boolean is(Action action) {
        return runbook.equals(action.runbook()) && version.equals(action.version());
    }

    /** Why the action is none that this playbook can carry out; all reasons. */
    public List<String> flaws(Action action) {
        List<String> flaws = new ArrayList<>();
        if (!is(action)) {
            flaws.add("it is of another runbook or version: " + action);
        }
        if (!action.target().matches("[A-Za-z0-9._-]{1," + LONGEST_SERVICE + "}")) {
            flaws.add("its target is no name of a service: " + action.target());
        }
        parameters.forEach(
                (name, rule) ->
                        Optional.ofNullable(action.parameters().get(name))
                                .map(rule::flaw)
                                .orElse(Optional.of("is missing"))
                                .ifPresent(flaw -> flaws.add("parameter " + name + " " + flaw)));
        for (String name : action.parameters().keySet()) {
            if (!parameters.containsKey(name)) {
                flaws.add("there is no parameter " + name);
            }
        }
        return flaws;
    }

    /** The steps for one decision. */
    public ActionPlan plan(String decisionId, Action action) {
        ActionPlan.Builder plan = ActionPlan.of(decisionId, action.id());
        sandbox.forEach(step -> plan.sandbox(step.name(), step.document()));
        for (PlaybookStep step : changes) {
            if (step.undo().isPresent()) {
                plan.change(step.name(), step.document(), step.undo().get());
            } else {
                plan.change(step.name(), step.document());
            }
        }
        for (PlaybookStep step : validation) {
            if (step.way() == PlanStep.Way.COMMAND) {
                plan.look(step.name(), step.document());
            } else {
                plan.validate(step.name(), step.document());
            }
        }
        return plan.build();
    }

    @Override
    public String toString() {
        return runbook + "@" + version;
    }

    /** What the reader fills in. */
    static final class Builder {
        String runbook;
        String version;
        RiskLevel risk;
        String targetTag;
        String targetKind;
        List<String> permissions = List.of();
        List<String> resources = List.of();
        List<String> tagged = List.of();
        TreeMap<String, ParameterRule> parameters = new TreeMap<>();
        List<PlaybookStep> sandbox = List.of();
        List<PlaybookStep> changes = List.of();
        List<PlaybookStep> validation = List.of();
    }
}
