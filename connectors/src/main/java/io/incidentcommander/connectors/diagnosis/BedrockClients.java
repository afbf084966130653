// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.diagnosis;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClientBuilder;

/** Makes the client of one router, which closes it. */
public interface BedrockClients extends Serializable {
    BedrockRuntimeAsyncClient create();

    /** The service in a region, with the credentials of the environment. */
    static BedrockClients inRegion(String region) {
        return () -> client(region, Optional.empty());
    }

    /** A server that speaks the protocol at this address and takes any credentials. */
    static BedrockClients at(String endpoint) {
        return () -> client("us-east-1", Optional.of(URI.create(endpoint)));
    }

    /** No retries: those are the router's. A call never outlives the longest analysis. */
    private static BedrockRuntimeAsyncClient client(String region, Optional<URI> endpoint) {
        Duration longest = Duration.ofSeconds(180);
        BedrockRuntimeAsyncClientBuilder client =
                BedrockRuntimeAsyncClient.builder()
                        .region(Region.of(region))
                        .httpClientBuilder(
                                NettyNioAsyncHttpClient.builder()
                                        .maxConcurrency(128)
                                        .connectionTimeout(Duration.ofSeconds(5))
                                        .connectionAcquisitionTimeout(Duration.ofSeconds(10))
                                        .readTimeout(longest)
                                        .writeTimeout(Duration.ofSeconds(10)))
                        .overrideConfiguration(
                                c ->
                                        c.apiCallTimeout(longest)
                                                .retryStrategy(AwsRetryStrategy.doNotRetry()));
        endpoint.ifPresent(
                address ->
                        client.endpointOverride(address)
                                .credentialsProvider(
                                        StaticCredentialsProvider.create(
                                                AwsBasicCredentials.create("local", "local"))));
        return client.build();
    }
}
