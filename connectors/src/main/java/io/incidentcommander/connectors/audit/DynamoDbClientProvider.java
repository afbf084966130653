// SPDX-License-Identifier: Apache-2.0
package io.incidentcommander.connectors.audit;

import java.io.Serializable;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClientBuilder;

/** Makes the client of one writer, which closes it. */
public interface DynamoDbClientProvider extends Serializable {
    /** What a call may take, at most, where nothing else is said. */
    Duration LONGEST = Duration.ofSeconds(5);

    DynamoDbAsyncClient create();

    /** The service in a region, with the credentials of the environment. */
    static DynamoDbClientProvider inRegion(String region) {
        return () -> client(region, Optional.empty(), LONGEST);
    }

    /** A server that speaks the protocol at this address and takes any credentials. */
    static DynamoDbClientProvider at(String endpoint) {
        return at(endpoint, LONGEST);
    }

    /**
     * The same, with another patience: for those who read back where nothing waits for them.
     *
     * @param longest what a call may take
     */
    static DynamoDbClientProvider at(String endpoint, Duration longest) {
        return () -> client("us-east-1", Optional.of(URI.create(endpoint)), longest);
    }

    /** Netty, and no retries: those are the sink's. */
    private static DynamoDbAsyncClient client(
            String region, Optional<URI> endpoint, Duration timeout) {
        DynamoDbAsyncClientBuilder client =
                DynamoDbAsyncClient.builder()
                        .region(Region.of(region))
                        .httpClientBuilder(
                                NettyNioAsyncHttpClient.builder()
                                        .connectionTimeout(timeout)
                                        .readTimeout(timeout)
                                        .writeTimeout(timeout))
                        .overrideConfiguration(
                                c ->
                                        c.apiCallTimeout(timeout)
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
