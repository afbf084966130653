// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import io.incidentcommander.connectors.delivery.Receipt;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.RequestLimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/**
 * What to do about a failed append: the first classifier of a named chain that knows the failure
 * decides; what none knows is fatal. Immutable.
 */
final class AppendFailureClassifier {
    /** What to do. */
    enum Verdict {
        /** It may work later. */
        RETRY,
        /** This event never will; others may. */
        REJECT,
        /** Nothing will until someone mends the configuration: the job has to fail. */
        FATAL
    }

    private static final Set<String> BUSY =
            Set.of("ThrottlingError", "ProvisionedThroughputExceeded", "RequestLimitExceeded");
    private static final Set<String> INVALID =
            Set.of("ValidationError", "ItemCollectionSizeLimitExceeded");
    private static final Set<String> EXPIRED =
            Set.of("ExpiredTokenException", "ExpiredToken", "RequestExpired");

    private static final List<AppendFailureClassifier> CHAIN =
            List.of(
                    retry("throttled", e -> isThrottling(e) || cancelledFor(e, BUSY)),
                    retry("busy", UnreadKeysException.class::isInstance),
                    retry(
                            "contended",
                            e ->
                                    e instanceof TransactionConflictException
                                            || e instanceof TransactionInProgressException
                                            || cancelledFor(e, Set.of("TransactionConflict"))),
                    retry(
                            "timed out",
                            e ->
                                    e instanceof TimeoutException
                                            || e instanceof ApiCallTimeoutException
                                            || e instanceof ApiCallAttemptTimeoutException),
                    retry("unavailable", e -> statusOf(e) >= 500),
                    retry("credentials expired", e -> EXPIRED.contains(errorCodeOf(e))),
                    retry("unreachable", SdkClientException.class::isInstance),
                    new AppendFailureClassifier(
                            "invalid",
                            Verdict.REJECT,
                            e ->
                                    cancelledFor(e, INVALID)
                                            || errorCodeOf(e).equals("ValidationException")));
    private static final AppendFailureClassifier UNKNOWN =
            new AppendFailureClassifier("unknown", Verdict.FATAL, e -> true);

    private final String name;
    private final Verdict verdict;
    private final Predicate<Throwable> knows;

    private AppendFailureClassifier(String name, Verdict verdict, Predicate<Throwable> knows) {
        this.name = name;
        this.verdict = verdict;
        this.knows = knows;
    }

    /** The classifier that knows this failure. */
    static AppendFailureClassifier of(Throwable failure) {
        Throwable cause = unwrapped(failure);
        return CHAIN.stream().filter(c -> c.knows.test(cause)).findFirst().orElse(UNKNOWN);
    }

    /** What a failure means for each of those that were to be written. */
    static Receipt receiptOf(Throwable failure) {
        AppendFailureClassifier classifier = of(failure);
        String detail = classifier.name + ": " + unwrapped(failure);
        switch (classifier.verdict) {
            case RETRY:
                return Receipt.retry(detail);
            case REJECT:
                return Receipt.refused(detail);
            default:
                return Receipt.broken(detail);
        }
    }

    /** The failure itself, without what futures wrap around it. */
    static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    String name() {
        return name;
    }

    Verdict verdict() {
        return verdict;
    }

    private static AppendFailureClassifier retry(String name, Predicate<Throwable> knows) {
        return new AppendFailureClassifier(name, Verdict.RETRY, knows);
    }

    private static boolean isThrottling(Throwable e) {
        return e instanceof ProvisionedThroughputExceededException
                || e instanceof RequestLimitExceededException
                || (e instanceof SdkServiceException
                        && ((SdkServiceException) e).isThrottlingException());
    }

    private static int statusOf(Throwable e) {
        return e instanceof SdkServiceException ? ((SdkServiceException) e).statusCode() : 0;
    }

    private static String errorCodeOf(Throwable e) {
        boolean coded =
                e instanceof AwsServiceException
                        && ((AwsServiceException) e).awsErrorDetails() != null
                        && ((AwsServiceException) e).awsErrorDetails().errorCode() != null;
        return coded ? ((AwsServiceException) e).awsErrorDetails().errorCode() : "";
    }

    private static boolean cancelledFor(Throwable e, Set<String> codes) {
        return e instanceof TransactionCanceledException
                && ((TransactionCanceledException) e)
                        .cancellationReasons().stream()
                                .map(CancellationReason::code)
                                .anyMatch(code -> code != null && codes.contains(code));
    }
}
