// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis;

import io.incidentcommander.connectors.resilience.CallFailedException;
import io.incidentcommander.connectors.resilience.FailureClassifier;
import io.incidentcommander.connectors.resilience.FailureKind;
import io.incidentcommander.connectors.resilience.Refusal;
import io.incidentcommander.model.diagnosis.DiagnosisFailure;
import io.incidentcommander.model.diagnosis.DiagnosisFailure.Kind;
import io.incidentcommander.model.diagnosis.DiagnosisSource;
import java.util.Optional;

/** Calls that failed, in the words of a diagnosis. */
final class CallFailures {
    private CallFailures() {}

    static DiagnosisFailure of(ModelSpec model, Throwable failure) {
        Throwable cause = FailureClassifier.unwrapped(failure);
        return new DiagnosisFailure(
                kind(cause), DiagnosisSource.model(model.id()), String.valueOf(cause.getMessage()));
    }

    private static Kind kind(Throwable failure) {
        if (!(failure instanceof CallFailedException)) {
            return Kind.UNREACHABLE;
        }
        CallFailedException failed = (CallFailedException) failure;
        Optional<Throwable> last = Optional.ofNullable(failed.getCause());
        if (last.filter(SpendCapException.class::isInstance).isPresent()) {
            return Kind.SPEND_CAP;
        }
        if (failed.refusal().isEmpty()) {
            return Kind.REFUSED;
        }
        Refusal refusal = failed.refusal().get();
        Optional<FailureKind> lastKind =
                last.map(cause -> FailureClassifier.kindOf(cause, BedrockFailures.CHAIN));
        if (refusal == Refusal.RATE_LIMITED
                || lastKind.filter(kind -> kind == FailureKind.THROTTLED).isPresent()) {
            return Kind.THROTTLED;
        }
        if (refusal == Refusal.BULKHEAD_FULL) {
            return Kind.NOT_ADMITTED;
        }
        boolean late =
                refusal == Refusal.DEADLINE
                        || lastKind.filter(kind -> kind == FailureKind.TIMED_OUT).isPresent();
        return late ? Kind.TIMED_OUT : Kind.UNREACHABLE;
    }
}
