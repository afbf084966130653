// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.resolution;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsAsyncClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.iam.IamAsyncClient;
import software.amazon.awssdk.services.ssm.SsmAsyncClient;
import software.amazon.awssdk.services.sts.StsAsyncClient;

/**
 * A region, or a server on this machine that speaks the protocols of STS, IAM and SSM. Immutable.
 */
public final class AwsPlace implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final long CALL_MILLIS = 5_000;

    /** A stop that comes while a call looks for a connection is late by no more than this. */
    private static final long CONNECT_MILLIS = 500;

    /** More than there are hands that act: none waits for the call of another. */
    private static final int MOST_CALLS = 128;

    private final String region;
    private final String endpoint;
    private final long callMillis;
    private final long connectMillis;

    private AwsPlace(String region, String endpoint, long callMillis, long connectMillis) {
        this.region = region;
        this.endpoint = endpoint;
        this.callMillis = callMillis;
        this.connectMillis = connectMillis;
    }

    /** The services, with the credentials of the environment to begin with. */
    public static AwsPlace inRegion(String region) {
        return new AwsPlace(region, "", CALL_MILLIS, CONNECT_MILLIS);
    }

    /** A server that takes any credentials to begin with. */
    public static AwsPlace at(String endpoint) {
        return new AwsPlace("us-east-1", endpoint, CALL_MILLIS, CONNECT_MILLIS);
    }

    /** The same, with another time for one call, and to connect; else five and half a second. */
    public AwsPlace withCallTimeout(Duration longest) {
        return new AwsPlace(region, endpoint, longest.toMillis(), longest.toMillis());
    }

    StsAsyncClient sts() {
        AwsCredentialsProvider first =
                endpoint.isEmpty()
                        ? DefaultCredentialsProvider.create()
                        : StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("local", "local"));
        return set(StsAsyncClient.builder()).credentialsProvider(first).build();
    }

    SsmAsyncClient ssm() {
        return set(SsmAsyncClient.builder()).credentialsProvider(ofEachCall()).build();
    }

    IamAsyncClient iam() {
        return set(IamAsyncClient.builder()).credentialsProvider(ofEachCall()).build();
    }

    /** None: each call brings those of its session. */
    private static AwsCredentialsProvider ofEachCall() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "no"));
    }

    /** No retries: asking again is decided elsewhere. */
    private <B extends AwsAsyncClientBuilder<B, ?> & AwsClientBuilder<B, ?>> B set(B builder) {
        Duration call = Duration.ofMillis(callMillis);
        Duration connect = Duration.ofMillis(connectMillis);
        builder.region(Region.of(region))
                .httpClientBuilder(
                        NettyNioAsyncHttpClient.builder()
                                .maxConcurrency(MOST_CALLS)
                                .connectionTimeout(connect)
                                .connectionAcquisitionTimeout(connect)
                                .readTimeout(call)
                                .writeTimeout(call))
                .overrideConfiguration(
                        c -> c.apiCallTimeout(call).retryStrategy(AwsRetryStrategy.doNotRetry()));
        Optional.of(endpoint)
                .filter(address -> !address.isEmpty())
                .ifPresent(address -> builder.endpointOverride(URI.create(address)));
        return builder;
    }
}
