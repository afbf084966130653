// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.resolution;

import io.incidentcommander.model.consensus.ActionId;
import io.incidentcommander.model.correlation.ControlKind;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.udfs.correlation.yaml.Problems;
import io.incidentcommander.udfs.correlation.yaml.Values;
import io.incidentcommander.udfs.correlation.yaml.YamlNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a human says over the control stream about actions: yes or no to one action of one decision
 * ({@code id} is the incident's), or that nothing is done any longer, and that it goes on ({@code
 * id} is the stop's). Immutable.
 *
 * <pre>{@code
 * {"command": "approve", "decision": ID, "action": HEX, "ttl": "10 min"}
 * {"command": "reject", "decision": ID, "action": HEX, "note": TEXT}
 * {"command": "stop", "note": TEXT}
 * {"command": "resume"}
 * }</pre>
 */
public final class ActionCommand {
    /** What is said. */
    public enum Kind {
        APPROVE,
        REJECT,
        /** Nothing further is begun, for the tenant or for all. */
        STOP,
        /** The stop of this id is over. */
        RESUME;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Set<String> OF_ACTIONS =
            Set.of("command", "decision", "action", "ttl", "note");
    private static final Set<String> OF_STOPS = Set.of("command", "note");

    /** How long an approval holds that does not say it. */
    public static final long USUAL_TTL_MILLIS = 600_000;

    private static final long LONGEST_TTL_MILLIS = 3_600_000;

    private final Kind kind;
    private final ControlUpdate update;
    private final String decisionId;
    private final ActionId action;
    private final long ttlMillis;
    private final String note;

    private ActionCommand(
            Kind kind,
            ControlUpdate update,
            String decisionId,
            ActionId action,
            long ttlMillis,
            String note) {
        this.kind = kind;
        this.update = update;
        this.decisionId = decisionId;
        this.action = action;
        this.ttlMillis = ttlMillis;
        this.note = note;
    }

    /** Whether it is about actions, well put or not, and not about an incident. */
    public static boolean isOne(ControlUpdate update) {
        return kind(update).isPresent();
    }

    /**
     * @throws IllegalArgumentException if it is none, or cannot be used; says all that is wrong
     */
    public static ActionCommand read(ControlUpdate update) {
        return read(update, USUAL_TTL_MILLIS);
    }

    /**
     * @param usualTtlMillis how long an approval holds that does not say it
     * @throws IllegalArgumentException if it is none, or cannot be used; says all that is wrong
     */
    public static ActionCommand read(ControlUpdate update, long usualTtlMillis) {
        Problems problems = new Problems(update.toString());
        Optional<ActionCommand> command =
                kind(update).map(kind -> read(kind, update, usualTtlMillis, problems));
        if (command.isEmpty() || !problems.isEmpty()) {
            throw new IllegalArgumentException(
                    problems.isEmpty()
                            ? "not a command about actions: " + update
                            : problems.all().stream()
                                    .map(Problems.Problem::what)
                                    .collect(Collectors.joining("; ")));
        }
        return command.get();
    }

    private static Optional<Kind> kind(ControlUpdate update) {
        if (update.kind() != ControlKind.COMMAND || update.isWithdrawal()) {
            return Optional.empty();
        }
        String word =
                YamlNode.parse(update.body(), new Problems(""))
                        .filter(YamlNode::isMapping)
                        .map(body -> text(body.fields(), "command"))
                        .orElse("");
        return Arrays.stream(Kind.values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    private static ActionCommand read(
            Kind kind, ControlUpdate update, long usualTtlMillis, Problems problems) {
        YamlNode body = YamlNode.parse(update.body(), problems).orElseThrow();
        boolean isStop = kind == Kind.STOP || kind == Kind.RESUME;
        Map<String, YamlNode> fields = body.fields(isStop ? OF_STOPS : OF_ACTIONS);
        String note = text(fields, "note");
        if (isStop) {
            return new ActionCommand(kind, update, "", ActionId.ABSTAIN, 0, note);
        }
        if (update.tenant().equals("*")) {
            body.problem("an action is of one tenant");
        }
        for (String key : List.of("decision", "action")) {
            if (text(fields, key).isEmpty()) {
                body.problem(key + " is missing: which one do you mean?");
            }
        }
        long ttl =
                fields.containsKey("ttl")
                        ? Values.duration(fields.get("ttl")).orElse(usualTtlMillis)
                        : usualTtlMillis;
        if (ttl > LONGEST_TTL_MILLIS) {
            body.problem("nobody approves for longer than an hour");
        }
        return new ActionCommand(
                kind, update, text(fields, "decision"), action(fields, body), ttl, note);
    }

    private static ActionId action(Map<String, YamlNode> fields, YamlNode body) {
        String hex = text(fields, "action");
        if (!hex.isEmpty()) {
            try {
                return ActionId.ofHex(hex);
            } catch (IllegalArgumentException e) {
                body.problem("no id of an action: " + hex);
            }
        }
        return ActionId.ABSTAIN;
    }

    private static String text(Map<String, YamlNode> fields, String key) {
        return fields.containsKey(key) && fields.get(key).isText() ? fields.get(key).text() : "";
    }

    public Kind kind() {
        return kind;
    }

    /** All of it as it was said: by whom, when, in which sequence. */
    public ControlUpdate update() {
        return update;
    }

    public String person() {
        return update.author();
    }

    /** Of APPROVE and REJECT. */
    public String decisionId() {
        return decisionId;
    }

    /** Of APPROVE and REJECT. */
    public ActionId action() {
        return action;
    }

    /** Of APPROVE: until when it holds; epoch milliseconds, exclusive. */
    public long expiresMillis() {
        return update.effectiveMillis() + ttlMillis;
    }

    public String note() {
        return note;
    }

    @Override
    public String toString() {
        return kind.word() + " " + update.id() + " by " + person();
    }
}
