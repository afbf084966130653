// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.resilience;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * A named opinion about a failure, or none. Chained by {@link #kindOf}: the first that knows the
 * failure has it; what nobody knows is {@link FailureKind#PERMANENT}, since repeating a call whose
 * failure is not understood may do harm.
 */
@FunctionalInterface
public interface FailureClassifier {
    /** Time-outs and broken connections, as the JDK reports them. */
    FailureClassifier NETWORK =
            failure -> {
                if (failure instanceof TimeoutException) {
                    return Optional.of(FailureKind.TIMED_OUT);
                }
                return failure instanceof IOException
                        ? Optional.of(FailureKind.TRANSIENT)
                        : Optional.empty();
            };

    /**
     * @param failure without the wrapping that futures add
     */
    Optional<FailureKind> classify(Throwable failure);

    /** What the first of the chain that knows it says. */
    static FailureKind kindOf(Throwable failure, List<FailureClassifier> chain) {
        Throwable cause = unwrapped(failure);
        for (FailureClassifier classifier : chain) {
            Optional<FailureKind> kind = classifier.classify(cause);
            if (kind.isPresent()) {
                return kind.get();
            }
        }
        return FailureKind.PERMANENT;
    }

    /** Without the wrapping that futures add. */
    static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
