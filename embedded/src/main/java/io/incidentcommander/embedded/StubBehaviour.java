// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.embedded;

import java.util.Locale;

/** How a stub of a model service takes the next requests. */
public enum StubBehaviour {
    /** Answers from the request by simple rules. */
    GOOD,
    /** As good, after two seconds. */
    SLOW,
    /** As good once a second; whoever asks more often gets a ThrottlingException. */
    THROTTLED,
    /** A ThrottlingException, whoever asks and how rarely. */
    REFUSING,
    /** An internal error. */
    SERVER_ERROR,
    /** Takes the request and never answers. */
    HANG,
    /** Bytes that are not the JSON they claim to be. */
    MALFORMED,
    /** Cites evidence that nobody sent. */
    HALLUCINATED,
    /** Does as texts in the evidence tell it, where they do. */
    INJECTED,
    /** Is very sure of the last action that is offered, whatever the evidence. */
    LYING;

    /** Lower case, as in the address that sets it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException if there is none of this word
     */
    public static StubBehaviour ofWord(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
