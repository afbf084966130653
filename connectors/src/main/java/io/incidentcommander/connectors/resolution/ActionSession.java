// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.resolution;

import java.util.Objects;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** What one action may do, for 15 minutes. Immutable. */
public final class ActionSession {
    private final AwsCredentialsProvider credentials;
    private final long expiresMillis;

    ActionSession(AwsCredentialsProvider credentials, long expiresMillis) {
        this.credentials = Objects.requireNonNull(credentials, "credentials");
        this.expiresMillis = expiresMillis;
    }

    AwsCredentialsProvider credentials() {
        return credentials;
    }

    /** Epoch milliseconds, by the service's clock. */
    public long expiresMillis() {
        return expiresMillis;
    }
}
