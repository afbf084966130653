// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.resilience;

import java.util.Locale;
import java.util.Optional;

/** That there is no answer, why there will be none, and what the last attempt failed by. */
public final class CallFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String dependency;
    private final Refusal refusal;
    private final FailureKind kind;
    private final int attempts;

    private CallFailedException(
            String dependency, Refusal refusal, FailureKind kind, int attempts, Throwable cause) {
        super(describe(dependency, refusal, kind, attempts, cause), cause);
        this.dependency = dependency;
        this.refusal = refusal;
        this.kind = kind;
        this.attempts = attempts;
    }

    /** Not attempted, or not again. */
    static CallFailedException refused(
            String dependency, Refusal refusal, int attempts, Throwable lastFailure) {
        return new CallFailedException(dependency, refusal, null, attempts, lastFailure);
    }

    /** Not worth repeating. */
    static CallFailedException permanent(
            String dependency, FailureKind kind, int attempts, Throwable failure) {
        return new CallFailedException(dependency, null, kind, attempts, failure);
    }

    public String dependency() {
        return dependency;
    }

    /** Empty if the same request would fail again. */
    public Optional<Refusal> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** Why the same request would fail again, if it would. */
    public Optional<FailureKind> kind() {
        return Optional.ofNullable(kind);
    }

    /** Calls that were made. */
    public int attempts() {
        return attempts;
    }

    private static String describe(
            String dependency, Refusal refusal, FailureKind kind, int attempts, Throwable cause) {
        String why = refusal == null ? kind.name() : refusal.name();
        return dependency
                + ": "
                + why.toLowerCase(Locale.ROOT).replace('_', ' ')
                + " after "
                + attempts
                + (attempts == 1 ? " attempt" : " attempts")
                + (cause == null ? "" : ", last failure: " + cause);
    }
}
