// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.udfs.lifecycle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.incidentcommander.model.correlation.ControlUpdate;
import io.incidentcommander.model.ingest.Severity;
import io.incidentcommander.model.lifecycle.LifecycleFact;
import io.incidentcommander.model.lifecycle.LifecycleSignal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What humans say to an incident over the control stream: an update whose id is the incident's and
 * whose body is {@code {"command": WORD, "note": TEXT}}, with {@code severity} where the word is
 * that.
 */
public final class HumanCommands {
    private static final ObjectReader JSON = new ObjectMapper().reader();
    private static final String EVERYBODY = "*";
    private static final String SEVERITY = "severity";
    private static final Map<String, LifecycleSignal> WORDS =
            new TreeMap<>(
                    Map.of(
                            "acknowledge",
                            LifecycleSignal.ACKNOWLEDGED,
                            "take_over",
                            LifecycleSignal.TAKEN_OVER,
                            "hand_back",
                            LifecycleSignal.HANDED_BACK,
                            "mended",
                            LifecycleSignal.MENDED_BY_HUMAN,
                            SEVERITY,
                            LifecycleSignal.SEVERITY_SET));

    private HumanCommands() {}

    /** The word that says this; empty: no human does. */
    public static Optional<String> word(LifecycleSignal signal) {
        return WORDS.entrySet().stream()
                .filter(word -> word.getValue() == signal)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /**
     * The command as a fact about the incident, at the time from which it holds.
     *
     * @throws IllegalArgumentException if it is none; says why
     */
    public static LifecycleFact read(ControlUpdate update) {
        if (update.tenant().equals(EVERYBODY)) {
            throw new IllegalArgumentException("a command is for an incident of one tenant");
        }
        JsonNode body = body(update);
        String word = body.path("command").asText();
        LifecycleSignal signal = WORDS.get(word);
        if (signal == null) {
            throw new IllegalArgumentException(
                    "no command '" + word + "'; there are " + WORDS.keySet());
        }
        LifecycleFact fact =
                LifecycleFact.of(
                                update.tenant(),
                                update.id(),
                                signal,
                                update.effectiveMillis(),
                                LifecycleFact.ANY_ATTEMPT,
                                update.author(),
                                body.path("note").asText())
                        .numbered(update.sequence());
        return signal == LifecycleSignal.SEVERITY_SET
                ? fact.withSeverity(severity(body.path(SEVERITY).asText()))
                : fact;
    }

    private static JsonNode body(ControlUpdate update) {
        if (update.isWithdrawal()) {
            throw new IllegalArgumentException("a command has a body, and cannot be withdrawn");
        }
        try {
            return JSON.readTree(update.body());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "the body of a command is an object of JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static Severity severity(String word) {
        try {
            return Severity.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("no severity '" + word + "'", e);
        }
    }
}
