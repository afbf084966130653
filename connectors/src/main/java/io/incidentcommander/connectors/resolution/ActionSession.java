// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.resolution;

import java.util.Objects;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** What one action may do, for 15 minutes. Immutable. */
public final class ActionSession {
    /** So long before its end a session is not begun anything with. */
    private static final long MARGIN_MILLIS = 60_000;

    private final String roleArn;
    private final String name;
    private final AwsCredentialsProvider credentials;
    private final long expiresMillis;

    ActionSession(
            String roleArn, String name, AwsCredentialsProvider credentials, long expiresMillis) {
        this.roleArn = Objects.requireNonNull(roleArn, "roleArn");
        this.name = Objects.requireNonNull(name, "name");
        this.credentials = Objects.requireNonNull(credentials, "credentials");
        this.expiresMillis = expiresMillis;
    }

    String roleArn() {
        return roleArn;
    }

    /** As it stands in CloudTrail; no other session of the role has it. */
    String name() {
        return name;
    }

    AwsCredentialsProvider credentials() {
        return credentials;
    }

    /** Epoch milliseconds, by the service's clock. */
    long expiresMillis() {
        return expiresMillis;
    }

    /**
     * Whether something may be begun with it.
     *
     * @param nowMillis epoch milliseconds
     */
    public boolean lasts(long nowMillis) {
        return nowMillis < expiresMillis - MARGIN_MILLIS;
    }
}
