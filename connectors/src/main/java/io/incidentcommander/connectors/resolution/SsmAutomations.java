// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.resolution;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ssm.SsmAsyncClient;
import software.amazon.awssdk.services.ssm.model.AutomationExecutionFilterKey;
import software.amazon.awssdk.services.ssm.model.AutomationExecutionMetadata;
import software.amazon.awssdk.services.ssm.model.AutomationExecutionStatus;
import software.amazon.awssdk.services.sts.StsAsyncClient;
import software.amazon.awssdk.services.sts.model.Credentials;

/**
 * Runs automation documents of Systems Manager under sessions of STS. A step is sent with its token
 * as client token, which makes a second sending the same execution, and tagged with it, by which it
 * is found again. Calls block, five seconds at most. Thread safe.
 */
public final class SsmAutomations implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SsmAutomations.class);
    private static final int SESSION_SECONDS = 900;
    private static final int LONGEST_NAME = 64;

    /** The name of the tag that ends with a step's token. */
    public static final String TAG = "incident-commander:step:";

    private final StsAsyncClient sts;
    private final SsmAsyncClient ssm;

    public SsmAutomations(AwsPlace place) {
        this.sts = place.sts();
        this.ssm = place.ssm();
    }

    /** By the same client: what has no token, and so only looks. */
    public SsmCommands commands() {
        return new SsmCommands(ssm);
    }

    /**
     * A session of the role that may do no more than the policy says. Empty if there is none now.
     *
     * @param name who it is for, for whoever reads CloudTrail
     */
    public Optional<ActionSession> assume(String roleArn, String name, String policy) {
        String plain = name.replaceAll("[^\\w+=,.@-]", "-");
        try {
            Credentials granted =
                    sts.assumeRole(
                                    r ->
                                            r.roleArn(roleArn)
                                                    .roleSessionName(
                                                            plain.substring(
                                                                    0,
                                                                    Math.min(
                                                                            plain.length(),
                                                                            LONGEST_NAME)))
                                                    .durationSeconds(SESSION_SECONDS)
                                                    .policy(policy))
                            .join()
                            .credentials();
            return Optional.of(
                    new ActionSession(
                            StaticCredentialsProvider.create(
                                    AwsSessionCredentials.create(
                                            granted.accessKeyId(),
                                            granted.secretAccessKey(),
                                            granted.sessionToken())),
                            granted.expiration().toEpochMilli()));
        } catch (CompletionException e) {
            LOG.warn("No session of {}: {}", roleArn, e.getCause().getMessage());
            return Optional.empty();
        }
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
     * A request that the service turned down before it did anything; not one it was too busy for.
     */
    private static boolean isRefused(CompletionException e) {
        return e.getCause() instanceof AwsServiceException
                && ((AwsServiceException) e.getCause()).statusCode() / 100 == 4
                && !((AwsServiceException) e.getCause()).isThrottlingException();
    }

    @Override
    public void close() {
        sts.close();
        ssm.close();
    }
}
