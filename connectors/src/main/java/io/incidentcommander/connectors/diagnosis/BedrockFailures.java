// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis;

import io.incidentcommander.connectors.resilience.FailureClassifier;
import io.incidentcommander.connectors.resilience.FailureKind;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.bedrockruntime.model.BedrockRuntimeException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelNotReadyException;
import software.amazon.awssdk.services.bedrockruntime.model.ModelTimeoutException;
import software.amazon.awssdk.services.bedrockruntime.model.ServiceQuotaExceededException;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;

/** What failures of the Bedrock runtime mean for the next attempt. */
final class BedrockFailures {
    private static final int TOO_MANY = 429;
    private static final int SERVER = 500;

    /** It might have cost more than is left. */
    static final FailureClassifier UNPAID =
            failure ->
                    failure instanceof SpendCapException
                            ? Optional.of(FailureKind.WITHHELD)
                            : Optional.empty();

    /** The service asks for less. */
    static final FailureClassifier LESS =
            failure ->
                    failure instanceof ThrottlingException
                                    || failure instanceof ServiceQuotaExceededException
                                    || failure instanceof ModelNotReadyException
                                    || status(failure) == TOO_MANY
                            ? Optional.of(FailureKind.THROTTLED)
                            : Optional.empty();

    static final FailureClassifier LATE =
            failure ->
                    failure instanceof ModelTimeoutException
                                    || failure instanceof ApiCallTimeoutException
                                    || failure instanceof ApiCallAttemptTimeoutException
                            ? Optional.of(FailureKind.TIMED_OUT)
                            : Optional.empty();

    /** The service is broken, cannot be reached, or answers what is no answer. */
    static final FailureClassifier BROKEN =
            failure ->
                    failure instanceof SdkClientException || status(failure) >= SERVER
                            ? Optional.of(FailureKind.TRANSIENT)
                            : Optional.empty();

    static final List<FailureClassifier> CHAIN =
            List.of(UNPAID, LESS, LATE, BROKEN, FailureClassifier.NETWORK);

    private BedrockFailures() {}

    private static int status(Throwable failure) {
        return failure instanceof BedrockRuntimeException
                ? ((BedrockRuntimeException) failure).statusCode()
                : 0;
    }
}
