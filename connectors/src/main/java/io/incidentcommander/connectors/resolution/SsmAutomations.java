// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.resolution;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ssm.SsmAsyncClient;
import software.amazon.awssdk.services.ssm.model.AutomationExecutionFilterKey;
import software.amazon.awssdk.services.ssm.model.AutomationExecutionMetadata;
import software.amazon.awssdk.services.ssm.model.AutomationExecutionStatus;

/**
 * Runs automation documents of Systems Manager under sessions of STS. A step is sent with its token
 * as client token, which makes a second sending the same execution, and tagged with it, by which it
 * is found again. Calls block, five seconds at most. Thread safe.
 */
public final class SsmAutomations implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SsmAutomations.class);

    /** The name of the tag that ends with a step's token. */
    public static final String TAG = "incident-commander:step:";

    private final ActionSessions sessions;
    private final SsmAsyncClient ssm;

    public SsmAutomations(AwsPlace place) {
        this.sessions = new ActionSessions(place);
        this.ssm = place.ssm();
    }

    /** What each of these calls is made under. */
    public ActionSessions sessions() {
        return sessions;
    }

    /** By the same client: what has no token, and so only looks. */
    public SsmCommands commands() {
        return new SsmCommands(ssm);
    }

    /**
     * Starts a document, or finds that it was started with this token before.
     *
     * @return RUNNING; FAILED if the service refused, so that nothing runs; UNREACHABLE if nobody
     *     knows
     */
    public AutomationStatus start(
            ActionSession session, String document, UUID token, Map<String, String> parameters) {
        Map<String, List<String>> values = new TreeMap<>();
        parameters.forEach((name, value) -> values.put(name, List.of(value)));
        try {
            ssm.startAutomationExecution(
                            r ->
                                    r.documentName(document)
                                            .clientToken(token.toString())
                                            .parameters(values)
                                            .tags(t -> t.key(TAG + token).value(document))
                                            .overrideConfiguration(
                                                    o ->
                                                            o.credentialsProvider(
                                                                    session.credentials())))
                    .join();
            return AutomationStatus.RUNNING;
        } catch (CompletionException e) {
            LOG.warn("{} with token {}: {}", document, token, e.getCause().getMessage());
            return isRefused(e) ? AutomationStatus.FAILED : AutomationStatus.UNREACHABLE;
        }
    }

    /** What became of the token. */
    public AutomationStatus lookUp(ActionSession session, UUID token) {
        try {
            List<AutomationExecutionMetadata> found =
                    ssm.describeAutomationExecutions(
                                    r ->
                                            r.filters(
                                                            f ->
                                                                    f.key(
                                                                                    AutomationExecutionFilterKey
                                                                                            .TAG_KEY)
                                                                            .values(TAG + token))
                                                    .overrideConfiguration(
                                                            o ->
                                                                    o.credentialsProvider(
                                                                            session.credentials())))
                            .join()
                            .automationExecutionMetadataList();
            return found.isEmpty()
                    ? AutomationStatus.UNKNOWN
                    : status(found.get(0).automationExecutionStatus());
        } catch (CompletionException e) {
            LOG.warn("Token {} cannot be looked up: {}", token, e.getCause().getMessage());
            return AutomationStatus.UNREACHABLE;
        }
    }

    private static AutomationStatus status(AutomationExecutionStatus status) {
        switch (status) {
            case SUCCESS:
            case COMPLETED_WITH_SUCCESS:
                return AutomationStatus.SUCCEEDED;
            case FAILED:
            case TIMED_OUT:
            case CANCELLED:
            case COMPLETED_WITH_FAILURE:
            case REJECTED:
                return AutomationStatus.FAILED;
            default:
                return AutomationStatus.RUNNING;
        }
    }

    /**
     * A request that the service turned down before it did anything; not one it was too busy for,
     * and not one under a session that has ended, since another one may be granted.
     */
    private static boolean isRefused(CompletionException e) {
        return e.getCause() instanceof AwsServiceException
                && ((AwsServiceException) e.getCause()).statusCode() / 100 == 4
                && !((AwsServiceException) e.getCause()).isThrottlingException()
                && !isExpired((AwsServiceException) e.getCause());
    }

    private static boolean isExpired(AwsServiceException e) {
        return e.awsErrorDetails() != null
                && "ExpiredTokenException".equals(e.awsErrorDetails().errorCode());
    }

    @Override
    public void close() {
        sessions.close();
        ssm.close();
    }
}
