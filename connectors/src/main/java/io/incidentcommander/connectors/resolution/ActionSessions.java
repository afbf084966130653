// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.resolution;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.iam.IamAsyncClient;
import software.amazon.awssdk.services.sts.StsAsyncClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;

/**
 * Sessions of roles, each for one action: granted for 15 minutes, and taken back when it is done,
 * by a policy of the role that denies exactly that session everything. Who takes back does so under
 * a session that may do nothing else. Policies of sessions that ended by themselves meanwhile are
 * removed along the way, since a role has room for some forty. Calls block, five seconds at most.
 * Thread safe.
 */
public final class ActionSessions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ActionSessions.class);
    private static final int SESSION_SECONDS = 900;
    private static final int LONGEST_NAME = 64;
    private static final long LONGEST_END_MILLIS = 5_000;
    private static final String ENDED = "incident-commander-ended-";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final StsAsyncClient sts;
    private final IamAsyncClient iam;

    ActionSessions(AwsPlace place) {
        this.sts = place.sts();
        this.iam = place.iam();
    }

    /**
     * A session of the role that may do no more than the policy says. Empty if there is none now.
     *
     * @param name who it is for, for whoever reads CloudTrail
     */
    public Optional<ActionSession> assume(String roleArn, String name, String policy) {
        try {
            return Optional.of(asked(roleArn, unique(name), policy).join());
        } catch (CompletionException e) {
            LOG.warn("No session of {}: {}", roleArn, e.getCause().getMessage());
            return Optional.empty();
        }
    }

    /** From now on it may do nothing; where that cannot be had, it ends when its time is over. */
    public void end(ActionSession session) {
        String role = session.roleArn().substring(session.roleArn().lastIndexOf('/') + 1);
        try {
            asked(session.roleArn(), unique("end"), mayEnd(session.roleArn()))
                    .thenCompose(keys -> deny(session, role, keys))
                    .orTimeout(LONGEST_END_MILLIS, TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            LOG.warn(
                    "Session {} of {} was not taken back and ends at {}: {}",
                    session.name(),
                    session.roleArn(),
                    Instant.ofEpochMilli(session.expiresMillis()),
                    Objects.toString(e.getCause()));
        }
    }

    private CompletableFuture<ActionSession> asked(String roleArn, String name, String policy) {
        return sts.assumeRole(
                        r ->
                                r.roleArn(roleArn)
                                        .roleSessionName(name)
                                        .durationSeconds(SESSION_SECONDS)
                                        .policy(policy))
                .thenApply(answer -> session(roleArn, name, answer));
    }

    private static ActionSession session(String roleArn, String name, AssumeRoleResponse answer) {
        return new ActionSession(
                roleArn,
                name,
                StaticCredentialsProvider.create(
                        AwsSessionCredentials.create(
                                answer.credentials().accessKeyId(),
                                answer.credentials().secretAccessKey(),
                                answer.credentials().sessionToken())),
                answer.credentials().expiration().toEpochMilli());
    }

    private CompletableFuture<Void> deny(ActionSession session, String role, ActionSession keys) {
        AwsRequestOverrideConfiguration by =
                AwsRequestOverrideConfiguration.builder()
                        .credentialsProvider(keys.credentials())
                        .build();
        return iam.putRolePolicy(
                        r ->
                                r.roleName(role)
                                        .policyName(
                                                ENDED
                                                        + session.expiresMillis()
                                                        + "-"
                                                        + session.name())
                                        .policyDocument(denial(session.name()))
                                        .overrideConfiguration(by))
                .thenCompose(
                        done ->
                                iam.listRolePolicies(
                                        r -> r.roleName(role).overrideConfiguration(by)))
                .thenCompose(
                        known ->
                                CompletableFuture.allOf(
                                        known.policyNames().stream()
                                                .filter(ActionSessions::isNeededNoLonger)
                                                .map(
                                                        name ->
                                                                iam.deleteRolePolicy(
                                                                        r ->
                                                                                r.roleName(role)
                                                                                        .policyName(
                                                                                                name)
                                                                                        .overrideConfiguration(
                                                                                                by)))
                                                .toArray(CompletableFuture[]::new)));
    }

    /** By its name, which carries when its session ended. */
    private static boolean isNeededNoLonger(String policyName) {
        String rest = policyName.startsWith(ENDED) ? policyName.substring(ENDED.length()) : "";
        int dash = rest.indexOf('-');
        return dash > 0
                && rest.substring(0, dash).chars().allMatch(Character::isDigit)
                && Long.parseLong(rest.substring(0, dash)) < System.currentTimeMillis();
    }

    private static String denial(String sessionName) {
        ObjectNode policy = JSON.createObjectNode().put("Version", "2012-10-17");
        ObjectNode statement = policy.putArray("Statement").addObject();
        statement.put("Effect", "Deny").put("Action", "*").put("Resource", "*");
        statement
                .putObject("Condition")
                .putObject("StringLike")
                .put("aws:userid", "*:" + sessionName);
        return policy.toString();
    }

    private static String mayEnd(String roleArn) {
        ObjectNode policy = JSON.createObjectNode().put("Version", "2012-10-17");
        ObjectNode statement = policy.putArray("Statement").addObject();
        statement.put("Effect", "Allow").put("Resource", roleArn);
        List.of("iam:PutRolePolicy", "iam:ListRolePolicies", "iam:DeleteRolePolicy")
                .forEach(statement.withArray("Action")::add);
        return policy.toString();
    }

    /** Two sessions of one action, as after a recovery, are not begun in the same millisecond. */
    private static String unique(String name) {
        String end = "-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        String plain = name.replaceAll("[^\\w+=,.@-]", "-");
        return plain.substring(0, Math.min(plain.length(), LONGEST_NAME - end.length())) + end;
    }

    @Override
    public void close() {
        sts.close();
        iam.close();
    }
}
